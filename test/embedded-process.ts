/** A process that starts the embedded Postgres in the folder it is given, prints its address, and leaves when it is told anything. */
import { once } from "node:events";
import { startEmbedded } from "../src/postgres/embedded.ts";

const embedded = await startEmbedded({ dataDir: process.argv[2] ?? "", durable: false, log: () => {} });
process.stdout.write(`${embedded.url}\n`);
await once(process.stdin, "data");
await embedded.stop();
process.stdin.destroy();
