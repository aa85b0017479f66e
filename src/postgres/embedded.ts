import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { locateBinaries, prepareBinaries } from "./embedded-binaries.ts";
import { ensureCluster } from "./embedded-cluster.ts";
import { choosePlace, chooseUser } from "./embedded-place.ts";
import { addressOf, enterServer, stopServer } from "./embedded-server.ts";

export type EmbeddedOptions = {
  readonly dataDir: string;
  /** False for tests and demonstrations: quicker, and a power cut may destroy the data. */
  readonly durable: boolean;
  /** Told where the data lies and what was started, adopted or stopped. */
  readonly log: (line: string) => void;
};

export type Embedded = {
  readonly url: string;
  /** Where the data really lies: not always below the requested folder. */
  readonly dataDir: string;
  /** Leaves the server; the last process to leave stops it. */
  stop(): Promise<void>;
};

/**
 * A real Postgres from npm on the data directory, or the one that already runs there: several processes share it.
 * Works as root and not, wherever the clone lies (docs/decisions/0002-embedded-postgres.md names the traps).
 * Throws a Fault, which names DATABASE_URL as the way out, where it cannot work.
 */
export async function startEmbedded({ dataDir, durable, log }: EmbeddedOptions): Promise<Embedded> {
  const user = await chooseUser(dataDir);
  const place = await choosePlace(dataDir, user);
  if (place !== (await realpath(dataDir).catch(() => null))) log(`Postgres' user cannot reach ${dataDir}, so the data goes elsewhere`);
  const cache = user === null ? join(place, "cache") : "/var/cache/plankeeper";
  const binaries = await prepareBinaries(await locateBinaries(), user, cache);
  const means = { binaries, user, durable };
  const cluster = await ensureCluster(place, means);
  const { presence, port, started } = await enterServer(cluster, means);
  log(`${started ? "Started" : "Joined"} the built-in Postgres on 127.0.0.1:${port}; the data is in ${place}`);

  const leave = async (): Promise<void> => {
    if (!(await presence.leave())) return;
    const down = await stopServer(cluster, means);
    log(down ? "Stopped the built-in Postgres" : `The built-in Postgres on 127.0.0.1:${port} did not stop`);
  };
  let left: Promise<void> | null = null;
  return {
    url: addressOf(cluster, port),
    dataDir: place,
    stop: () => {
      left ??= leave();
      return left;
    },
  };
}
