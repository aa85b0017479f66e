import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import type { FolderFile } from "../folder.ts";
import { tooDeep } from "../yaml-depth.ts";

/** A word of front matter: what it says, and where it is spelt, as offsets of the folder's text. `block`: as lines of text of their own. */
export type Scalar = { readonly text: string; readonly from: number; readonly to: number; readonly block: boolean };

/** The value of a key. `empty`: it says nothing; `other`: a map, an alias, or a list of such. */
export type Value =
  | ({ readonly kind: "scalar" } & Scalar)
  | { readonly kind: "list"; readonly items: readonly Scalar[]; readonly flow: boolean; readonly from: number; readonly to: number }
  | { readonly kind: "empty" | "other"; readonly from: number; readonly to: number };

/** `from` = where the key stands, `colon` = the place behind its colon. */
export type Entry = { readonly key: string; readonly from: number; readonly colon: number; readonly value: Value };

/** What stands between the `---` lines at the head of a file. `end` = where the closing line begins. */
export type FrontMatter = {
  readonly from: number;
  readonly end: number;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Keys stand on lines of their own, so that a line can be added. */
  readonly lines: boolean;
  /** Why it is not readable; then there are no entries. */
  readonly wrong: { readonly at: number; readonly message: string } | null;
};

/** Front matter of a task has some 500 characters. */
const longest = 16 * 1024;

/** The front matter of a file; null where it has none. */
export function readFrontMatter(text: string, file: FolderFile): FrontMatter | null {
  const span = spanOf(text, file);
  if (span === null) return null;
  const { from, end } = span;
  const unread = (at: number, message: string): FrontMatter => ({
    from,
    end,
    entries: new Map(),
    lines: false,
    wrong: { at: from + at, message },
  });
  const yaml = text.slice(from, end);
  if (yaml.length > longest) return unread(0, `its front matter is longer than ${longest / 1024} KB`);
  if (tooDeep(yaml)) return unread(0, "its front matter is nested too deep");
  const document = parseDocument(yaml, { prettyErrors: false, stringKeys: true, uniqueKeys: false, logLevel: "error" });
  // `assignee: @ann` is no YAML, but the makers of these files write it and read it as a word.
  const error = document.errors.find((one) => !(one.code === "BAD_SCALAR_START" && yaml[one.pos[0]] === "@"));
  if (error !== undefined) return unread(error.pos[0], error.message);
  const { contents } = document;
  if (contents === null) return { from, end, entries: new Map(), lines: true, wrong: null };
  if (!isMap(contents)) return unread(0, "its front matter is no list of keys");

  const entries = new Map<string, Entry>();
  for (const { key, value } of contents.items) {
    if (!isScalar(key) || !key.range) continue;
    const name = String(key.value);
    const at = key.range[0];
    if (entries.has(name)) return unread(at, `the key ${name} stands there twice`);
    const colon = key.range[1] + (/^[ \t]*:/.exec(yaml.slice(key.range[1], key.range[1] + 80))?.[0].length ?? 0);
    entries.set(name, { key: name, from: from + at, colon: from + colon, value: valueAt(value, from, from + colon) });
  }
  return { from, end, entries, lines: contents.flow !== true, wrong: null };
}

/** Between a first line `---` and the next such line. A byte order mark may stand before it. */
function spanOf(text: string, file: FolderFile): { readonly from: number; readonly end: number } | null {
  const start = text[file.from] === "\uFEFF" ? file.from + 1 : file.from;
  const open = lineEnd(text, start, file.to);
  if (text.slice(start, open).trimEnd() !== "---") return null;
  for (let at = open; at < file.to; ) {
    const end = lineEnd(text, at, file.to);
    if (text.startsWith("---", at) && text.slice(at, end).trimEnd() === "---") return { from: open, end: at };
    at = end;
  }
  return null;
}

/** Where the line that an offset is on ends, its line break included. */
export function lineEnd(text: string, at: number, to: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 || end >= to ? to : end + 1;
}

function valueAt(node: unknown, start: number, colon: number): Value {
  const other = { kind: "other", from: colon, to: colon } as const;
  if (node === null || node === undefined) return { kind: "empty", from: colon, to: colon };
  if (isScalar(node)) {
    const scalar = scalarOf(node, start);
    if (scalar === null) return other;
    return scalar.from === scalar.to ? { kind: "empty", from: colon, to: colon } : { kind: "scalar", ...scalar };
  }
  if (!isSeq(node) || !node.range) return other;
  const items = node.items.map((item) => (isScalar(item) ? scalarOf(item, start) : null));
  const words = items.filter((item) => item !== null);
  if (words.length < items.length) return other;
  const flow = node.flow === true;
  const from = start + node.range[0];
  return { kind: "list", items: words, flow, from, to: flow ? start + node.range[1] : (words.at(-1)?.to ?? from) };
}

function scalarOf(node: Node, start: number): Scalar | null {
  if (!isScalar(node) || !node.range) return null;
  const block = node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED";
  // `1.10` and `yes` are words here: what they look like to YAML would lose something.
  const text = typeof node.value === "string" ? node.value : (node.source ?? "");
  return { text, from: start + node.range[0], to: start + node.range[1], block };
}
