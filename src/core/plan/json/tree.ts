import { createScanner } from "jsonc-parser";
import { quoted } from "../quoted.ts";

/** A JSON value with its place in the text. */
export type Json = JsonObject | JsonArray | JsonScalar;
export type JsonObject = Span & { readonly kind: "object"; readonly members: readonly Member[] };
export type JsonArray = Span & { readonly kind: "array"; readonly items: readonly Json[] };
export type JsonScalar = Span &
  (
    | { readonly kind: "string"; readonly value: string }
    // As the file writes it: an id of twenty digits, or `1.10`, would lose something as a number.
    | { readonly kind: "number"; readonly written: string }
    | { readonly kind: "boolean"; readonly value: boolean }
    | { readonly kind: "null" }
  );
/** Offsets of the text, `to` not included. */
export type Span = { readonly from: number; readonly to: number };
/** One `"key": value` of an object, from the key's quote to the end of the value. */
export type Member = Span & { readonly key: string; readonly keyTo: number; readonly value: Json };

export type JsonReading = { readonly root: Json } | { readonly wrong: string; readonly at: number };

/** The member that counts: where a key stands twice, readers of JSON take the last. */
export const memberOf = (object: JsonObject, key: string): Member | undefined => object.members.findLast((member) => member.key === key);

/**
 * Reads strict JSON, all of a text or a piece of it, with the place of every value. It keeps a stack of its own, so that no depth of brackets
 * can end the process; the first error ends the reading, with its offset. 20 MB take about 2 s.
 */
export function readJson(text: string, from = 0, to = text.length): JsonReading {
  const scanner = createScanner(text.slice(from, to), false);
  const state: State = { open: [], root: null, expected: "a value" };
  for (;;) {
    const kind: number = scanner.scan();
    if (kind === kinds.blank || kind === kinds.lineBreak) continue;
    const at = from + scanner.getTokenOffset();
    if (kind === kinds.end) {
      const { root, expected } = state;
      return root !== null && expected === "the end" ? { root } : { wrong: `the text ends where ${expected} must be`, at };
    }
    const piece: Piece = { kind, value: scanner.getTokenValue(), from: at, to: from + scanner.getPosition() };
    const wrong = scanner.getTokenError() === 0 ? take(state, piece) : "cannot be read";
    if (wrong !== null) return { wrong: `${quoted(text.slice(at, Math.min(piece.to, at + 200)), 30)} ${wrong}`, at };
  }
}

/** Nothing that people keep plans in nests deeper than this. */
const deepest = 100;

// The scanner's own names for these are a `const enum`, which a module compiled by itself cannot use.
const kinds = {
  openObject: 1,
  closeObject: 2,
  openArray: 3,
  closeArray: 4,
  comma: 5,
  colon: 6,
  null: 7,
  true: 8,
  false: 9,
  string: 10,
  number: 11,
  lineBreak: 14,
  blank: 15,
  end: 17,
} as const;

type Piece = Span & { readonly kind: number; readonly value: string };
type Expected = "a value" | "a value or ]" | "a key" | "a key or }" | "a colon" | "a comma or }" | "a comma or ]" | "the end";
type Open =
  | { readonly kind: "object"; readonly from: number; readonly members: Member[]; key: Piece | null }
  | { readonly kind: "array"; readonly from: number; readonly items: Json[] };
type State = { readonly open: Open[]; root: Json | null; expected: Expected };

/** Takes one piece into what is read; answers what is wrong with it. */
function take(state: State, piece: Piece): string | null {
  const { open, expected } = state;
  const top = open.at(-1);
  const misplaced = `stands where ${expected} must be`;
  switch (piece.kind) {
    case kinds.comma:
      if (!expected.startsWith("a comma")) return misplaced;
      state.expected = top?.kind === "object" ? "a key" : "a value";
      return null;
    case kinds.colon:
      if (expected !== "a colon") return misplaced;
      state.expected = "a value";
      return null;
    case kinds.openObject:
    case kinds.openArray:
      if (!expected.startsWith("a value")) return misplaced;
      if (open.length === deepest) return `is nested deeper than ${deepest} brackets`;
      open.push(
        piece.kind === kinds.openObject
          ? { kind: "object", from: piece.from, members: [], key: null }
          : { kind: "array", from: piece.from, items: [] },
      );
      state.expected = piece.kind === kinds.openObject ? "a key or }" : "a value or ]";
      return null;
    case kinds.closeObject:
      if (top?.kind !== "object" || !expected.endsWith("}")) return misplaced;
      open.pop();
      return placed(state, { kind: "object", from: top.from, to: piece.to, members: top.members });
    case kinds.closeArray:
      if (top?.kind !== "array" || !expected.endsWith("]")) return misplaced;
      open.pop();
      return placed(state, { kind: "array", from: top.from, to: piece.to, items: top.items });
  }
  if (piece.kind === kinds.string && top?.kind === "object" && expected.startsWith("a key")) {
    top.key = piece;
    state.expected = "a colon";
    return null;
  }
  const value = expected.startsWith("a value") ? scalarOf(piece) : null;
  return value === null ? misplaced : placed(state, value);
}

function placed(state: State, value: Json): null {
  const holder = state.open.at(-1);
  if (holder === undefined) state.root = value;
  else if (holder.kind === "array") holder.items.push(value);
  else if (holder.key !== null) {
    const { value: key, from, to: keyTo } = holder.key;
    holder.members.push({ key, from, keyTo, to: value.to, value });
  }
  state.expected = holder === undefined ? "the end" : holder.kind === "array" ? "a comma or ]" : "a comma or }";
  return null;
}

function scalarOf({ kind, value, from, to }: Piece): JsonScalar | null {
  switch (kind) {
    case kinds.string:
      return { kind: "string", value, from, to };
    case kinds.number:
      return { kind: "number", written: value, from, to };
    case kinds.true:
    case kinds.false:
      return { kind: "boolean", value: kind === kinds.true, from, to };
    case kinds.null:
      return { kind: "null", from, to };
  }
  return null;
}
