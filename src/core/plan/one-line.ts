/** A text on one line: line breaks and runs of blanks become one space. */
export function oneLine(written: string): string {
  const text = written.trim();
  return /\s\s|[^\S ]/.test(text) ? text.replace(/\s+/g, " ") : text;
}
