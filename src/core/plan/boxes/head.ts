import type { Plain } from "../markdown/plain-text.ts";
import type { Style } from "./box-plan.ts";

/** The id that the words behind a box begin with, the words behind it, and how the id is written. */
export type Head = { readonly id: string; readonly rest: string; readonly style: Style };

const longestHead = 200;

/**
 * Reads the id in front of words as written: `T001 text`, `**2.1** text`, `**3. Title**`, `2.2. text`, `1.1: text`. `pattern` is one
 * id, without anchors or groups; null where the words begin otherwise.
 */
export function headOf(words: string, pattern: string): Head | null {
  const head = new RegExp(`^([*_\`~[]{0,4})(${pattern})([\\]*_\`~]{0,4}[.:)]?[\\]*_\`~]{0,4}(?:[ \\t\\n]+(?:[—–-]{1,2}[ \\t]+)?|$))`, "u");
  const found = head.exec(words.slice(0, longestHead));
  if (found === null) return null;
  const [all, before = "", id = "", behind = ""] = found;
  const rest = words.slice(all.length);
  const marks = /^[*_`~]*/.exec(before)?.[0] ?? "";
  if (marks === "" || /[*_`~]/.test(behind)) return { id, rest, style: { before, behind, end: "" } };
  // The marks go on over the title: `**3. Title**`.
  const closed = rest.endsWith(marks);
  return { id, rest: `${marks}${rest}`, style: closed ? { before, behind, end: marks } : { before: "", behind, end: "" } };
}

/** Words in front of a title, such as `[P]` or `(P)`, cut off one by one. */
export function flagsOf(rest: string, flag: RegExp): { readonly flags: readonly string[]; readonly rest: string } {
  const flags: string[] = [];
  let left = rest;
  for (let found = flag.exec(left); found !== null && flags.length < 10; found = flag.exec(left)) {
    flags.push(found[1] ?? "");
    left = left.slice(found[0].length);
  }
  return { flags, rest: left };
}

/** A title as it must be written to be read as it is: with its signs escaped where Markdown would take them for marks; null where nothing helps. */
export function titleFor(title: string, plain: Plain): string | null {
  if (/[\r\n\u2028\u2029]/.test(title) || title.trim() !== title || title === "") return null;
  if (plain(title) === title) return title;
  const escaped = title.replace(/[\\`*_[\]<>&~]/g, "\\$&");
  return plain(escaped) === title ? escaped : null;
}
