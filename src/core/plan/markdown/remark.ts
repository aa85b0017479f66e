import { type Field, fieldOf } from "../columns.ts";
import { readHours } from "../estimate.ts";
import { readDate } from "../iso-date.ts";
import { looksLikeId } from "../task-id.ts";
import { idInBrackets } from "./task-id-in-words.ts";

/** A field that a remark behind a title says: what it says of it. `optional` says all there is to say. */
export type Remark = { readonly field: Field | "optional"; readonly says: string };

/** What stands in brackets behind a title: `(due: 2025-10-18)`, `(depends on AUTH-1)`, `(@ann)`, `(4h)`, `[P1]`; null where it is a part of the title. */
export function readRemark(words: string): Remark | null {
  const text = words.trim();
  if (/^optional$/i.test(text)) return { field: "optional", says: "" };
  const id = idInBrackets(text);
  if (id !== null) return { field: "id", says: id };
  if (/^P[0-4]$/i.test(text)) return { field: "priority", says: text };
  if (/^@[\w.-]+(?:(?:,| and| &|) ?@[\w.-]+)*$/.test(text)) return { field: "owner", says: text };
  if (/^~?\d[\d.,]* ?(?:h|hrs?|hours?|d|days?|w|weeks?)$/i.test(text)) return { field: "hours", says: text };
  const keyed = /^([A-Za-z][A-Za-z ]{1,20}?)(?:::? ?| (?=[^a-z\s]|\S*\d))(.+)$/.exec(text);
  if (keyed === null) return null;
  const [, key = "", says = ""] = keyed;
  const field = named.get(key.toLowerCase()) ?? fieldOf(key);
  return field !== undefined && isSaid(field, says) ? { field, says: says.trim() } : null;
}

const named: ReadonlyMap<string, Field> = new Map([
  ["after", "dependencies"],
  ["blocked on", "dependencies"],
  ["needs", "dependencies"],
  ["target date", "due"],
  ["by", "due"],
]);

/** Whether what stands behind a key is what the key asks for, so that it can be taken out of the title. */
function isSaid(field: Field, says: string): boolean {
  switch (field) {
    case "due":
    case "start":
    case "completed":
      return typeof readDate(says) === "string";
    case "dependencies":
      return says.split(/[\s,;&]+/).some(looksLikeId);
    case "hours":
      return typeof readHours(says, "hours") === "number";
    case "owner":
    case "priority":
      return true;
    default:
      return false;
  }
}
