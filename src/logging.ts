/** The log: one JSON object a line, without secrets. */
import { type DestinationStream, type Logger, pino } from "pino";
import { maySpill, strikeOut, strikeOutText } from "./strike-out.ts";
import type { LogLevel } from "./variables.ts";

export type Log = Logger;

/**
 * Writes to standard output unless a destination is given. `secrets` are values to strike out literally wherever they turn up,
 * beside everything that looks like a token, key, signature, cookie or password.
 */
export function createLog(level: LogLevel, destination?: DestinationStream, secrets: readonly string[] = []): Log {
  const literals = secrets.flatMap(spellings);
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    // The finished line is the one place that everything passes: messages, stacks, causes, bindings of children, nested objects.
    hooks: { streamWrite: (line: string) => cleanLine(line, literals) },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

// A secret with quotes or backslashes looks different inside JSON, and different again inside JSON that a string of JSON holds.
function spellings(secret: string): readonly string[] {
  const escaped = (text: string) => JSON.stringify(text).slice(1, -1);
  return [...new Set([secret, escaped(secret), escaped(escaped(secret)), escaped(escaped(escaped(secret)))])];
}

function cleanLine(line: string, literals: readonly string[]): string {
  if (!maySpill(line, literals)) return line;
  try {
    return `${JSON.stringify(strikeOut(JSON.parse(line), literals))}\n`;
  } catch {
    // Not JSON, or nested too deeply to walk: the patterns still hold on the bare text.
    return `${strikeOutText(line.trimEnd(), literals)}\n`;
  }
}
