import { statuses } from "../../words.ts";
import { readStatus, spellings } from "../status-spelling.ts";

/** A status that stands beside other words of a line: as it is written, where that begins, and the stretch to cut out of the line with it. */
export type StatusMark = { readonly written: string; readonly at: number; readonly from: number; readonly to: number };

const emoji = `(?:${[...statuses.flatMap((status) => spellings[status].emojis), "🔁"].join("|")})\\uFE0F?`;
const word = "\\p{L}[\\p{L}' _-]{2,20}";
const before = new RegExp(`^\\s*(?:(${emoji})(?=[\\s\\p{L}\\p{N}]|$)|\\[(${word})\\](?=\\s|$)|(\\[[ xX~>/!-]\\]\\*?)(?=\\s))\\s*`, "u");
const behind = new RegExp(`(?:\\s?(${emoji})|\\s\\[(${word})\\]|\\s\\((${word})\\)|\\s[—–-]\\s((?:${emoji}\\s?)?${word}))\\.?$`, "u");
const longest = 60;

/** A mark in front: `✅ Title`, `[done] Title`, `[x] Title`. */
export function markBefore(line: string): StatusMark | null {
  return markOf(before.exec(line.slice(0, longest)), 0);
}

/** A mark at the end: `Title [partial]`, `Title (done)`, `Title ✅`, `Title — In Progress`. */
export function markBehind(line: string): StatusMark | null {
  const start = Math.max(0, line.length - longest);
  return markOf(behind.exec(line.slice(start)), start);
}

function markOf(found: RegExpExecArray | null, start: number): StatusMark | null {
  const written = found?.slice(1).find((part) => part !== undefined) ?? "";
  if (found === null || readStatus(written) === null || /^optional$/i.test(written)) return null;
  const from = start + found.index;
  return { written, at: from + found[0].indexOf(written), from, to: from + found[0].length };
}

/** A line without the marks of its status. */
export function withoutStatusMark(line: string): string {
  const front = markBefore(line);
  const rest = front === null ? line : line.slice(front.to);
  const back = markBehind(rest);
  return (back === null ? rest : rest.slice(0, back.from)).trim();
}
