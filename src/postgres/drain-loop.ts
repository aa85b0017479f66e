import { setTimeout } from "node:timers/promises";
import pg from "pg";
import type { Drained, Lanes } from "./lanes.ts";

export type DrainLoop = { close(): Promise<void> };

/** How long an unheard notification may delay a delivery, in milliseconds. */
const pollMs = 2000;

/**
 * Drains lanes as rows arrive: LISTEN wakes, a poll is the net for what was not heard (and for rows whose delay has passed).
 * Several lanes at once, each by one process. `onError` hears of what failed; the loop goes on.
 */
export function startDrainLoop(parts: {
  readonly lanes: Lanes;
  readonly url: string;
  readonly atOnce: number;
  readonly onDrained: (drained: Drained, ms: number) => void;
  readonly onError: (error: unknown) => void;
  readonly elapsed: () => number;
}): DrainLoop {
  const busy = new Map<string, Promise<void>>();
  let closed = false;
  let wake = (): void => undefined;
  const closing = new AbortController();

  const drainOne = async (lane: string): Promise<void> => {
    const start = parts.elapsed();
    const drained = await parts.lanes.drain(lane);
    if (drained !== null && drained.rows > 0) parts.onDrained(drained, parts.elapsed() - start);
  };
  const look = async (): Promise<void> => {
    const lanes = await parts.lanes.candidates(parts.atOnce * 4);
    for (const lane of lanes) {
      if (busy.has(lane) || busy.size >= parts.atOnce || closed) continue;
      const work = drainOne(lane)
        .catch(parts.onError)
        .finally(() => {
          busy.delete(lane);
          wake();
        });
      busy.set(lane, work);
    }
  };
  const loop = async (): Promise<void> => {
    while (!closed) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await look().catch(parts.onError);
      await Promise.race([woken, pause(pollMs, closing.signal)]);
    }
  };
  const listener = listen(parts.url, () => wake(), parts.onError, closing.signal);
  const running = loop();
  return {
    close: async () => {
      closed = true;
      closing.abort();
      wake();
      await running;
      await Promise.all([...busy.values()]);
      await listener;
    },
  };
}

/** Keeps a connection that listens, and opens it anew when it is lost. */
async function listen(url: string, heard: () => void, onError: (error: unknown) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const client = new pg.Client({ connectionString: url, application_name: "plankeeper listen", keepAlive: true });
    const lost = new Promise<void>((resolve) => {
      client.on("error", () => resolve());
      client.on("end", () => resolve());
      signal.addEventListener("abort", () => resolve(), { once: true });
    });
    try {
      await client.connect();
      client.on("notification", heard);
      await client.query("listen inbox");
      heard();
      await lost;
    } catch (error) {
      onError(error);
      await pause(pollMs, signal);
    }
    await client.end().catch(() => undefined);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}
