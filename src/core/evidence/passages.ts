import type { Place } from "../words.ts";
import { unreachable } from "../words.ts";
import { gap } from "./characters.ts";
import { markdownPassages } from "./markdown-passages.ts";
import { maskUrls } from "./mask-urls.ts";
import { messagePassages, titlePassages } from "./message-passages.ts";
import { type Passage, prose } from "./passage.ts";

/** What may be read of a text that stands in this place: the rules on where not to look are all kept here. In order of the text. */
export function passagesOf(text: string, place: Place): readonly Passage[] {
  return passagesAt(text, place)
    .map((passage) => (passage.as === "prose" ? { ...passage, text: maskUrls(passage.text) } : passage))
    .sort((a, b) => a.at - b.at);
}

function passagesAt(text: string, place: Place): readonly Passage[] {
  switch (place) {
    case "title":
      return titlePassages(clean(text));
    case "commit":
      return messagePassages(clean(text));
    case "body":
    case "comment":
      return mayNameTask.test(text) ? markdownPassages(text) : [];
    case "branch":
    case "label":
      return [{ ...prose(0, text), as: place }];
    default:
      return unreachable(place);
  }
}

// Plain text may hold the characters that stand for something in a mask.
const clean = (text: string): string => text.replace(/[\u0000\u0001]/g, gap);

// Parsing Markdown is the costly part of reading, and no id is without a dash or a digit.
const mayNameTask = /[-\u2011\u2013\d]/;
