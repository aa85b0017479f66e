import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";

export type Child = { readonly url: string; stop(): Promise<void> };

const readyLine = z.object({ url: z.url() });

/**
 * A server as a process of its own, with this environment and nothing of ours but PATH and HOME. Ready when it writes a line of JSON
 * with its `url`; rejects with its output when it ends before. Whatever it writes afterwards is read and thrown away.
 */
export async function startChild(command: readonly string[], environment: Readonly<Record<string, string>>): Promise<Child> {
  const child = spawn(process.execPath, command, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  const kill = (): boolean => child.kill("SIGKILL");
  process.once("exit", kill);
  const url = await readyUrl(child);
  child.stdout?.resume();
  child.stderr?.resume();
  return {
    url,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
      process.off("exit", kill);
    },
  };
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const lines: string[] = [];
    child.once("exit", (code) => reject(new Error(`${child.spawnargs.join(" ")} ended with ${code}:\n${lines.join("\n")}`)));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      const reader = createInterface(stream).on("line", (line) => {
        lines.push(line);
        const ready = readyLine.safeParse(asJson(line));
        if (!ready.success) return;
        reader.close();
        resolve(ready.data.url);
      });
    }
  });
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
