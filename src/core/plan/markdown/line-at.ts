/** A line of a text: where it begins, where its words end, and where the next begins. */
export type LineSpan = { readonly from: number; readonly to: number; readonly next: number };

/** The line that an offset of the text is on. Lines end with LF, CRLF or CR; between the two signs of CRLF one is still on the line they end. */
export function lineAt(text: string, offset: number): LineSpan {
  const at = offset > 0 && text.startsWith("\r\n", offset - 1) ? offset - 1 : offset;
  let from = at;
  while (from > 0 && !ends(text, from)) from -= 1;
  let to = at;
  while (to < text.length && text[to] !== "\n" && text[to] !== "\r") to += 1;
  return { from, to, next: to + (text.startsWith("\r\n", to) ? 2 : to < text.length ? 1 : 0) };
}

/** All lines of a text. */
export function linesIn(text: string): readonly LineSpan[] {
  const lines: LineSpan[] = [];
  for (let at = 0; at < text.length; at = lines.at(-1)?.next ?? text.length) lines.push(lineAt(text, at));
  return lines;
}

/** What ends the lines of a text, as its first line has it. */
export function newlineOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
}

/** Whether a line ends right before an offset. */
const ends = (text: string, offset: number): boolean => text[offset - 1] === "\n" || (text[offset - 1] === "\r" && text[offset] !== "\n");
