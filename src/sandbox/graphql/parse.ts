/** As much of GraphQL as an app needs: one operation with variables, aliases, arguments and inline fragments. */
export type Document = { readonly kind: "query" | "mutation"; readonly selections: readonly Selection[] };

export type Selection =
  | {
      readonly kind: "field";
      readonly name: string;
      readonly alias: string;
      readonly inputs: Readonly<Record<string, unknown>>;
      readonly selections: readonly Selection[];
    }
  | { readonly kind: "fragment"; readonly on: string; readonly selections: readonly Selection[] };

/** The document is not understood; the message says where. */
export class SyntaxProblem extends Error {}

type Reader = { readonly words: readonly string[]; at: number; readonly variables: Readonly<Record<string, unknown>> };

const word = /"(?:[^"\\\n]|\\.)*"|\.\.\.|-?\d+(?:\.\d+)?|[_A-Za-z]\w*|[{}()[\]:$!=]|#[^\n]*|[\s,]+|./gu;

export function parse(source: string, variables: Readonly<Record<string, unknown>>): Document {
  const words = (source.match(word) ?? []).filter((one) => !/^[\s,#]/.test(one));
  const reader: Reader = { words, at: 0, variables };
  const kind = peek(reader) === "{" ? "query" : next(reader);
  if (kind !== "query" && kind !== "mutation") throw problem(reader, kind);
  if (peek(reader) !== "{" && peek(reader) !== "(") next(reader);
  if (peek(reader) === "(") skipDefinitions(reader);
  const selections = readSelections(reader);
  if (reader.at < words.length) throw problem(reader, next(reader));
  return { kind, selections };
}

/** Variables are typed by whoever wrote the query: what is sent counts. */
function skipDefinitions(reader: Reader): void {
  while (next(reader) !== ")");
}

function readSelections(reader: Reader): Selection[] {
  const selections: Selection[] = [];
  expect(reader, "{");
  while (peek(reader) !== "}") selections.push(readSelection(reader));
  expect(reader, "}");
  return selections;
}

function readSelection(reader: Reader): Selection {
  if (peek(reader) === "...") {
    next(reader);
    expect(reader, "on");
    return { kind: "fragment", on: readName(reader), selections: readSelections(reader) };
  }
  const first = readName(reader);
  const aliased = peek(reader) === ":";
  if (aliased) next(reader);
  const name = aliased ? readName(reader) : first;
  const inputs = peek(reader) === "(" ? readPairs(reader, "(", ")") : {};
  const selections = peek(reader) === "{" ? readSelections(reader) : [];
  return { kind: "field", name, alias: first, inputs, selections };
}

function readPairs(reader: Reader, open: string, close: string): Record<string, unknown> {
  const pairs: Record<string, unknown> = {};
  expect(reader, open);
  while (peek(reader) !== close) {
    const name = readName(reader);
    expect(reader, ":");
    pairs[name] = readValue(reader);
  }
  expect(reader, close);
  return pairs;
}

function readValue(reader: Reader): unknown {
  if (peek(reader) === "{") return readPairs(reader, "{", "}");
  const one = next(reader);
  if (one === "$") return reader.variables[readName(reader)] ?? null;
  if (one === "[") {
    const items: unknown[] = [];
    while (peek(reader) !== "]") items.push(readValue(reader));
    next(reader);
    return items;
  }
  if (/^-?\d/.test(one)) return Number(one);
  if (one.startsWith('"')) return readText(reader, one);
  if (one === "true" || one === "false") return one === "true";
  if (one === "null") return null;
  if (/^[_A-Za-z]/.test(one)) return one;
  throw problem(reader, one);
}

/** GraphQL escapes as JSON does. */
function readText(reader: Reader, quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw problem(reader, quoted);
  }
}

function readName(reader: Reader): string {
  const name = next(reader);
  if (!/^[_A-Za-z]/.test(name)) throw problem(reader, name);
  return name;
}

function expect(reader: Reader, wanted: string): void {
  const found = next(reader);
  if (found !== wanted) throw problem(reader, found);
}

function peek({ words, at }: Reader): string {
  return words[at] ?? "";
}

function next(reader: Reader): string {
  const found = reader.words[reader.at];
  if (found === undefined) throw new SyntaxProblem("Unexpected end of document");
  reader.at += 1;
  return found;
}

function problem({ words, at }: Reader, found: string): SyntaxProblem {
  return new SyntaxProblem(
    `Parse error on ${JSON.stringify(found)} after ${JSON.stringify(words.slice(Math.max(0, at - 4), at - 1).join(" "))}`,
  );
}
