import { type ChildProcess, execFile, spawn } from "node:child_process";
import { parse } from "node:path";

/** The user Postgres runs as; null is the user we are. */
export type ServerUser = { readonly uid: number; readonly gid: number } | null;

export type Outcome = { readonly ok: boolean; readonly output: string };

const patience = 120_000;

/** Runs one of Postgres' own programs to its end. Never throws: a program that cannot be started is an outcome that is not `ok`. */
export function runBinary(file: string, args: readonly string[], user: ServerUser): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(file, args, { ...surroundings(file, user), timeout: patience, windowsHide: true }, (error, stdout, stderr) => {
      resolve({ ok: error === null, output: `${stdout}${stderr}`.trim() || (error?.message ?? "") });
    });
  });
}

/** Starts a server that outlives us: in a session of its own, so that Ctrl-C in our terminal does not reach it. */
export function startBinary(file: string, args: readonly string[], user: ServerUser): ChildProcess {
  return spawn(file, args, { ...surroundings(file, user), detached: true, stdio: ["ignore", "ignore", "pipe"], windowsHide: true });
}

// The working folder may be out of reach of the other user, and PG*, LC_* and LD_LIBRARY_PATH of our environment
// would change what the programs do. Windows programs do not start without theirs.
function surroundings(file: string, user: ServerUser) {
  const env = process.platform === "win32" ? {} : { env: { LC_ALL: "C", TZ: "UTC", PATH: "/usr/bin:/bin" } };
  return { cwd: parse(file).root, ...env, ...user };
}
