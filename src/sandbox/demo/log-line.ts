import { z } from "zod";

const logLine = z.object({ level: z.string(), msg: z.string(), err: z.object({ message: z.string() }).optional() });
const warnings = ["warn", "error", "fatal"];

/** What a line of the app's log says; the line itself where it is no such line. */
export function messageOf(line: string): string {
  const read = logLine.safeParse(asJson(line));
  return read.success ? read.data.msg : line;
}

/** What a line of the app's log warns of, null where it does not. */
export function warningOf(line: string): string | null {
  const read = logLine.safeParse(asJson(line));
  if (!read.success || !warnings.includes(read.data.level)) return null;
  return read.data.err === undefined ? read.data.msg : `${read.data.msg}: ${read.data.err.message}`;
}

/** The value of a line of JSON, null of any other. */
export function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
