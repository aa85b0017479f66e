import { parseArgs } from "node:util";

export type Options = {
  readonly help: boolean;
  readonly json: boolean;
  readonly keep: boolean;
  readonly mode: "live" | "observe";
  /** Null: the app's built-in Postgres, in a temporary folder. */
  readonly databaseUrl: string | null;
  /** How long the app may take for what a step expects, in ms. */
  readonly patience: number;
};

export const help = `npm run demo [-- options]      or: node dist/sandbox/demo.js [options]

Plays a story on a small GitHub of its own, with the real app and a real Postgres, and prints what
arrived and what the app wrote. Needs no account and no network, and takes everything down at its end.

  --json            one JSON line a step, and a last one with all outcomes
  --keep            stay up after the story and print the addresses, until Ctrl-C
  --mode observe    let the app only look on: it writes nothing, so the demo ends with exit code 1
  --patience <s>    seconds to wait for what a step expects (default 20)
  --database <url>  an empty Postgres database to use instead of the app's built-in one
  --help            this text

DATABASE_URL and the file .env are not looked at: the demo must not touch a database by accident.
Exit code 0: every expected outcome came to be. 1: one did not. 2: a wrong option.
`;

/** The options, or what is wrong with them as a sentence. */
export function readOptions(args: readonly string[]): Options | { readonly wrong: string } {
  const read = parsed(args);
  if ("wrong" in read) return read;
  const { help: wantsHelp = false, json = false, keep = false, mode = "live", database, patience = "20" } = read;
  if (mode !== "live" && mode !== "observe") return { wrong: `--mode is live or observe, not "${mode}"` };
  const seconds = Number(patience);
  if (!(seconds > 0 && seconds <= 600)) return { wrong: `--patience is a number of seconds from 1 to 600, not "${patience}"` };
  return { help: wantsHelp, json, keep, mode, databaseUrl: database ?? null, patience: seconds * 1000 };
}

function parsed(args: readonly string[]) {
  const options = {
    help: { type: "boolean", short: "h" },
    json: { type: "boolean" },
    keep: { type: "boolean" },
    mode: { type: "string" },
    database: { type: "string" },
    patience: { type: "string" },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}
