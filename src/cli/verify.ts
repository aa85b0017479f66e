import type { CliCommand, CommandIo } from "./command.ts";

/** What was proven of one repository; empty `problems` = stored statuses and histories are the full fold of its facts, and its audit chain holds. */
export type Verdict = {
  readonly repository: number;
  readonly name: string;
  readonly facts: number;
  readonly tasks: number;
  /** It waits to be derived again by the rules of this version. */
  readonly waiting: boolean;
  readonly problems: readonly string[];
};

/** `verifyAll` reads everything and repairs nothing. */
export function verifyBy(verifyAll: (io: CommandIo) => Promise<readonly Verdict[]>): CliCommand {
  const usage = "plankeeper verify [--json]";
  return {
    name: "verify",
    summary: "prove that what is stored is the full fold of all facts, and that the audit holds",
    usage,
    async run(args, io) {
      const json = args.length === 1 && args[0] === "--json";
      if (args.length > 0 && !json) {
        io.err(`plankeeper verify: unknown ${args.join(" ")}\nusage: ${usage}`);
        return 2;
      }
      const verdicts = await verifyAll(io);
      if (json) io.out(JSON.stringify(verdicts));
      else for (const line of linesOf(verdicts)) io.out(line);
      return verdicts.every((verdict) => verdict.problems.length === 0 && !verdict.waiting) ? 0 : 1;
    },
  };
}

function linesOf(verdicts: readonly Verdict[]): readonly string[] {
  if (verdicts.length === 0) return ["There is no repository yet."];
  return verdicts.flatMap(({ name, facts, tasks, waiting, problems }) => [
    `${problems.length > 0 ? "BROKEN " : waiting ? "waiting" : "proven "} ${name}: ${facts} facts, ${tasks} tasks`,
    ...(waiting ? [`        ${whyWaiting}`] : []),
    ...problems.map((problem) => `        ${problem}`),
  ]);
}

const whyWaiting =
  "its tasks were derived by other rules than this version's; a running worker derives them again, then this can be proven";
