import { columnsOf, type Field } from "../columns.ts";
import { bare, containerKind } from "./container-keys.ts";
import type { Entry } from "./entries.ts";
import { cellOf, type Pair, withMerged } from "./node.ts";

/** What an entry says, by fields. `pairs` = those that stand in the entry itself or that it takes over. */
export type Cells = {
  readonly pairs: ReadonlyMap<Field, Pair>;
  readonly cells: ReadonlyMap<Field, string>;
  readonly extra: Readonly<Record<string, string>>;
  /** `done: true` in place of a status. */
  readonly done: Pair | null;
  readonly optional: boolean;
};

/** `idKey` = the key that holds the ids where none is named so. */
export function cellsOf({ map, key }: Entry, idKey: string | null): Cells {
  const pairs = withMerged(map).filter((pair) => !isOwnForm(pair));
  const readable = pairs.flatMap((pair) => {
    const text = cellOf(pair.value, "\n");
    return text === null ? [] : [{ pair, text }];
  });
  const done = readable.find(({ pair, text }) => doneKeys.has(bare(pair.key)) && /^(?:true|false)$/i.test(text))?.pair ?? null;
  const columns = columnsOf(readable.map(({ pair }) => (pair === done ? "" : pair.key)));
  const fields = new Map<Field, Pair>();
  const cells = new Map<Field, string>();
  const used = new Set<Pair>(done === null ? [] : [done]);
  for (const [field, index] of columns) {
    const one = readable[index];
    if (one === undefined || field === "number") continue;
    fields.set(field, one.pair);
    cells.set(field, listJoint.has(field) ? one.text : (cellOf(one.pair.value) ?? ""));
    used.add(one.pair);
  }
  const id = cells.get("id") ?? readable.find(({ pair }) => pair.key === idKey)?.text ?? key?.key;
  if (id !== undefined) cells.set("id", id);
  if (done !== null && !cells.has("status")) cells.set("status", `${bare(done.key)}: ${(cellOf(done.value) ?? "").toLowerCase()}`);
  const optional = readable.find(({ pair }) => pair.key.toLowerCase() === "optional");
  const rest = readable.filter(({ pair, text }) => !used.has(pair) && pair !== optional?.pair && text !== "");
  return {
    pairs: fields,
    cells,
    extra: Object.fromEntries(rest.map(({ pair }) => [pair.key, cellOf(pair.value) ?? ""])),
    done: cells.has("status") && fields.has("status") ? null : done,
    optional: optional?.text.toLowerCase() === "true",
  };
}

const doneKeys = new Set(["done", "completed", "complete", "passes", "finished"]);
// Where a comma could stand inside an item, items are kept apart by lines.
const listJoint = new Set<Field>(["dependencies", "notes"]);

/** Steps and lists of entries are read by themselves. */
const isOwnForm = ({ key, value }: Pair): boolean => {
  const kind = containerKind(key);
  return kind !== null && (value.kind === "list" ? value.items.some((item) => item.kind === "map") : value.kind === "map");
};
