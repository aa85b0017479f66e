import { editDistance } from "../core/plan/nearest.ts";
import { Fault } from "../core/words.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { commandHelp, helpText } from "./help.ts";

export type CommandLine = {
  readonly commands: readonly CliCommand[];
  readonly version: string;
  readonly io: CommandIo;
};

/** Runs the command that the arguments name. Answers with the exit code: 0 done, 1 failed or found something wrong, 2 wrongly called. */
export async function runCommandLine(args: readonly string[], { commands, version, io }: CommandLine): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined) return say(io.err, helpText(commands), 2);
  if (name === "--version" || name === "-v") return say(io.out, version, 0);
  if (isHelp(name) || name === "help") return help(rest[0], commands, io);

  const command = commands.find((known) => known.name === name);
  if (command === undefined) return unknown(name, commands, io);
  if (rest.some(isHelp)) return say(io.out, commandHelp(command), 0);
  try {
    return await command.run(rest, io);
  } catch (fault) {
    // The world failed: people need the sentence. Anything else is a mistake of ours, and its stack is what helps.
    if (fault instanceof Fault) return say(io.err, `plankeeper ${name}: ${fault.message}`, 1);
    throw fault;
  }
}

function help(name: string | undefined, commands: readonly CliCommand[], io: CommandIo): number {
  if (name === undefined) return say(io.out, helpText(commands), 0);
  const command = commands.find((known) => known.name === name);
  return command === undefined ? unknown(name, commands, io) : say(io.out, commandHelp(command), 0);
}

function unknown(name: string, commands: readonly CliCommand[], io: CommandIo): number {
  const [nearest] = commands
    .map((command) => ({ name: command.name, distance: editDistance(name.slice(0, 40).toLowerCase(), command.name) }))
    .filter(({ name: known, distance }) => distance <= Math.max(1, known.length / 3))
    .sort((a, b) => a.distance - b.distance);
  const hint = nearest === undefined ? "`plankeeper --help` lists them all." : `Did you mean ${nearest.name}?`;
  return say(io.err, `plankeeper: there is no command ${JSON.stringify(name)}. ${hint}`, 2);
}

const isHelp = (argument: string): boolean => argument === "--help" || argument === "-h";

function say(write: (text: string) => void, text: string, exitCode: number): number {
  write(text);
  return exitCode;
}
