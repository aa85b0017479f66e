import type { Token } from "../../words.ts";
import type { Written } from "../own-spelling.ts";
import { readStatusCell } from "../status-spelling.ts";
import { readId } from "../task-id.ts";
import { normalise } from "../token.ts";
import type { CsvRecord } from "./records.ts";
import type { Shape } from "./shape.ts";
import type { CsvTable } from "./table.ts";
import { walk } from "./walk.ts";

export type PlacedRow = { readonly record: CsvRecord; readonly shape: Shape };

/** The rows that an edit is about. Of an id that stands twice the first row counts. */
export type FoundRows = {
  readonly rows: ReadonlyMap<Token, PlacedRow>;
  readonly doubled: ReadonlyMap<Token, CsvRecord>;
  /** Rows of the wrong width, by what stands where their id should. */
  readonly torn: ReadonlyMap<Token, PlacedRow>;
  /** The last row of the file, or the header behind it. */
  readonly last: PlacedRow;
  /** How the file spells statuses: of each status the spelling that most rows have. */
  readonly spellings: readonly Written[];
};

/** Looks for the rows of these tokens, in one pass and without reading more of a row than its id and its status. */
export function findRows(table: CsvTable, wanted: ReadonlySet<Token>): FoundRows {
  const [rows, torn, doubled] = [new Map<Token, PlacedRow>(), new Map<Token, PlacedRow>(), new Map<Token, CsvRecord>()];
  const statuses = new Map<string, number>();
  let last: PlacedRow = { record: table.header, shape: table.shape };
  walk(table, (kind, record, shape) => {
    if (kind !== "wrong-width") last = { record, shape };
    if (kind === "header") return;
    const id = readId(record.fields[shape.columns.get("id") ?? -1] ?? "");
    const token = id === null ? null : normalise(id);
    if (token !== null && wanted.has(token)) {
      if (kind === "wrong-width") torn.set(token, torn.get(token) ?? { record, shape });
      else if (rows.has(token)) doubled.set(token, doubled.get(token) ?? record);
      else rows.set(token, { record, shape });
    }
    const status = record.fields[shape.columns.get("status") ?? -1];
    if (kind === "row" && token !== null && status !== undefined) statuses.set(status, (statuses.get(status) ?? 0) + 1);
  });
  return { rows, doubled, torn, last, spellings: mostUsed(statuses) };
}

/** Of a hundred thousand rows only their few spellings matter. */
function mostUsed(cells: ReadonlyMap<string, number>): readonly Written[] {
  const counts = new Map<string, { readonly written: Written; count: number }>();
  for (const [cell, count] of cells) {
    const { reading, spelling } = readStatusCell(cell);
    if (reading === null || reading.recurring || spelling === "") continue;
    const known = counts.get(spelling) ?? { written: { ...reading, writtenStatus: spelling }, count: 0 };
    counts.set(spelling, { ...known, count: known.count + count });
  }
  const once = new Map<string, Written>();
  for (const { written } of [...counts.values()].sort(
    (a, b) => b.count - a.count || (a.written.writtenStatus < b.written.writtenStatus ? -1 : 1),
  ))
    if (!once.has(written.status)) once.set(written.status, written);
  return [...once.values()];
}
