import { type Columns, type Field, mostColumns } from "../columns.ts";
import type { Delimiter } from "./records.ts";

/** How the rows below a header are read: what each of their cells holds. `extra` are the columns that nothing of a task is read from, by name. */
export type Shape = {
  readonly width: number;
  readonly columns: Columns;
  readonly delimiter: Delimiter;
  readonly extra: readonly (readonly [name: string, index: number])[];
};

export function shapeOf(headers: readonly string[], columns: Columns, delimiter: Delimiter): Shape {
  const read = new Set([...columns].filter(([field]) => isRead(field, columns)).map(([, index]) => index));
  const names = new Set<string>();
  const extra = headers.slice(0, mostColumns).flatMap((header, index) => {
    if (read.has(index)) return [];
    const name = distinct(header.trim() === "" ? `column ${index + 1}` : header.trim(), names);
    names.add(name);
    return [[name, index] as const];
  });
  return { width: headers.length, columns, delimiter, extra };
}

/** Whether a column's field becomes a part of a task, and no better column says the same. */
function isRead(field: Field, columns: Columns): boolean {
  switch (field) {
    case "detail":
      return !columns.has("title");
    case "rank":
      return !columns.has("priority");
    case "days":
      return !columns.has("hours");
    case "number":
    case "risk":
    case "impact":
    case "likelihood":
    case "mitigation":
      return false;
    default:
      return true;
  }
}

function distinct(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name} (${count})`;
  return free;
}
