import { Composer, CST, type Document, isAlias, isMap, isScalar, isSeq, Lexer, Parser, type Scalar } from "yaml";
import type { Refusal, Source } from "../formats/format.ts";
import { tooDeep } from "../yaml-depth.ts";
import type { List, Mapping, Pair, Text, YamlNode } from "./node.ts";

/** The documents of a YAML text, empty ones left out; or why it is not read. `twice` = where a key of one map stands again. */
export type YamlReading =
  | { readonly kind: "documents"; readonly documents: readonly YamlNode[]; readonly twice: readonly Pair[] }
  | { readonly kind: "refused"; readonly refusal: Refusal };

// The parser takes some 3 µs for a piece of the text (a word, a colon, the blank behind it), more where many are errors: 400 000 of them
// take 2 s of computing at worst, a plan of 5 MB of prose 1.4 s. A task of five short lines has some 40 pieces.
const mostPieces = 400_000;
const longest = 8 * 1024 * 1024;
const deepest = 50;

/** Parses a YAML text without making values of it. Never throws, and ends in bounded time. `meant` = as in a refusal. */
export function parseYaml({ text: written }: Pick<Source, "text">, meant: boolean): YamlReading {
  // To YAML a lone CR ends a line, to the library it does not. Offsets stay.
  const text = written.replace(/\r(?!\n)/g, "\n");
  const refused = (code: Refusal["code"], at: number, because: string): YamlReading => ({
    kind: "refused",
    refusal: { code, at, because, meant },
  });
  if (text.length > longest) return refused("too-large", 0, `a YAML file of more than ${longest / 1024 / 1024} MB`);
  const doubt = doubtAbout(text);
  if (doubt !== null) return refused(doubt.code, doubt.at, doubt.because);

  const documents: Document[] = [];
  // All scalars stay text. Keys are compared below: the library compares each with each.
  const composer = new Composer({ schema: "failsafe", uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  for (const token of new Parser().parse(text)) {
    if (token.type === "error") return refused("yaml-syntax", token.offset, plainly(token.message));
    documents.push(...composer.next(token));
  }
  documents.push(...composer.end());
  const error = documents.flatMap(({ errors }) => errors.slice(0, 1))[0];
  if (error !== undefined) return refused("yaml-syntax", error.pos[0], inPlainWords.get(error.code) ?? plainly(error.message));

  const twice: Pair[] = [];
  const nodes = documents.map(({ contents }) => nodeOf(contents, { text, anchors: new Map(), twice, at: 0 }));
  return { kind: "documents", documents: nodes.filter(({ kind }) => kind !== "nothing"), twice };
}

/** What people get wrong most often, by the library's codes; it words them for people who write parsers. */
const inPlainWords: ReadonlyMap<string, string> = new Map([
  ["BLOCK_AS_IMPLICIT_KEY", "a second key stands on this line; a text with a colon and a blank in it needs quotes"],
  ["TAB_AS_INDENT", "a tab indents this line; YAML takes blanks only"],
  ["BAD_SCALAR_START", "a text cannot begin with this sign unless it is quoted"],
]);

const plainly = (message: string): string => message.charAt(0).toLowerCase() + message.slice(1);

/** Asks the lexer, which is linear, before the parser, which works by recursion and is slow, slowest where all is wrong. */
function doubtAbout(text: string): Pick<Refusal, "code" | "at" | "because"> | null {
  const indents: number[] = [];
  let at = 0;
  let pieces = 0;
  let brackets = 0;
  let begins = true;
  let content = false;
  let before: CST.TokenType | null = null;
  for (const source of new Lexer().lex(text)) {
    pieces += 1;
    if (pieces > mostPieces) return { code: "too-large", at, because: `a YAML file of more than ${mostPieces} words and signs` };
    // What stands behind this sign are words, whatever they begin with.
    const type: CST.TokenType | null = content ? null : CST.tokenType(source);
    content = type === "scalar";
    if (type === "scalar" || type === "doc-mode" || type === "flow-error-end") continue;
    if (type === "flow-map-start" || type === "flow-seq-start") brackets += 1;
    if (type === "flow-map-end" || type === "flow-seq-end") brackets = Math.max(0, brackets - 1);
    if (brackets > 0 && type !== null && type === before && alone.has(type))
      return { code: "yaml-syntax", at, because: "something is missing before this" };
    if (type === null || !passed.has(type)) before = type;
    if (begins && type !== null && type !== "newline") {
      const indent = type === "space" ? source.length : 0;
      while ((indents.at(-1) ?? -1) >= indent) indents.pop();
      indents.push(indent);
      if (indents.length > deepest) return { code: "yaml-syntax", at, because: "it is nested deeper than any plan" };
    }
    begins = type === "newline" || (type === null && /[\r\n]$/.test(source));
    at += source.length;
  }
  return tooDeep(text) ? { code: "yaml-syntax", at: 0, because: "it is nested deeper than any plan" } : null;
}

/** Between brackets none of these follows itself. */
const alone: ReadonlySet<string> = new Set([
  "comma",
  "map-value-ind",
  "explicit-key-ind",
  "anchor",
  "tag",
  "alias",
  "double-quoted-scalar",
  "single-quoted-scalar",
]);
const passed: ReadonlySet<string> = new Set(["space", "newline", "comment"]);

type Context = {
  readonly text: string;
  readonly anchors: Map<string, Text | List | Mapping>;
  readonly twice: Pair[];
  /** Where a node without words of its own stands. */
  readonly at: number;
};

function nodeOf(node: unknown, context: Context): YamlNode {
  const { anchors, at } = context;
  if (isAlias(node)) {
    const [from, to] = node.range ?? [at, at];
    return { kind: "alias", from, to, shared: false, target: anchors.get(node.source) ?? null };
  }
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return { kind: "nothing", from: at, to: at, shared: false };
  const [from, to] = node.range ?? [at, at];
  const place = { from, to, shared: node.anchor !== undefined || node.tag !== undefined };
  if (isScalar(node) && from === to && !place.shared) return { kind: "nothing", ...place };
  const read = isScalar(node) ? textOf(node, place) : isMap(node) ? mappingOf(node, place, context) : listOf(node, place, context);
  // An anchor counts for what stands below it, so that nothing can hold itself.
  if (node.anchor !== undefined) anchors.set(node.anchor, read);
  return read;
}

type Place = Pick<Text, "from" | "to" | "shared">;

function textOf({ value, type }: Scalar, place: Place): Text {
  const style =
    type === "QUOTE_SINGLE" ? "single" : type === "QUOTE_DOUBLE" ? "double" : type === "PLAIN" || type === undefined ? "plain" : "block";
  return { kind: "text", ...place, value: typeof value === "string" ? value : String(value), style };
}

function listOf(node: { readonly items: readonly unknown[]; readonly flow?: boolean }, place: Place, context: Context): List {
  const items = node.items.map((item) => nodeOf(item, { ...context, at: place.from }));
  return { kind: "list", ...place, items, flow: node.flow === true };
}

type Pairs = { readonly items: readonly { readonly key: unknown; readonly value: unknown }[]; readonly flow?: boolean };

function mappingOf(node: Pairs, place: Place, context: Context): Mapping {
  const pairs: Pair[] = [];
  const seen = new Set<string>();
  for (const item of node.items) {
    const key = nodeOf(item.key, { ...context, at: place.from });
    const named = key.kind === "alias" ? key.target : key;
    const colon = colonBehind(key.to, context.text);
    const value = nodeOf(item.value, { ...context, at: colon ?? key.to });
    if (named?.kind !== "text") continue;
    const pair: Pair = { key: named.value, from: key.from, colon, value };
    if (named.value !== "<<" && seen.has(named.value)) context.twice.push(pair);
    else pairs.push(pair);
    seen.add(named.value);
  }
  return { kind: "map", ...place, pairs, flow: node.flow === true };
}

function colonBehind(to: number, text: string): number | null {
  let at = to;
  while (text[at] === " " || text[at] === "\t") at += 1;
  return text[at] === ":" ? at + 1 : null;
}
