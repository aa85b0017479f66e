import { once, setMaxListeners } from "node:events";
import { setTimeout } from "node:timers/promises";
import type { Drained, Lanes } from "./lanes.ts";
import { openConnection } from "./open-connection.ts";

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
  // Lanes that are drained here, or are left alone for a while.
  const taken = new Map<string, Promise<void>>();
  let free = parts.atOnce;
  let closed = false;
  let wake = (): void => undefined;
  const closing = new AbortController();
  // Every lane that is left alone listens to it.
  setMaxListeners(0, closing.signal);

  /** False: the lane is another process's. */
  const drainOne = async (lane: string): Promise<boolean> => {
    const start = parts.elapsed();
    const drained = await parts.lanes.drain(lane);
    if (drained !== null && drained.rows > 0) parts.onDrained(drained, parts.elapsed() - start);
    return drained !== null;
  };
  const take = async (lane: string): Promise<void> => {
    free -= 1;
    const ours = await drainOne(lane).catch((error: unknown) => {
      parts.onError(error);
      return false;
    });
    free += 1;
    wake();
    // Another process holds it, or the database fails: asked again at once, it would say the same.
    if (!ours) await pause(pollMs, closing.signal);
    taken.delete(lane);
    wake();
  };
  const look = async (): Promise<void> => {
    if (free === 0) return;
    const lanes = await parts.lanes.candidates(free, [...taken.keys()]);
    for (const lane of lanes) if (!closed) taken.set(lane, take(lane));
  };
  const loop = async (): Promise<void> => {
    while (!closed) {
      const sleep = new AbortController();
      wake = () => sleep.abort();
      await look().catch(parts.onError);
      await pause(pollMs, sleep.signal);
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
      await Promise.all([...taken.values()]);
      await listener;
    },
  };
}

/** Keeps a connection that listens, and opens it anew when it is lost. */
async function listen(url: string, heard: () => void, onError: (error: unknown) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await listenOnce(url, heard, signal).catch(onError);
    await pause(pollMs, signal);
  }
}

async function listenOnce(url: string, heard: () => void, signal: AbortSignal): Promise<void> {
  const client = await openConnection(url, "listen");
  const lost = once(client, "end", { signal }).catch(() => undefined);
  try {
    client.on("notification", heard);
    await client.query("listen inbox");
    heard();
    await lost;
  } finally {
    await client.end();
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => undefined);
}
