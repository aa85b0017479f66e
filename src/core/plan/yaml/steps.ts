import type { Step } from "../../words.ts";
import type { LineIndex } from "../line-index.ts";
import { oneLine } from "../one-line.ts";
import type { Report } from "../problem-list.ts";
import { quoted } from "../quoted.ts";
import { bare } from "./container-keys.ts";
import { cellOf, type Mapping, type Pair, type YamlNode } from "./node.ts";

/** What a runner does in one step: which tests to write or run first, what to edit, how to verify, under which message to commit. */
type Part = "tests" | "edits" | "verify" | "commit";

const parts: Readonly<Record<Part, string>> = {
  tests: "tests test",
  edits: "edits edit changes",
  verify: "verify verification verifications checks check",
  commit: "commit commitmessage",
};

/** Whether a map has what a step has: an edit or a commit, and something that tests or verifies it or the other of the two. */
export function isStep(map: Mapping): boolean {
  const has = (part: Part): boolean => partOf(map, part) !== undefined;
  return (has("edits") || has("commit")) && (["tests", "edits", "verify", "commit"] as const).filter(has).length >= 2;
}

/** The list of steps in a task's map; null where there is none. */
export function stepsNode(map: Mapping): YamlNode | null {
  return map.pairs.find(({ key }) => bare(key) === "steps")?.value ?? null;
}

/**
 * The steps of a task, in the order of the file: those it lists, or itself as the only one. What is no step is reported and left out.
 */
export function readSteps(
  map: Mapping,
  title: string,
  { lines, report }: { readonly lines: LineIndex; readonly report: Report },
): readonly Step[] {
  const listed = stepsNode(map);
  const lineOf = (node: YamlNode): number => lines.placeOf(node.from).line;
  if (listed === null) return isStep(map) ? [{ ...stepOf(map, "1"), id: "1", title, line: lineOf(map) }] : [];
  const steps = new Map<string, Step>();
  const items = listed.kind === "list" ? listed.items : listed.kind === "map" ? listed.pairs.map(({ value }) => value) : [];
  for (const [index, item] of items.entries()) {
    const at = item.from;
    if (item.kind !== "map" || Object.keys(parts).every((part) => !isPart(part) || partOf(item, part) === undefined)) {
      const said = item.kind === "map" ? "it" : quoted((cellOf(item) ?? "").trim());
      report("bad-step", () => ({ at, message: `${said} has none of tests, edits, verify and commit; the step is left out` }));
      continue;
    }
    const keyed = listed.kind === "map" ? listed.pairs[index]?.key : undefined;
    const step = { ...stepOf(item, keyed ?? String(index + 1)), line: lineOf(item) };
    if (steps.has(step.id))
      report("bad-step", () => ({ at, message: `the task has two steps called ${quoted(step.id)}; the first counts` }));
    else steps.set(step.id, step);
  }
  return [...steps.values()];
}

const isPart = (text: string): text is Part => Object.hasOwn(parts, text);

function stepOf(map: Mapping, otherwise: string): Step {
  const said = (names: readonly string[]): string | null => {
    const pair = map.pairs.find(({ key, value }) => names.includes(bare(key)) && (cellOf(value) ?? "").trim() !== "");
    return pair === undefined ? null : oneLine(cellOf(pair.value) ?? "");
  };
  const id = said(["id", "step"]) ?? otherwise;
  const commit = linesOf(map, "commit");
  return {
    id,
    title: said(["title", "name", "description", "summary", "what"]) ?? id,
    tests: linesOf(map, "tests"),
    edits: linesOf(map, "edits"),
    verify: linesOf(map, "verify"),
    commit: commit.length === 0 ? null : commit.join("\n"),
    line: 0,
  };
}

const partOf = (map: Mapping, part: Part): Pair | undefined => {
  const names = parts[part].split(" ");
  return map.pairs.find(({ key, value }) => names.includes(bare(key)) && value.kind !== "nothing");
};

function linesOf(map: Mapping, part: Part): readonly string[] {
  const value = partOf(map, part)?.value;
  if (value === undefined) return [];
  const items = value.kind === "list" ? value.items : [value];
  return items.map(said).filter((line) => line !== "");
}

/** A line as it is written, or `add: src/x.ts` of a map with what to do and where. */
function said(node: YamlNode): string {
  if (node.kind !== "map") return (cellOf(node) ?? "").trim();
  return node.pairs.map(({ key, value }) => `${key}: ${(cellOf(value) ?? "").trim()}`).join(", ");
}
