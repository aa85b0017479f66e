/** Longer texts are read up to here: GitHub takes bodies and comments of at most 65 536 characters, which may be two units each. */
export const longestMarkdown = 131_072;

// The time of the Markdown parser grows with the marks of one block times its length (measured: 27 s for 64 000 characters of `[=`,
// 20 s of `_a>***`, 6 s of `\<)[`), so a block may hold the fewer of them the longer it is: one of up to 16 000 characters a thousand.
const mostMarks = 1000;
const mostWork = 16_000_000;

const marks = /[[\]*_~!<&`\\]/g;
const boundary = /^(?: {0,3}[-+*][ \t]|[ \t]*$)/;

/**
 * The same text, as long, in which no block holds more inline marks than any person writes: surplus marks become plain characters, so
 * that parsing takes time in proportion to length whatever is sent.
 */
export function tameMarkdown(text: string): string {
  return blocksOf(text.slice(0, longestMarkdown)).map(tamed).join("");
}

/** The text cut in front of lines where one paragraph cannot go on into the next: blank ones, and items that stand at the edge. */
function blocksOf(text: string): readonly string[] {
  const blocks: string[] = [];
  let start = 0;
  for (const line of text.matchAll(/([^\n\r]*)(?:\r\n|\r|\n|$)/g)) {
    if (line.index === start || !boundary.test(line[1] ?? "")) continue;
    blocks.push(text.slice(start, line.index));
    start = line.index;
  }
  return [...blocks, text.slice(start)];
}

function tamed(block: string): string {
  let left = Math.min(mostMarks, Math.floor(mostWork / block.length));
  return block.replace(marks, (mark) => {
    left -= 1;
    return left < 0 ? "." : mark;
  });
}
