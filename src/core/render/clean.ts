/**
 * Text as people wrote it, made fit to stand on one line and to be read: line ends and other controls become spaces, characters that
 * cannot be seen or that turn the reading direction go, and it is cut to `max` characters as a person counts them, with `…` at the end.
 * Still raw: `escape.ts` makes it safe for Markdown.
 */
export function clean(text: string, max: number): string {
  // One visible character can be many code units (a family emoji has 11), but no honest text has that many throughout.
  const room = max * 16;
  const line = text
    .slice(0, room)
    .replace(/\p{Cs}/gu, "\uFFFD")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(unseen, "")
    .replace(strayJoiner, "")
    // A pile of accents on one letter counts as one character and would fill the page.
    .replace(/(\p{M}{4})\p{M}+/gu, "$1")
    .replace(/\s+/g, " ")
    .trim();
  return cut(line, max, text.length > room);
}

// Default_Ignorable covers bidi controls, zero-width characters, soft hyphens, fillers and tags. Variation selectors 15 and 16 choose how
// an emoji looks; joiners are dealt with next.
const unseen = /(?!\u200C|\u200D|\uFE0E|\uFE0F)(?:\p{Default_Ignorable_Code_Point}|[\uFFF9-\uFFFB])/gu;

// Joiners belong between emoji and between letters of Arabic and Indic scripts; anywhere else they only hide.
const strayJoiner =
  /(?<![\u0600-\u0DFF]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)(?:\u200C|\u200D)|(?:\u200C|\u200D)(?![\u0600-\u0DFF]|\p{Extended_Pictographic})/gu;

const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

function cut(line: string, max: number, already: boolean): string {
  if (line.length <= max && !already) return line;
  const shown: string[] = [];
  for (const { segment } of characters.segment(line)) {
    // The longest emoji take 19 units; without end, joiners would make a whole page one character.
    shown.push(segment.length <= 32 ? segment : String.fromCodePoint(segment.codePointAt(0) ?? 0xfffd));
    if (shown.length > max) break;
  }
  if (shown.length <= max && !already) return shown.join("");
  return `${shown
    .slice(0, max - 1)
    .join("")
    .trimEnd()}…`;
}
