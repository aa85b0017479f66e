import type { Written } from "./document.ts";

/** The lines of some words as the file has them, each without the blanks around it. */
export function linesOfWords(words: Written, text: string): readonly Written[] {
  if (!words.text.includes("\n") && !words.text.includes("\r")) return [words];
  return split(words, text, /\r\n|\r|\n/g);
}

/** A line cut where another emphasised key begins: `**Owner:** ann | **Due:** 2026-01-01`. */
export function pieces(line: Written, text: string): readonly Written[] {
  const alone = !/[\r\n]/.test(line.text) && /\s[|·•]\s+[*_]/.test(line.text);
  return alone ? split(line, text, /\s[|·•]\s+(?=[*_])/g) : [line];
}

function split({ offset, end }: Written, text: string, at: RegExp): readonly Written[] {
  const whole = text.slice(offset, end);
  const cuts = [...whole.matchAll(at)];
  const starts = [0, ...cuts.map((cut) => cut.index + cut[0].length)];
  return starts.map((start, index) => {
    const written = whole.slice(start, cuts[index]?.index ?? whole.length);
    const from = offset + start + written.length - written.trimStart().length;
    const trimmed = written.trim();
    return { text: trimmed, offset: from, end: from + trimmed.length };
  });
}
