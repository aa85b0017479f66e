import type { Cadence, PlannedMilestone, PlannedRisk } from "../../words.ts";
import type { Source } from "../formats/format.ts";
import { oneLine } from "../one-line.ts";
import { cellText, dateOf } from "../row.ts";
import { readId } from "../task-id.ts";
import { cellsOf } from "./cells.ts";
import { bare } from "./container-keys.ts";
import type { Entry } from "./entries.ts";
import { cellOf, type YamlNode } from "./node.ts";

/** The milestones with ids, each once. */
export const readMilestones = (entries: readonly Entry[], source: Source): readonly PlannedMilestone[] =>
  onceEach(entries, source, ({ row, ...known }) => ({
    ...known,
    owner: cellText(row, "owner"),
    start: dateOf(row, "start", source.report),
    due: dateOf(row, "due", source.report),
    notes: cellText(row, "notes"),
  }));

/** The risks with ids, each once. */
export const readRisks = (entries: readonly Entry[], source: Source): readonly PlannedRisk[] =>
  onceEach(entries, source, ({ row, ...known }) => ({
    ...known,
    impact: cellText(row, "impact") ?? "",
    likelihood: cellText(row, "likelihood") ?? "",
    mitigation: cellText(row, "mitigation") ?? "",
  }));

/** When people meet, where the plan says it in a line (`cadence: Monday 10:00 UTC`) or in several. */
export function readCadence(document: YamlNode, { lines }: Source): readonly Cadence[] {
  if (document.kind !== "map") return [];
  const value = document.pairs.find(({ key }) => bare(key) === "cadence")?.value;
  const said = value === undefined ? [] : value.kind === "list" ? value.items : [value];
  return said.flatMap((node) => {
    const words = oneLine(cellOf(node) ?? "");
    return words === "" ? [] : [{ words, line: lines.placeOf(node.from).line }];
  });
}

type Row = Parameters<typeof dateOf>[0];
type Known = { readonly id: string; readonly title: string; readonly line: number; readonly row: Row };

function onceEach<T extends { readonly id: string }>(
  entries: readonly Entry[],
  { lines }: Source,
  read: (known: Known) => T,
): readonly T[] {
  const once = new Map<string, T>();
  for (const entry of entries) {
    const { cells, pairs } = cellsOf(entry, null);
    const start = entry.key?.from ?? entry.map.from;
    const row: Row = { cells, place: (field) => (field === null ? start : (pairs.get(field)?.value.from ?? start)) };
    const id = readId(cells.get("id") ?? "");
    if (id === null || once.has(id)) continue;
    const title = oneLine(cellText(row, "title") ?? cellText(row, "risk") ?? cellText(row, "milestone") ?? cellText(row, "detail") ?? id);
    once.set(id, read({ id, title, line: lines.placeOf(start).line, row }));
  }
  return [...once.values()];
}
