import { gap } from "./characters.ts";

// A URL ends before the punctuation that closes the sentence or bracket around it. The bounds keep the search linear.
const url = /(?<![a-z0-9+.-])(?:[a-z][a-z0-9+.-]{0,30}:\/\/|www\.)[^\s<>"]*/giu;
const closing = /[.,;:!?)\]}'*_]+$/u;

/** The same text with its URLs masked: an id in an address names nothing. */
export function maskUrls(text: string): string {
  if (!text.includes("://") && !/www\./i.test(text)) return text;
  return text.replace(url, (match) => {
    const tail = closing.exec(match.slice(-lookBack))?.[0] ?? "";
    return gap.repeat(match.length - tail.length) + tail;
  });
}

const lookBack = 16;
