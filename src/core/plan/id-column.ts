import { type Columns, fieldOf } from "./columns.ts";
import { looksLikeId } from "./task-id.ts";

/**
 * The columns with an id among them, or null where there is none. Without a column named for ids, a column headed `#` or `No`
 * counts if it numbers the rows with unique integers, and a column `Task` if all it holds are ids and titles stand elsewhere.
 * The rows are asked for only then.
 */
export function withIdColumn(columns: Columns, headers: readonly string[], askRows: () => readonly (readonly string[])[]): Columns | null {
  if (columns.has("id")) return columns;
  const rows = askRows();
  const number = columns.get("number");
  if (number !== undefined && numbersRows(rows.map((row) => row[number] ?? ""))) return new Map(columns).set("id", number);
  const title = columns.get("title");
  const other = headers.findIndex((header, index) => index !== title && ["title", "detail"].includes(fieldOf(header) ?? ""));
  const holdsIds = title !== undefined && rows.length > 0 && rows.every((row) => looksLikeId(row[title] ?? ""));
  return holdsIds && other >= 0 ? new Map(columns).set("id", title).set("title", other) : null;
}

function numbersRows(cells: readonly string[]): boolean {
  const written = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  return written.length > 0 && new Set(written).size === written.length && written.every((cell) => /^#?\d{1,9}\.?$/.test(cell));
}
