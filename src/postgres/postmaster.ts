import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/** `absent`: none runs, one can be started. `busy`: it is starting or stopping. */
export type Postmaster =
  | { readonly state: "absent" }
  | { readonly state: "busy"; readonly pid: number }
  | { readonly state: "ready"; readonly pid: number; readonly port: number };

/** The server that runs on a cluster, also one whose starter is long dead: Postgres keeps who and where in `postmaster.pid`. */
export async function findPostmaster(cluster: string): Promise<Postmaster> {
  const path = join(cluster, "postmaster.pid");
  const lines = (await readFile(path, "utf8").catch(() => "")).split("\n");
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return { state: "absent" };
  if (!isAlive(pid)) return { state: "absent" };
  if (await isForeign(pid)) {
    await rm(path, { force: true });
    return { state: "absent" };
  }
  // https://www.postgresql.org/docs/18/storage-file-layout.html: the port is line 4, the state line 8.
  const port = Number(lines[3]);
  return lines[7]?.trim() === "ready" && port > 0 ? { state: "ready", pid, port } : { state: "busy", pid };
}

// A process that we may not even signal is not ours, and the server on our data would be.
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

// After a power cut the number in a stale file may belong to any process, and Postgres then refuses to start until a person
// removes the file. We remove it only where Linux shows that the process is certainly no Postgres; should a stray backend
// of the old server still live, Postgres' shared-memory check still refuses a second one.
async function isForeign(pid: number): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => null);
  return command !== null && !command.includes("postgres");
}
