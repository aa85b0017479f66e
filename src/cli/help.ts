import type { CliCommand } from "./command.ts";

type Listed = Pick<CliCommand, "name" | "summary" | "usage">;

/** What `plankeeper --help` shows. */
export function helpText(commands: readonly Listed[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    "Plankeeper keeps a project's plan true to the work.",
    "",
    "usage: plankeeper <command> [options]",
    "",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "`plankeeper <command> --help` shows how a command is called. The app itself runs with `npm start`.",
  ].join("\n");
}

/** What `plankeeper <command> --help` shows. */
export function commandHelp({ summary, usage }: Listed): string {
  return `usage: ${usage}\n\n  ${summary}`;
}
