import { type CsvRecord, readRecord } from "./records.ts";
import { type Shape, shapeOf } from "./shape.ts";
import { type CsvTable, headerAgain } from "./table.ts";

/** What a record below the header is: a row as wide as the header that governs it, that header again, or of another width and so no row. */
export type Kind = "row" | "header" | "wrong-width";

const isBlank = (cell: string): boolean => cell === "" || cell.trim() === "";

/** Goes through the records below the header, each with the shape that governs it (a header's is its own). Blank ones are passed over. */
export function walk({ text, below, shape: first }: CsvTable, see: (kind: Kind, record: CsvRecord, shape: Shape) => void): void {
  let shape = first;
  for (const from of below) {
    const record = readRecord(text, from, shape.delimiter);
    if (record.fields.every(isBlank)) continue;
    const again = headerAgain(record);
    if (again !== null) shape = shapeOf(record.fields, again, shape.delimiter);
    see(again !== null ? "header" : record.fields.length === shape.width ? "row" : "wrong-width", record, shape);
  }
}
