import { stripVTControlCharacters } from "node:util";

/** Colours for a terminal, or none. */
export type Paint = {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly code: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
};

/** What text is laid out for: how many columns there are, and whether in colour. */
export type Paper = { readonly width: number; readonly paint: Paint };

const plainly = (text: string): string => text;
const sequence = (on: number, off: number) => (text: string) => (text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`);

export const plain: Paint = { bold: plainly, dim: plainly, code: plainly, good: plainly, bad: plainly };
export const coloured: Paint = {
  bold: sequence(1, 22),
  dim: sequence(2, 22),
  code: sequence(36, 39),
  good: sequence(32, 39),
  bad: sequence(31, 39),
};

/** How many columns a text takes. Colours take none. */
export const widthOf = (text: string): number => [...stripVTControlCharacters(text)].length;

export const padded = (text: string, width: number): string => text + " ".repeat(Math.max(0, width - widthOf(text)));

/** The lines of a text broken between words, `indent` before all but the first. A word that is too long is cut. */
export function wrapped(text: string, width: number, indent = ""): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((one) => pieces(one, width - widthOf(indent)))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(longer) > width) {
      lines.push(line);
      line = indent + word;
    } else line = longer;
  }
  return [...lines, line];
}

// A painted word is left whole: cutting it would lose its colour.
function pieces(word: string, width: number): readonly string[] {
  const letters = [...word];
  if (letters.length <= width || widthOf(word) < letters.length) return [word];
  return [letters.slice(0, width).join(""), ...pieces(letters.slice(width).join(""), width)];
}
