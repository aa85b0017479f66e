import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";

/** The real app as a process of its own. */
export type AppProcess = {
  readonly url: string;
  /** Everything it logged, a line each. */
  readonly lines: readonly string[];
  readonly exited: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
  /** Stops it in order. */
  stop(): Promise<void>;
};

const readyLine = z.object({ msg: z.literal("Plankeeper is ready"), url: z.string().nullable() });

/** Starts the app with this environment and nothing of ours but PATH; resolves when it is ready, rejects with its output when it ends. */
export async function startApp(env: Readonly<Record<string, string>>, role = "all"): Promise<AppProcess> {
  const child = spawn(process.execPath, ["--enable-source-maps", "dist/main.js", role], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: string[] = [];
  const exited = once(child, "exit").then(([code]) => (typeof code === "number" ? code : null));
  const url = await readyUrl(child, lines);
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return {
    url: url ?? "",
    lines,
    exited,
    signal: (signal) => {
      child.kill(signal);
    },
    kill: () => kill("SIGKILL"),
    stop: () => kill("SIGTERM"),
  };
}

function readyUrl(child: ChildProcess, lines: string[]): Promise<string | null> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface(stream).on("line", (line) => {
        lines.push(line);
        const ready = readyLine.safeParse(asJson(line));
        if (ready.success) resolve(ready.data.url);
      });
    }
    child.once("exit", (code) => reject(new Error(`the app ended with ${code}:\n${lines.join("\n")}`)));
  });
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
