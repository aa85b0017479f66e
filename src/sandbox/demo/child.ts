import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { homedir, tmpdir } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** Another part of Plankeeper as a process of its own. */
export type Child = {
  /** What it said on standard output and standard error, the newest lines of it. */
  readonly out: readonly string[];
  readonly err: readonly string[];
  isRunning(): boolean;
  /** Its exit code once it is gone; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Asks it to end, and makes it end when it does not. */
  stop(): Promise<void>;
};

export type Start = {
  /** The file below src, without its ending. */
  readonly part: string;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The working directory. */
  readonly folder: string;
  readonly onLine?: (line: string) => void;
};

const keptLines = 400;
const patience = 15_000;

// The parts run as the demo itself does: built, or from source (whose loader keeps what it compiled in the temporary folder of the machine).
const built = import.meta.url.endsWith(".js");
const loader = built ? [] : ["--import", import.meta.resolve("tsx")];
const fileOf = (part: string): string => fileURLToPath(new URL(`../../${part}.${built ? "js" : "ts"}`, import.meta.url));

/**
 * Starts a part in a process group of its own, so that Ctrl-C comes to the demo alone, which then ends the others in order.
 * It gets no other environment than the one given and what every program needs: a `DATABASE_URL` of the machine stays out.
 */
export function startChild({ part, args = [], env, folder, onLine }: Start): Child {
  const child = spawn(process.execPath, [...loader, fileOf(part), ...args], {
    cwd: folder,
    env: { HOME: homedir(), TMPDIR: built ? folder : tmpdir(), PATH: "/usr/local/bin:/usr/bin:/bin", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const [out, err]: [string[], string[]] = [[], []];
  const listen = (lines: string[]) => (line: string) => {
    if (lines.push(line) > keptLines) lines.shift();
    onLine?.(line);
  };
  createInterface(child.stdout).on("line", listen(out));
  createInterface(child.stderr).on("line", listen(err));
  const ended = once(child, "close").then(([code]) => (typeof code === "number" ? code : null));
  return { out, err, ended, isRunning: () => isRunning(child), stop: () => stop(child, ended) };
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (isRunning(child)) {
    child.kill("SIGTERM");
    const late = await Promise.race([ended.then(() => false), delay(patience, true, { ref: false })]);
    if (late) child.kill("SIGKILL");
    await ended;
  }
  endGroup(child.pid);
}

/** What a part that was killed in the middle of its start has left in its process group. */
function endGroup(leader: number | undefined): void {
  if (leader === undefined || process.platform === "win32") return;
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // The usual case: nobody is left in it.
  }
}
