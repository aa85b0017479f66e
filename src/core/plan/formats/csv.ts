import { type Change, type FormatEdit, unwritable } from "../change.ts";
import { type Columns, columnsOf, fieldOf, saysTask } from "../columns.ts";
import { type CsvRecord, type Delimiter, fieldStarts, readRecords } from "../csv/records.ts";
import { findSpill, type Shape } from "../csv/spilled.ts";
import { type DraftTask, onlyTasks, type Row } from "../draft.ts";
import { withIdColumn } from "../id-column.ts";
import { quoted } from "../quoted.ts";
import { noSection, readRow } from "../row.ts";
import { readStatusCell } from "../status-spelling.ts";
import { type Format, type FormatReading, mostTasks, type Refusal, type Source } from "./format.ts";

/** Plans kept as CSV: the strict form with thirteen columns, and any other with a column of ids and one of titles. */
export const csv: Format = { summary: "a CSV file with a column of ids and a column of titles", read, edit };

function read(written: Source): FormatReading {
  // A header may begin with the column `#`, which would make it a comment.
  const source = { ...written, text: written.text.replace(/^#(?=[ \t]*[,;\t])/, "№") };
  const dialect = dialectOf(source);
  if (dialect === null) return null;
  const { delimiter, columns: glimpse } = dialect;
  const meant = glimpse.size >= 3 && glimpse.has("id") && glimpse.has("title");
  const text = readRecords(source.text, delimiter, mostTasks + 2);
  if (text.kind === "unclosed-quote")
    return refuse("unclosed-quote", text.at, "a quoted field has no closing quote, from here to the end of the file", meant);
  const [header, ...records] = text.records;
  if (header === undefined) return refuse("not-a-plan", 0, "the file is empty", false);
  if (records.length > mostTasks) return refuse("too-large", 0, `the file has more than ${mostTasks} rows`, meant);

  const columns = withIdColumn(columnsOf(header.fields), header.fields, () => records.map((record) => record.fields));
  const doubt = doubtAbout(header, columns, records, { ...source, delimiter });
  if (doubt !== null) return { refusal: doubt };
  const tasks = readRows(source, { header, records, delimiter, columns: columns ?? new Map() });
  const id = header.fields[columns?.get("id") ?? 0]?.replace("№", "#") ?? "";
  return {
    draft: onlyTasks(tasks),
    because: `a CSV file of ${records.length} rows with ids in the column ${quoted(id)}`,
  };
}

const refuse = (code: Refusal["code"], at: number, because: string, meant: boolean): FormatReading => ({
  refusal: { code, at, because, meant },
});

type Dialect = { readonly delimiter: Delimiter; readonly columns: Columns };

/** By its name, or by a first line that could only be a plan's header; the separator is the one that gives most known columns. */
function dialectOf({ path, text }: Source): Dialect | null {
  const choices = ([",", ";", "\t"] as const).map((delimiter) => {
    const first = readRecords(text.slice(0, 20_000), delimiter, 1);
    const columns = columnsOf(first.kind === "records" ? (first.records[0]?.fields ?? []).slice(0, 200) : []);
    return { delimiter, columns };
  });
  const [best] = choices.sort((a, b) => b.columns.size - a.columns.size);
  if (best === undefined || /\.[ct]sv$/i.test(path)) return best ?? null;
  const certain = best.columns.size >= 4 && best.columns.has("id") && best.columns.has("title");
  return certain && !/\.(?:md|markdown)$/i.test(path) ? best : null;
}

/** Why the file is no plan after all; null where it is one. What nobody named must look like work, not like any list with ids. */
function doubtAbout(
  header: CsvRecord,
  columns: Columns | null,
  records: readonly CsvRecord[],
  source: Source & { readonly delimiter: Delimiter },
): Refusal | null {
  const headers = header.fields;
  const at = startOf(source, header, source.delimiter);
  const plain = columns ?? columnsOf(headers);
  const shown = quoted(headers.join(","), 80);
  const title = headers[plain.get("title") ?? -1];
  if (title === undefined && !plain.has("detail"))
    return { code: "not-a-plan", at, because: `no column of titles in ${shown}`, meant: false };
  const work = (["owner", "priority", "dependencies", "hours", "days", "due", "completed", "phase", "milestone"] as const).some((field) =>
    plain.has(field),
  );
  const looks = (title !== undefined && saysTask(title)) || (plain.has("status") && work);
  if (columns === null) return { code: "no-id-column", at, because: `no column of ids in ${shown}`, meant: looks && plain.has("status") };
  if (source.named) return null;
  if (!looks) return { code: "not-a-plan", at, because: `the columns ${shown} need not be tasks`, meant: false };
  const states = records.map(({ fields }) => fields[columns.get("status") ?? -1]?.trim() ?? "").filter((cell) => cell !== "");
  const known = states.filter((cell) => readStatusCell(cell).reading !== null).length;
  if (known * 2 >= states.length || records.length < 3) return null;
  return { code: "not-a-plan", at, because: "most of what stands in its status column is no status", meant: false };
}

type Table = {
  readonly header: CsvRecord;
  readonly records: readonly CsvRecord[];
  readonly delimiter: Delimiter;
  readonly columns: Columns;
};

function readRows(source: Source, { header, records, delimiter, columns }: Table): readonly DraftTask[] {
  const { report } = source;
  const tasks: DraftTask[] = [];
  let shape: Shape = { width: header.fields.length, columns, delimiter };
  if (!columns.has("status"))
    report("no-status-column", () => ({
      at: startOf(source, header, delimiter),
      message: "no column of statuses; all tasks are read as todo",
    }));
  for (const record of records) {
    if (record.fields.every((field) => field.trim() === "")) continue;
    const again = headerAgain(record);
    if (again !== null) {
      report("second-header", () => ({
        at: startOf(source, record, delimiter),
        message: "a header stands here again; the rows below are read by it",
      }));
      shape = { width: record.fields.length, columns: again, delimiter };
    } else if (record.fields.length !== shape.width) reportWidth(source, record, shape);
    else {
      const task = readRow(rowOf(source, record, shape), noSection, report);
      if (task !== null) tasks.push(task);
    }
  }
  return tasks;
}

function headerAgain({ fields }: CsvRecord): Columns | null {
  if (!fields.slice(0, 4).some((field) => field.length <= 20 && fieldOf(field) === "id")) return null;
  const columns = columnsOf(fields);
  return columns.has("id") && columns.has("title") && columns.size >= 3 ? columns : null;
}

function rowOf(source: Source, record: CsvRecord, { columns, delimiter }: Shape): Row {
  return {
    cells: new Map([...columns].map(([field, index]) => [field, record.fields[index] ?? ""])),
    place: (field) => {
      const index = field === null ? undefined : columns.get(field);
      return index === undefined ? startOf(source, record, delimiter) : (fieldStarts(source.text, record, delimiter)[index] ?? record.from);
    },
  };
}

/** Where a record begins: the start of its line, unless a quoted field makes it several lines long. */
function startOf({ text, lines }: Source, record: CsvRecord, delimiter: Delimiter): number {
  const oneLine = !record.fields.some((field) => /[\r\n]/.test(field));
  return oneLine ? lines.startOf(lines.placeOf(record.to - 1).line) : (fieldStarts(text, record, delimiter)[0] ?? record.from);
}

function reportWidth(source: Source, record: CsvRecord, shape: Shape): void {
  source.report("wrong-field-count", () => {
    const { fields } = record;
    const start = startOf(source, record, shape.delimiter);
    const counts = `${quoted(fields[0] ?? "", 40)} has ${fields.length} ${fields.length === 1 ? "field" : "fields"} where the header has ${shape.width}`;
    const spill = findSpill(fields, shape);
    if (spill === null) return { at: start, message: `${counts}; the row is not read` };
    const at = fieldStarts(source.text, record, shape.delimiter)[spill.index] ?? start;
    return {
      at,
      message: `${counts}: the field from ${quoted(fields[spill.index] ?? "", 40)} on spills over its commas and needs quotes`,
      suggestion: spill.row,
    };
  });
}

function edit(source: Source, changes: readonly Change[]): FormatEdit | null {
  return read(source) === null
    ? null
    : { splices: [], unwritten: changes.map((change) => unwritable(change, "this format is not edited")) };
}
