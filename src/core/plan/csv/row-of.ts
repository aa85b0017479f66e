import type { Row } from "../draft.ts";
import type { FieldCells } from "../row.ts";
import { type CsvRecord, fieldSpans } from "./records.ts";
import type { Shape } from "./shape.ts";

/** A record as a row of fields. A field's place is where its cell begins, in the text that the record was read from. */
export function rowOf(text: string, { fields, from }: CsvRecord, shape: Shape): FieldCells & Pick<Row, "place" | "extra"> {
  const { columns } = shape;
  const cells: FieldCells["cells"] = {
    get(field) {
      const index = columns.get(field);
      return index === undefined ? undefined : fields[index];
    },
  };
  return { cells, extra: extraOf(fields, shape), place: placeIn(text, from, shape) };
}

// Made by itself, so that a task that keeps it does not keep its row's fields too.
const placeIn =
  (text: string, from: number, { columns, delimiter }: Shape): Row["place"] =>
  (field) => {
    const index = field === null ? undefined : columns.get(field);
    return index === undefined ? from : (fieldSpans(text, from, delimiter)[index]?.from ?? from);
  };

const none = {};

function extraOf(fields: readonly string[], { extra }: Shape): Readonly<Record<string, string>> {
  if (extra.every(([, index]) => isBlank(fields[index]))) return none;
  return Object.fromEntries(extra.flatMap(([name, index]) => (isBlank(fields[index]) ? [] : [[name, fields[index]?.trim() ?? ""]])));
}

const isBlank = (cell = ""): boolean => cell === "" || cell.trim() === "";
