/** The log: one JSON object a line, without secrets. */
import { type DestinationStream, type Logger, pino } from "pino";
import { strikeOut, strikeOutText } from "./strike-out.ts";
import type { LogLevel } from "./variables.ts";

export type Log = Logger;

/**
 * Writes to standard output unless a destination is given. `secrets` are values to strike out literally wherever they turn up,
 * beside everything that looks like a token, key, signature, cookie or password.
 */
export function createLog(level: LogLevel, destination?: DestinationStream, secrets: readonly string[] = []): Log {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    // The finished line is the one place that everything passes: messages, stacks, causes, bindings of children, nested objects.
    hooks: { streamWrite: (line: string) => cleanLine(line, secrets) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function cleanLine(line: string, secrets: readonly string[]): string {
  try {
    return `${JSON.stringify(strikeOut(JSON.parse(line), secrets))}\n`;
  } catch {
    // Not JSON, or nested too deeply to walk: the patterns still hold on the bare text.
    return `${strikeOutText(line.trimEnd(), secrets)}\n`;
  }
}
