import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { type Client, DatabaseError } from "pg";
import { z } from "zod";
import { now } from "../clock.ts";
import { Fault } from "../core/words.ts";
import { type Binaries, binary } from "./embedded-binaries.ts";
import { type Cluster, superuser } from "./embedded-cluster.ts";
import { findPostmaster } from "./postmaster.ts";
import { enter, type Presence } from "./presence.ts";
import { runBinary, type ServerUser, startBinary } from "./run-binary.ts";
import { serverArguments } from "./server-arguments.ts";
import { setupFault } from "./setup-fault.ts";

export type ServerMeans = { readonly binaries: Binaries; readonly user: ServerUser; readonly durable: boolean };
export type Entered = { readonly presence: Presence; readonly port: number; readonly started: boolean };

const database = "plankeeper";
const patience = 120_000;
const patienceForEnd = 30_000;
const pause = 50;
const place = z.tuple([z.object({ folder: z.string(), fsync: z.string(), created: z.boolean() })]);

export const addressOf = (cluster: Cluster, port: number, name = database): string =>
  `postgres://${superuser}:${cluster.password}@127.0.0.1:${port}/${name}`;

/**
 * Enters the server that runs on the cluster, whoever started it, or starts one. Of several processes that start at once
 * Postgres lets one win; the others find its server on their next look. A server that is going down is waited for.
 */
export async function enterServer(cluster: Cluster, means: ServerMeans): Promise<Entered> {
  const deadline = now() + patience;
  const failures: string[] = [];
  for (let started = false; ; ) {
    const postmaster = await findPostmaster(cluster.folder);
    if (postmaster.state === "absent") {
      const failure = await start(cluster, means);
      started = failure === null;
      if (failure !== null && failures.push(failure) === 3) throw setupFault(`it does not start on ${cluster.folder}: ${failure}`);
      continue;
    }
    if (postmaster.state === "ready") {
      const presence = await tryToEnter(cluster, postmaster.port, means);
      if (presence !== null) return { presence, port: postmaster.port, started };
    }
    if (now() > deadline) {
      throw setupFault(`process ${postmaster.pid}, which ${cluster.folder}/postmaster.pid names as the server, does not answer.`);
    }
    await delay(pause);
  }
}

/** Stops the server, in the hard way where it does not stop in the orderly one. Answers whether it is down. */
export async function stopServer(cluster: Cluster, { binaries, user }: ServerMeans): Promise<boolean> {
  const postmaster = await findPostmaster(cluster.folder);
  if (postmaster.state === "absent") return true;
  // By number, because `pg_ctl stop` goes on to the next server when another process starts one at once.
  for (const signal of ["INT", "QUIT"]) {
    await runBinary(binary(binaries, "pg_ctl"), ["kill", signal, String(postmaster.pid)], user);
    if (await isGone(cluster, postmaster.pid)) return true;
  }
  return false;
}

async function isGone(cluster: Cluster, pid: number): Promise<boolean> {
  for (const deadline = now() + patienceForEnd; now() < deadline; await delay(pause)) {
    const postmaster = await findPostmaster(cluster.folder);
    if (postmaster.state === "absent" || postmaster.pid !== pid) return true;
  }
  return false;
}

// Null: not now, look again. A wrong password or a wrong server does not become right by waiting.
async function tryToEnter(cluster: Cluster, port: number, means: ServerMeans): Promise<Presence | null> {
  try {
    return await enter(addressOf(cluster, port, "postgres"), (client) => settle(client, cluster, means));
  } catch (error) {
    if (error instanceof Fault) throw error;
    if (error instanceof DatabaseError && error.code?.startsWith("28")) throw setupFault("its server refuses the password.", error);
    return null;
  }
}

async function settle(client: Client, cluster: Cluster, { durable }: ServerMeans): Promise<void> {
  const { rows } = await client.query(
    `select current_setting('data_directory') as folder, current_setting('fsync') as fsync,
      exists (select from pg_database where datname = $1) as created`,
    [database],
  );
  const [{ folder, fsync, created }] = place.parse(rows);
  if (folder !== cluster.folder) {
    throw setupFault(
      `${cluster.folder}/postmaster.pid names the server of ${folder}, of which it is a copy. Stop that or remove the file.`,
    );
  }
  if (durable && fsync === "off") throw setupFault(`a server without durability runs on ${folder}. Stop what started it first.`);
  if (!created) await client.query(`create database ${database}`).catch(unlessCreated);
}

function unlessCreated(error: unknown): void {
  const codes = ["42P04", "23505"];
  if (!(error instanceof DatabaseError && codes.includes(error.code ?? ""))) throw error;
}

// Null once it is ready, or takes long; else why it ended. A port that somebody takes before Postgres does is another failure.
async function start(cluster: Cluster, { binaries, user, durable }: ServerMeans): Promise<string | null> {
  const port = await freePort();
  const server = startBinary(binary(binaries, "postgres"), serverArguments(cluster.folder, { port, durable }), user);
  let output = "";
  server.stderr?.on("data", (chunk) => {
    output = `${output}${chunk}`.slice(-4_000);
  });
  const ended = new Promise<string>((resolve) => {
    server.once("error", (error) => resolve(error.message));
    server.once("close", () => resolve(output || "it ended without a word."));
  });
  for (const deadline = now() + patience; now() < deadline; ) {
    const postmaster = await findPostmaster(cluster.folder);
    if (postmaster.state === "ready" && postmaster.pid === server.pid) break;
    const failure = await Promise.race([ended, delay(pause, null)]);
    if (failure !== null) return failure;
  }
  // Not ours to wait for from now on: it outlives us where others need it.
  server.stderr?.destroy();
  server.unref();
  return null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
