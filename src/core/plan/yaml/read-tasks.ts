import type { DraftTask, Row, Spot } from "../draft.ts";
import type { Source } from "../formats/format.ts";
import { noSection, readRow } from "../row.ts";
import { readId } from "../task-id.ts";
import { normalise } from "../token.ts";
import { type Cells, cellsOf } from "./cells.ts";
import { bare } from "./container-keys.ts";
import type { Container, Entry, Found } from "./entries.ts";
import { cellOf } from "./node.ts";
import { isStep, readSteps, stepsNode } from "./steps.ts";

/** An entry that may be a task, with what it says. */
export type Candidate = { readonly entry: Entry; readonly cells: Cells; readonly parent: Entry | null };

/** A task and the entry that it is read from, so that it can be written. */
export type YamlTask = { readonly draft: DraftTask; readonly entry: Entry; readonly cells: Cells };

/** The entries of a document that are its tasks: those listed as tasks, and epics; where none is listed, phases and milestones with a status. */
export function candidatesOf(found: Found): readonly Candidate[] {
  const nameKeys = new Map<Container, string | null>();
  const toCandidate = (entry: Entry): Candidate => {
    const { container } = entry;
    if (!nameKeys.has(container)) nameKeys.set(container, nameKey(container));
    return { entry, cells: cellsOf(entry, nameKeys.get(container) ?? null), parent: container.parent };
  };
  const listed = found.tasks.map(toCandidate);
  const epics = found.epics.map(toCandidate);
  const groups = listed.some(({ cells }) => hasId(cells))
    ? []
    : found.groups.map(toCandidate).filter(({ cells }) => hasId(cells) && cells.pairs.has("status"));
  const all = groups.length > 0 ? [...epics, ...groups] : [...listed, ...epics];
  return all.sort((a, b) => a.entry.map.from - b.entry.map.from);
}

export const hasId = ({ cells }: Cells): boolean => readId(cells.get("id") ?? "") !== null;

/** Runners name their tasks (`name: seed-and-readme`) instead of numbering them: such names are ids where all of a list's are. */
function nameKey({ node }: Container): string | null {
  const maps = node.kind === "list" ? node.items.flatMap((item) => (item.kind === "map" ? [item] : [])) : [];
  if (maps.length === 0 || maps.some(({ pairs }) => pairs.some(({ key }) => key.toLowerCase().endsWith("id")))) return null;
  const names = maps.map(({ pairs }) => {
    const pair = pairs.find(({ key }) => ["name", "key", "slug"].includes(bare(key)));
    return pair === undefined ? null : { key: pair.key, id: readId(cellOf(pair.value) ?? "") };
  });
  const [first] = names;
  const alike = names.every((one) => one !== null && one.key === first?.key && one.id !== null);
  return alike && new Set(names.map((one) => one?.id)).size === names.length ? (first?.key ?? null) : null;
}

/** Whether tasks are steps for a runner: at least half of them have some. */
export function isRunnerPlan(candidates: readonly Candidate[]): boolean {
  const stepped = candidates.filter(({ entry: { map } }) => {
    const steps = stepsNode(map);
    return steps?.kind === "list" ? steps.items.some((item) => item.kind === "map" && isStep(item)) : isStep(map);
  });
  return stepped.length > 0 && stepped.length * 2 >= candidates.length;
}

/** Reads candidates as tasks. Sub-tasks numbered 1, 2, 3 within their task are its `5.1`, `5.2`, `5.3`. */
export function readTasks(candidates: readonly Candidate[], source: Source): readonly YamlTask[] {
  const ids = new Map<Entry, string>();
  const numbered = new Map<Entry, Set<string>>();
  const runner = isRunnerPlan(candidates);
  return candidates.flatMap(({ entry, cells, parent }) => {
    const above = parent === null ? undefined : (ids.get(parent) ?? "");
    const own = cells.cells.get("id") ?? "";
    const counted = above !== undefined && above !== "" && /^\d{1,9}$/.test(own);
    if (counted && parent !== null) numbered.set(parent, numbered.get(parent) ?? siblingNumbers(entry.container));
    const id = counted ? `${above}.${own}` : own;
    const row = rowOf({ entry, cells }, id);
    const read = readRow(row, { ...noSection, phase: entry.container.phase }, source.report);
    if (read === null) return [];
    ids.set(entry, read.id);
    const siblings = parent === null ? undefined : numbered.get(parent);
    const steps = runner ? readSteps(entry.map, read.title, source) : [];
    const draft: DraftTask = {
      ...read,
      waitsFor: counted && siblings !== undefined ? withSiblings(read.waitsFor, siblings, above) : read.waitsFor,
      parent: above === undefined || above === "" ? read.parent : normalise(above),
      milestone: read.milestone ?? entry.container.milestone,
      optional: cells.optional,
      steps,
      extra: runner ? withoutSteps(read.extra) : read.extra,
    };
    return [{ draft, entry, cells }];
  });
}

const siblingNumbers = ({ node }: Container): Set<string> =>
  new Set(node.kind === "list" ? node.items.flatMap((map) => (map.kind === "map" ? [idIn(map)] : [])) : node.pairs.map(({ key }) => key));

const idIn = (map: Entry["map"]): string => {
  const pair = map.pairs.find(({ key }) => bare(key) === "id");
  return pair === undefined ? "" : (cellOf(pair.value) ?? "");
};

/** Between sub-tasks `depends_on: [1]` means the first of them. */
const withSiblings = (waitsFor: string, siblings: ReadonlySet<string>, above: string): string =>
  waitsFor
    .split(/[\n,;]/)
    .map((one) => (siblings.has(one.trim()) ? `${above}.${one.trim()}` : one))
    .join("\n");

const stepParts = new Set(
  "tests test edits edit changes verify verification verifications checks check commit commitmessage steps".split(" "),
);

const withoutSteps = (extra: DraftTask["extra"]): DraftTask["extra"] =>
  Object.fromEntries(Object.entries(extra).filter(([key]) => !stepParts.has(bare(key))));

function rowOf({ entry, cells }: Pick<Candidate, "entry" | "cells">, id: string): Row {
  const start = entry.key?.from ?? entry.map.from;
  return {
    cells: new Map(cells.cells).set("id", id),
    extra: cells.extra,
    place: (field) =>
      field === null ? start : (cells.pairs.get(field)?.value.from ?? (field === "status" ? cells.done?.value.from : undefined) ?? start),
    spot: (field): Spot | null => {
      const value = cells.pairs.get(field)?.value;
      return value?.kind === "text" && !value.shared ? { from: value.from, to: value.to, kind: "value" } : null;
    },
  };
}
