/**
 * A piece of a file as a problem message may show it: one line, without control characters (a terminal would obey them),
 * cut to `length` UTF-16 units.
 */
export function quoted(text: string, length = 60): string {
  const line = text
    .slice(0, length * 4)
    .replace(/[\s\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, " ")
    .trim();
  return line.length <= length && text.length <= length * 4 ? `“${line}”` : `“${line.slice(0, length - 1)}…”`;
}
