import { z } from "zod";
import type { CliCommand, CommandIo } from "./command.ts";

/** Something that would have been written on GitHub, had the app not only observed. `body` is what it would have said. */
export type Observed = { readonly repository: string; readonly key: string; readonly at: number; readonly body: unknown };

const shown = z.object({
  title: z.string().optional(),
  summary: z.string().optional(),
  text: z.string().optional(),
  body: z.string().optional(),
  reaction: z.string().optional(),
});

/** `list` answers with the newest state of each target, oldest first. */
export function observedBy(list: (io: CommandIo) => Promise<readonly Observed[]>): CliCommand {
  const usage = "plankeeper observed [--json]";
  return {
    name: "observed",
    summary: "show what observe mode would have written on GitHub",
    usage,
    async run(args, io) {
      const json = args.length === 1 && args[0] === "--json";
      if (args.length > 0 && !json) {
        io.err(`plankeeper observed: unknown ${args.join(" ")}\nusage: ${usage}`);
        return 2;
      }
      const all = await list(io);
      if (all.length === 0 && !json) io.out("Nothing would have been written.");
      for (const each of all) io.out(json ? JSON.stringify(each) : textOf(each));
      return 0;
    },
  };
}

function textOf({ repository, key, at, body }: Observed): string {
  const time = new Date(at).toISOString().slice(0, 19).replace("T", " ");
  const read = shown.safeParse(body).data ?? {};
  const parts = [read.title, read.reaction, read.summary, read.body, read.text].filter((part) => part !== undefined && part !== "");
  return `── ${repository} ${key} (${time} UTC)\n\n${parts.join("\n\n").replace(/[^\P{Cc}\n\t]+/gu, " ")}\n`;
}
