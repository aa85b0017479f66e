import { type Columns, columnsOf, fieldOf, saysTask } from "../columns.ts";
import { mostTasks, type Refusal, type Source } from "../formats/format.ts";
import { withIdColumn } from "../id-column.ts";
import { quoted } from "../quoted.ts";
import { rememberedWords } from "../remembered-words.ts";
import { readStatusCell } from "../status-spelling.ts";
import { type CsvRecord, type Delimiter, readRecord, recordStarts } from "./records.ts";
import { type Shape, shapeOf } from "./shape.ts";

/** A CSV file whose header is that of a plan. `text` is as long as the file's, and each place of it means the same place there. */
export type CsvTable = {
  readonly text: string;
  readonly header: CsvRecord;
  readonly shape: Shape;
  /** Where the records below the header begin: rows, blank ones, headers again, and rows that are none. */
  readonly below: readonly number[];
};

/** Opens a file as a table of tasks; null where it is no CSV at all, a refusal where it is no plan. */
export function openTable(source: Source): CsvTable | { readonly refusal: Refusal } | null {
  // A header may begin with the column `#`, which would make it a comment.
  const text = source.text.replace(/^#(?=[ \t]*[,;\t])/, "№");
  const dialect = dialectOf(source.path, text);
  if (dialect === null) return null;
  const { delimiter, columns: glimpse } = dialect;
  const meant = glimpse.size >= 3 && glimpse.has("id") && glimpse.has("title");
  const reading = recordStarts(text, delimiter, mostTasks + 2);
  if (reading.kind === "unclosed-quote")
    return refuse("unclosed-quote", reading.at, "a quoted field has no closing quote, from here to the end of the file", meant);
  const [first, ...below] = reading.starts;
  if (first === undefined) return refuse("not-a-plan", 0, "the file is empty", false);
  if (below.length > mostTasks) return refuse("too-large", 0, `the file has more than ${mostTasks} rows`, meant);

  const header = readRecord(text, first, delimiter);
  const rows = (most: number) => below.slice(0, most).map((from) => readRecord(text, from, delimiter).fields);
  const columns = withIdColumn(columnsOf(header.fields), header.fields, () => rows(mostTasks));
  const doubt = doubtAbout(header, columns, source.named ? null : rows(mostAsked));
  if (doubt !== null) return { refusal: doubt };
  return { text, header, shape: shapeOf(header.fields, columns ?? new Map(), delimiter), below };
}

// So many rows show whether a column of statuses is one.
const mostAsked = 1000;

const refuse = (code: Refusal["code"], at: number, because: string, meant: boolean): { readonly refusal: Refusal } => ({
  refusal: { code, at, because, meant },
});

type Dialect = { readonly delimiter: Delimiter; readonly columns: Columns };

/** By its name, or by a first line that could only be a plan's header; the separator is the one that gives most known columns. */
function dialectOf(path: string, text: string): Dialect | null {
  const front = text.slice(0, 20_000);
  const choices = ([",", ";", "\t"] as const).map((delimiter) => {
    const reading = recordStarts(front, delimiter, 1);
    const first = reading.kind === "starts" ? reading.starts[0] : undefined;
    const headers = first === undefined ? [] : readRecord(front, first, delimiter).fields.slice(0, 200);
    return { delimiter, columns: columnsOf(headers) };
  });
  const [best] = choices.sort((a, b) => b.columns.size - a.columns.size);
  if (best === undefined || /\.[ct]sv$/i.test(path)) return best ?? null;
  const certain = best.columns.size >= 4 && best.columns.has("id") && best.columns.has("title");
  return certain && !/\.(?:md|markdown)$/i.test(path) ? best : null;
}

type Rows = readonly (readonly string[])[];

/** Why the file is no plan after all; null where it is one. What nobody named (then with `rows`) must look like work, not like any list with ids. */
function doubtAbout(header: CsvRecord, columns: Columns | null, rows: Rows | null): Refusal | null {
  const headers = header.fields;
  const at = header.from;
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
  if (rows === null) return null;
  if (!looks) return { code: "not-a-plan", at, because: `the columns ${shown} need not be tasks`, meant: false };
  if (mostAreStatuses(rows, columns.get("status")) || rows.length < 3) return null;
  return { code: "not-a-plan", at, because: "most of what stands in its status column is no status", meant: false };
}

function mostAreStatuses(rows: Rows, column: number | undefined): boolean {
  let [known, all] = [0, 0];
  for (const fields of rows) {
    const cell = fields[column ?? -1]?.trim() ?? "";
    if (cell === "") continue;
    all += 1;
    if (readStatusCell(cell).reading !== null) known += 1;
  }
  return known * 2 >= all;
}

/** The columns of a header that stands among the rows; null where the row is none. */
export function headerAgain({ fields }: CsvRecord): Columns | null {
  if (!fields.some((field, index) => index < 4 && namesIds(field))) return null;
  const columns = columnsOf(fields);
  return columns.has("id") && columns.has("title") && columns.size >= 3 ? columns : null;
}

// Asked of four cells of every row. No name of an id column has a digit, save in brackets, so that few cells are looked at closely.
const namesIds = (field: string): boolean => field.length <= 20 && (!/\d/.test(field) || field.includes("(")) && isIdName(field);
const isIdName = rememberedWords((field) => fieldOf(field) === "id");
