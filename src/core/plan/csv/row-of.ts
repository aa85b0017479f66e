import type { Row } from "../draft.ts";
import type { FieldCells } from "../row.ts";
import { type CsvRecord, fieldSpans } from "./records.ts";
import type { Shape } from "./shape.ts";

/** A record as a row of fields. A field's place is where its cell begins, in the text that the record was read from. */
export function rowOf(text: string, record: CsvRecord, shape: Shape): FieldCells & Pick<Row, "place" | "extra"> {
  const { columns, delimiter } = shape;
  const { fields } = record;
  return {
    cells: {
      get: (field) => {
        const index = columns.get(field);
        return index === undefined ? undefined : fields[index];
      },
    },
    extra: extraOf(fields, shape),
    place: (field) => {
      const index = field === null ? undefined : columns.get(field);
      return index === undefined ? record.from : (fieldSpans(text, record, delimiter)[index]?.from ?? record.from);
    },
  };
}

const none = {};

function extraOf(fields: readonly string[], { extra }: Shape): Readonly<Record<string, string>> {
  const said = extra.filter(([, index]) => fields[index]?.trim() !== "");
  return said.length === 0 ? none : Object.fromEntries(said.map(([name, index]) => [name, fields[index]?.trim() ?? ""]));
}
