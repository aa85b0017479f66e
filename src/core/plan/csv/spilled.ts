import { stringify } from "csv-stringify/sync";
import type { Field } from "../columns.ts";
import { readHours } from "../estimate.ts";
import { readDate } from "../iso-date.ts";
import { isNone } from "../none.ts";
import { readPriority } from "../priority.ts";
import { readStatus } from "../status-spelling.ts";
import { readId } from "../task-id.ts";
import type { Shape } from "./shape.ts";

/** Which field of a row spilled over its commas, and the row as it would stand with that field in quotes. */
export type Spill = { readonly index: number; readonly row: string };

// A row of prose has nothing to be mended, and trying every place of a very long one would cost its square.
const mostSurplus = 20;
const widest = 60;
const longestRow = 2000;

/** For a row with too many fields: the one field that, put in quotes, makes all others fit their columns; null where none or several do. */
export function findSpill(fields: readonly string[], shape: Shape): Spill | null {
  const surplus = fields.length - shape.width;
  if (surplus <= 0 || surplus > mostSurplus || shape.width > widest) return null;
  const candidates = Array.from({ length: shape.width }, (_, index) => {
    const joined = fields.slice(index, index + surplus + 1).join(shape.delimiter);
    const row = [...fields.slice(0, index), joined, ...fields.slice(index + surplus + 1)];
    return {
      index,
      row,
      faults: faultsOf(row, shape),
      split: fields.slice(index + 1, index + surplus + 1).filter((part) => !part.startsWith(" ")).length,
    };
  }).sort((a, b) => a.faults - b.faults || a.split - b.split);
  const [best, next] = candidates;
  if (best === undefined || best.faults > 0 || (next?.faults === 0 && next.split === best.split)) return null;
  const row = stringify([[...best.row]], { delimiter: shape.delimiter, eof: false });
  return row.length > longestRow ? null : { index: best.index, row };
}

/** How many fields do not fit: an unreadable id, status, priority, date or estimate, and brackets torn apart. */
function faultsOf(row: readonly string[], { columns }: Shape): number {
  const typed = [...columns].filter(([field, index]) => !fits(field, row[index] ?? "")).length;
  return typed + row.filter((cell) => !balanced(cell)).length;
}

function fits(field: Field, cell: string): boolean {
  if (field === "id") return readId(cell) !== null;
  if (isNone(cell)) return true;
  switch (field) {
    case "status":
      return readStatus(cell) !== null;
    case "priority":
    case "rank":
      return readPriority(cell) !== undefined;
    case "hours":
    case "days":
      return readHours(cell, "hours") !== undefined;
    case "start":
    case "due":
    case "completed":
      return typeof readDate(cell) === "string";
    default:
      return true;
  }
}

function balanced(cell: string): boolean {
  const count = (sign: string): number => cell.split(sign).length;
  return count("(") === count(")") && count("[") === count("]") && count("{") === count("}");
}
