/**
 * GitHub takes 65 536 characters in a comment and 65 535 *bytes* in each field of a check run (it says characters, and answers
 * "exceeds a maximum bytesize"). One measure for both, with room to spare.
 */
export const roomInBytes = 60_000;

/** The text made at the first level at which it fits. Where even the last does not, that one is cut at the end of a line and says so. */
export function fitted<Level>(levels: readonly Level[], render: (level: Level) => string): string {
  let text = "";
  for (const level of levels) {
    text = render(level);
    if (bytesOf(text) <= roomInBytes) return text;
  }
  return `${wholeLines(text, roomInBytes - bytesOf(leftOut))}${leftOut}`;
}

/** The size of a text in UTF-8. */
export function bytesOf(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    // A character beyond the basic plane is two units here and four bytes there.
    bytes += unit < 0x80 ? 1 : unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
  }
  return bytes;
}

const leftOut = "\n\n… The rest is left out: GitHub takes no longer texts here.\n";

function wholeLines(text: string, room: number): string {
  const lines: string[] = [];
  let bytes = 0;
  for (const line of text.split("\n")) {
    bytes += bytesOf(line) + 1;
    if (bytes > room) break;
    lines.push(line);
  }
  return lines.join("\n");
}
