/** Longer texts are read up to here: GitHub takes bodies and comments of at most 65 536 characters, which may be two units each. */
export const longestMarkdown = 131_072;

// Measured: the Markdown parser takes 20 s for 64 000 times `]`, `>` or `*_~` (its time grows with the square of such marks in one
// block), and milliseconds for a thousand.
const mostMarks = 1000;
const deepestNesting = 20;

const marks = /[[\]*_~!]/g;
const containers = /^[ \t]*(?:(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))[ \t]*)+/;
const container = />|[-+*]|\d+[.)]/g;
const topItem = /^ {0,3}[-+*][ \t]/;

/**
 * The same text, as long, in which no block holds more inline marks and no line is nested deeper than any person writes: surplus marks
 * become plain characters, so that parsing takes time in proportion to length whatever is sent.
 */
export function tameMarkdown(text: string): string {
  let left = mostMarks;
  const tame = (line: string): string => {
    if (line.trim() === "" || topItem.test(line)) left = mostMarks;
    return shallow(line).replace(marks, (mark) => {
      left -= 1;
      return left < 0 ? "." : mark;
    });
  };
  return text.slice(0, longestMarkdown).replace(/[^\n\r]+|\n\r?|\r/g, tame);
}

function shallow(line: string): string {
  const head = containers.exec(line)?.[0] ?? "";
  let depth = 0;
  const flat = head.replace(container, (mark) => {
    depth += 1;
    return depth > deepestNesting ? ".".repeat(mark.length) : mark;
  });
  return depth > deepestNesting ? flat + line.slice(head.length) : line;
}
