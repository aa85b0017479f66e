import type { NewTask, NewValues } from "../change.ts";
import { readHours } from "../estimate.ts";
import { readDate } from "../iso-date.ts";
import { isNone } from "../none.ts";
import { readPriority } from "../priority.ts";
import { quoted } from "../quoted.ts";
import { storable, wordsOf } from "./record.ts";
import type { Json } from "./tree.ts";

/** What of a change is not written, and why. */
export type Told = { readonly field: keyof NewValues | keyof NewTask; readonly because: string };

/** The JSON that a value is written as, or why it cannot be. */
export type Written = { readonly text: string } | { readonly because: string };

/** A text that reads back as it is; one that says "nothing here", or has blanks around it, would not. */
export function textValue(value: string, quote: (text: string) => string): Written {
  const same = value === value.trim() && !isNone(value) && storable(value) === value;
  return same ? { text: quote(value) } : { because: `${quoted(value)} would not read back as it is` };
}

/** A day as the file writes its own: with a time behind it where `like` has one. */
export function dateValue(day: string, like: Json | undefined): Written {
  if (readDate(day) !== day) return { because: `${quoted(day)} is no day` };
  return { text: JSON.stringify(/\d[T ]\d/.test(wordsOf(like)) ? `${day}T00:00:00Z` : day) };
}

const words = ["critical", "high", "medium", "low", "lowest"];

/** A priority as the file writes its own: `P1`, `High`, or a number; where it shows none, as `usual`. */
export function priorityValue(priority: number, like: Json | undefined, usual: "word" | "number"): Written {
  const shown = wordsOf(like);
  const number = like === undefined ? usual === "number" : like.kind === "number";
  const word = words[priority] ?? "";
  const dressed = /^p\d/i.test(shown)
    ? `${shown.slice(0, 1)}${priority}`
    : /^\p{Lu}/u.test(shown)
      ? word.slice(0, 1).toUpperCase() + word.slice(1)
      : word;
  const text = number ? String(priority) : dressed;
  return readPriority(text) === priority ? { text: number ? text : JSON.stringify(text) } : { because: `there is no priority ${priority}` };
}

/** An estimate as the file writes its own: a number, or `4h`. */
export function hoursValue(hours: number, like: Json | undefined): Written {
  const text = like?.kind === "string" ? `${hours}h` : String(hours);
  return readHours(text, "hours") === hours
    ? { text: like?.kind === "string" ? JSON.stringify(text) : text }
    : { because: `${hours} hours cannot be told` };
}
