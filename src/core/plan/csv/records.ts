import { CsvError, type Options, parse } from "csv-parse/sync";

export type Delimiter = "," | ";" | "\t";

/** One record of a CSV text: its fields, and where it stands in the text (from the end of the record before it, comments included). */
export type CsvRecord = { readonly fields: readonly string[]; readonly from: number; readonly to: number };

export type CsvRecords =
  | { readonly kind: "records"; readonly records: readonly CsvRecord[] }
  /** A quoted field runs to the end of the text. `at` = where its record begins. */
  | { readonly kind: "unclosed-quote"; readonly at: number };

// Real plan files hold `#` comment lines between the rows, quotes inside unquoted fields, and lines of prose.
const options = {
  bom: false,
  comment: "#",
  comment_no_infix: true,
  record_delimiter: ["\r\n", "\n", "\r"],
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
} satisfies Options;

/** Reads at most `most` records, and says where each stands. Never throws, whatever the text. */
export function readRecords(text: string, delimiter: Delimiter, most: number): CsvRecords {
  const offsetOf = offsets(text);
  const records: CsvRecord[] = [];
  let from = 0;
  const keep = (fields: readonly string[], bytes: number): void => {
    const to = offsetOf(bytes);
    records.push({ fields, from, to });
    from = to;
  };
  try {
    parse(text, {
      ...options,
      delimiter,
      to: most,
      on_record: (fields: readonly string[], { bytes }) => {
        keep(fields, bytes);
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) return { kind: "unclosed-quote", at: from };
    throw error;
  }
  return { kind: "records", records };
}

// A row of more fields is no row of a plan, and the parser is slow in telling where they stand.
const mostFields = 1000;

/** Where the fields of a record begin, as offsets of the text. Reads the record once more: ask only for rows that need it. */
export function fieldStarts(text: string, record: CsvRecord, delimiter: Delimiter): readonly number[] {
  if (record.fields.length > mostFields) return [record.from];
  const slice = text.slice(record.from, record.to);
  const offsetOf = offsets(slice);
  const starts: number[] = [];
  let next = 0;
  parse(slice, {
    ...options,
    delimiter,
    cast: (value, { bytes, quoting, index }) => {
      const end = offsetOf(bytes);
      // Comments and blank lines may stand before a record, so that its first field is measured from its end.
      const length = quoting ? value.replaceAll('"', '""').length + 2 : value.length;
      starts.push(record.from + (index === 0 ? Math.max(next, end - length) : next));
      next = end + 1;
      return value;
    },
  });
  return starts;
}

/** Turns byte counts of the text's UTF-8 form into offsets of the text. Byte counts must not go backwards. */
function offsets(text: string): (bytes: number) => number {
  let byte = 0;
  let offset = 0;
  return (bytes) => {
    while (byte < bytes && offset < text.length) {
      const point = text.codePointAt(offset) ?? 0;
      byte += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      offset += point < 0x10000 ? 1 : 2;
    }
    return offset;
  };
}
