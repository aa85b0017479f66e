/** `npm run demo`: a story on the sandbox, played to the real app, told to whoever runs it. */
import { help, type Options, readOptions } from "./demo/options.ts";
import { coloured, plain } from "./demo/paint.ts";
import type { Report } from "./demo/report.ts";
import { jsonReport } from "./demo/report-json.ts";
import { textReport } from "./demo/report-text.ts";
import { showStory } from "./demo/show-story.ts";

const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
const [narrowest, usual, widest] = [40, 100, 100];

const options = readOptions(process.argv.slice(2));
if ("wrong" in options) {
  process.stderr.write(`${options.wrong}\n\n${help}`);
  process.exitCode = 2;
} else if (options.help) process.stdout.write(help);
else await run(options);

/** Shows the story until its end or a signal, and leaves nothing behind in either case. */
async function run(asked: Options): Promise<void> {
  const undoings: (() => unknown)[] = [];
  const ending = new AbortController();
  const stopped = untilStopped();
  try {
    const story = showStory(asked, { report: reportFor(asked), complain, takedown: { undoings, begun: ending.signal } });
    const end = await Promise.race([story, stopped.then((exitCode) => ({ exitCode, stands: false }))]);
    process.exitCode = end.exitCode;
    if (asked.keep && end.stands) await stopped;
  } finally {
    ending.abort();
    for (const undo of undoings.reverse()) await undoneBy(undo);
  }
  // Whatever the story still waits for does not matter any more.
  process.exit();
}

/** One thing that cannot be undone must not keep the others from it. */
async function undoneBy(undo: () => unknown): Promise<void> {
  try {
    await undo();
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error));
  }
}

/** The exit code of the first signal; 1 when nobody reads what we write any more. */
function untilStopped(): Promise<number> {
  return new Promise((resolve) => {
    for (const [signal, code] of Object.entries(signals)) process.on(signal, () => resolve(code));
    process.stdout.on("error", () => resolve(1));
  });
}

function reportFor({ json }: Options): Report {
  const { stdout } = process;
  const write = (text: string) => stdout.write(text);
  if (json) return jsonReport(write);
  // Some pseudo-terminals say that they have no columns at all.
  const width = Math.min(Math.max(stdout.columns || usual, narrowest), widest);
  return textReport(write, { width, paint: stdout.isTTY && stdout.hasColors() ? coloured : plain });
}

function complain(...lines: readonly string[]): void {
  process.stderr.write(`${lines.join("\n")}\n`);
}
