import { normalise } from "../plan/token.ts";
import type { Token } from "../words.ts";
import { dashClass, matchAt } from "./characters.ts";
import { mayEnd, type NumberedId } from "./id-shapes.ts";

/** Ids in a chain of shorthands (`SPEC-005/006/007`) and tokens in a range: more are not expanded. */
export const mostExpanded = 50;

/** `T011-T022`. `inside` holds its tokens with both ends; a `flaw` says why only the two ends count. */
export type IdRange = {
  readonly end: number;
  readonly last: { readonly token: Token; readonly written: string };
  readonly inside: readonly Token[];
  readonly flaw: string | null;
  readonly numbered: NumberedId;
};

/**
 * The range that an id ending at `end` begins: a dash or `..` and a full id with the same stem (`T011-T022`), or an en dash or `..`
 * and digits of the same width (`SPEC-005–007`). A plain hyphen before bare digits is none: SPEC-009-001 may be an id.
 */
export function rangeFrom(text: string, end: number, first: NumberedId): IdRange | null {
  const joint = matchAt(joints, text, end);
  if (joint === null) return null;
  const at = end + joint.length;
  const full = first.stem !== "" && sameStem(text.slice(at, at + first.stem.length), first.stem);
  const from = full ? at + first.stem.length : at;
  const digits = matchAt(number, text, from);
  if (digits === null || !mayEnd(text, from + digits.length)) return null;
  if (!full && (joint === "-" || joint === "\u2011" || digits.length !== first.digits.length)) return null;
  const written = `${first.stem}${digits}`;
  return {
    end: from + digits.length,
    last: { token: normalise(written), written: full ? text.slice(at, from + digits.length) : written },
    numbered: { stem: first.stem, digits },
    ...inside(first, digits),
  };
}

const joints = new RegExp(`[${dashClass}]|\\.\\.(?!\\.)`, "y");
const number = /\d+/y;

const sameStem = (a: string, b: string): boolean => normalise(a) === normalise(b) && a.length === b.length;

function inside(first: NumberedId, lastDigits: string): Pick<IdRange, "inside" | "flaw"> {
  const ends = [normalise(first.stem + first.digits), normalise(first.stem + lastDigits)];
  const from = BigInt(first.digits);
  const count = BigInt(lastDigits) - from + 1n;
  if (count < 2n) return { inside: ends, flaw: "a range that does not go upwards is read as its two ends" };
  if (count > BigInt(mostExpanded)) return { inside: ends, flaw: `a range of more than ${mostExpanded} ids is read as its two ends` };
  return { inside: Array.from({ length: Number(count) }, (_, step) => normalise(`${first.stem}${from + BigInt(step)}`)), flaw: null };
}
