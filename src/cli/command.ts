/** How a command speaks to the world. `out` and `err` write a text and end its line. */
export type CommandIo = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of standard input; absent: there is none. */
  readonly input?: () => Promise<string>;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** One command of the command line. `usage` shows how it is called; `run` answers with the exit code, where 2 means wrongly called. */
export type CliCommand = {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  run(args: readonly string[], io: CommandIo): Promise<number>;
};
