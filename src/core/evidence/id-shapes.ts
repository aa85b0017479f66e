import { longestId } from "../plan/task-id.ts";
import { dashClass, markup, matchesAt, wordClass } from "./characters.ts";

/** A whole run of parts that hyphens and dots join: the longest that an id standing here could be. */
export const runPattern = new RegExp(`[${wordClass}]+(?:[${dashClass}.][${wordClass}]+)*`, "gu");

// Emphasis is not seen by the reader of a page, so `SPEC-009**A**` is SPEC-009A.
const rightEdge = new RegExp(`${markup}*[${wordClass}]|[${dashClass}.]\\p{N}`, "uy");
const leftEdge = new RegExp(`[${wordClass}${dashClass}/.]${markup}*$`, "u");
const lookBack = 40;

/** Whether an id may end here: no letter, digit or `_` follows, nor a hyphen or dot with a digit. */
export const mayEnd = (text: string, at: number): boolean => !matchesAt(rightEdge, text, at);

/** Whether an id may begin here in prose: no letter, digit, `_`, `-`, `/` or `.` stands before. */
export const mayBegin = (text: string, at: number): boolean => !leftEdge.test(text.slice(Math.max(0, at - lookBack), at));

const freeShape = new RegExp(`[${dashClass}].*\\p{L}|\\p{L}.*[${dashClass}]|^\\p{L}+\\d`, "u");
const numberShape = /^\d/;

/**
 * Whether these characters can be an id at all: letters with a hyphen (LI-W1-MON) or letters and then a digit (T025).
 * What begins with a digit (1.2, 68, 12.1-01) can only after the word `task`. A plain word never can.
 */
export function isIdShaped(written: string, afterTask: boolean): boolean {
  if (written.length > longestId || !keepsItsLetters(written)) return false;
  return freeShape.test(written) || (afterTask && numberShape.test(written));
}

/** Places inside a run, longest first, where an id that begins with the run may end. Both edges are the caller's to check. */
export function endsWithin(run: string): readonly number[] {
  const ends = [...run.slice(0, longestId + 1).matchAll(joints)].map((joint) => joint.index);
  return (run.length <= longestId ? [...ends, run.length] : ends).reverse();
}

const joints = new RegExp(`[${dashClass}.]`, "gu");

// `ı`, `ſ`, `K` and ligatures turn into plain letters when upper-cased; look-alikes are other ids.
const keepsItsLetters = (written: string): boolean => written.toUpperCase().toLowerCase() === written.toLowerCase();

/** An id split before its last number: `SPEC-005` is `SPEC-` and `005`. Null where it ends otherwise. */
export type NumberedId = { readonly stem: string; readonly digits: string };

export function numbered(written: string): NumberedId | null {
  const digits = /\d+$/.exec(written)?.[0];
  return digits === undefined ? null : { stem: written.slice(0, -digits.length), digits };
}
