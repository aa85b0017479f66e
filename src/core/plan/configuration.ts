import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type { z } from "zod";
import type { Configuration, Problem } from "../words.ts";
import { configurationSchema, filled, writtenConfiguration } from "./configuration-schema.ts";
import { editDistance } from "./nearest.ts";
import { type ProblemCode, problem } from "./problems.ts";
import { quoted } from "./quoted.ts";
import { tooDeep } from "./yaml-depth.ts";

export { configurationSchema, defaultConfiguration } from "./configuration-schema.ts";

/** Where the configuration may stand; the first that exists counts. */
export const configurationPaths: readonly string[] = [".github/plankeeper.yml", ".github/plankeeper.yaml"];

export type ConfigurationReading = { readonly configuration: Configuration | null; readonly problems: readonly Problem[] };

const longest = 64 * 1024;

/**
 * Reads the configuration file. Every wrong key and value is a problem at its place; with one of severity error the
 * configuration is null, and the caller keeps the last valid one. An empty file is the default configuration. Never throws.
 */
export function readConfiguration(text: string, path: string): ConfigurationReading {
  const counter = new LineCounter();
  const found: Problem[] = [];
  const note = (code: ProblemCode, offset: number, message: string, suggestion?: string): void => {
    const { line, col } = counter.linePos(offset);
    found.push(problem(code, { path, line: Math.max(1, line), column: Math.max(1, col) }, message, suggestion));
  };
  const refused = (): ConfigurationReading => ({
    configuration: null,
    problems: found.toSorted((a, b) => a.line - b.line || a.column - b.column),
  });

  if (text.length > longest) note("too-large", 0, `the configuration is larger than ${longest / 1024} KB`);
  else if (tooDeep(text)) note("yaml-syntax", 0, "the configuration is nested too deep");
  if (found.length > 0) return refused();

  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, stringKeys: true, logLevel: "error" });
  for (const error of document.errors.slice(0, mostShown)) note("yaml-syntax", error.pos[0], error.message);
  visit(document, {
    Alias: (_, alias) => note("bad-value", alias.range?.[0] ?? 0, "an alias (*) stands here; write the value out"),
  });
  if (found.length > 0) return refused();

  const read = writtenConfiguration.safeParse(document.toJS() ?? {});
  for (const issue of read.error?.issues.slice(0, mostShown) ?? []) tell(issue, document, note);
  return read.data === undefined || found.length > 0 ? refused() : { configuration: filled(read.data), problems: [] };
}

const mostShown = 50;

/** Every key that has a meaning at some level of the file: what a misspelt one may have meant. */
const knownKeys: readonly string[] = keysOf(configurationSchema);

function keysOf(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  if (Array.isArray(schema)) return schema.flatMap(keysOf);
  return Object.entries(schema).flatMap(([key, value]) =>
    key === "properties" ? [...Object.keys(value), ...keysOf(Object.values(value))] : keysOf(value),
  );
}

type Note = (code: ProblemCode, offset: number, message: string, suggestion?: string) => void;

function tell(issue: z.core.$ZodIssue, document: Document, note: Note): void {
  const place = issue.path.map(String).join(".");
  if (issue.code !== "unrecognized_keys") {
    const wrong =
      issue.code === "invalid_value" ? `expected one of ${issue.values.join(", ")}` : issue.message.replace(/^Invalid input: /, "");
    note("bad-value", offsetOf(document, issue.path), place === "" ? wrong : `${place}: ${wrong}`);
    return;
  }
  for (const key of issue.keys) {
    const [suggestion] = knownKeys
      .map((known) => ({ known, distance: editDistance(key.slice(0, 40), known) }))
      .filter(({ known, distance }) => distance <= Math.max(2, known.length / 4))
      .sort((a, b) => a.distance - b.distance);
    note(
      "unknown-key",
      offsetOfKey(document, issue.path, key),
      `${quoted(key)} is no key that is known${place === "" ? "" : ` in ${place}`}`,
      suggestion?.known,
    );
  }
}

/** Where the value at a path stands, or the nearest thing around it that is there. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = isNode(node) ? node.range : null;
    if (range) return range[0];
  }
  return 0;
}

function offsetOfKey(document: Document, path: readonly PropertyKey[], key: string): number {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  const pair = isMap(map) ? map.items.find((item) => isScalar(item.key) && String(item.key.value) === key) : undefined;
  return isNode(pair?.key) ? (pair.key.range?.[0] ?? 0) : offsetOf(document, path);
}
