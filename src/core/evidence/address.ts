import type { Scope } from "../words.ts";
import { dashClass, wordClass } from "./characters.ts";
import { namesScope } from "./homes.ts";

/** Words that stand right before an id with `#` between them (`014-roadmap#T012`), and where they begin. */
export type Address = { readonly words: string; readonly start: number };

const longest = 200;
const before = new RegExp(`[${wordClass}.#/${dashClass}]*[${wordClass}]/?(?=#$)`, "u");

/** The words before an id at `start`; null where no `#` joins any to it. */
export function addressBefore(text: string, start: number): Address | null {
  if (text.charAt(start - 1) !== "#") return null;
  const words = before.exec(text.slice(Math.max(0, start - longest), start))?.[0];
  return words === undefined || words.length > longest - 2 ? null : { words, start: start - 1 - words.length };
}

/**
 * Whether the words are meant to say where the task lives. What holds a mark or a digit can be nothing else (`octo/other#T012`); a plain
 * word is one only where a scope has that name, because people also write `task#T012` and `fixes#T012`.
 */
export const isAddress = (words: string, scopes: readonly Scope[]): boolean =>
  /[^\p{L}]/u.test(words) || scopes.some((scope) => namesScope(words, scope));
