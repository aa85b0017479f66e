import type { Token } from "../../words.ts";
import { type Change, type FormatEdit, type NewTask, unwritable } from "../change.ts";
import type { Columns, Field } from "../columns.ts";
import { knownTokens, readDependencies } from "../dependencies.ts";
import type { DraftTask } from "../draft.ts";
import { normalise } from "../token.ts";
import { cellOf, needsQuotes, styleOf } from "./cell.ts";
import type { PlacedRow } from "./find-rows.ts";
import type { OwnWords } from "./own-words.ts";
import { readBack } from "./read-back.ts";
import { fieldSpans } from "./records.ts";

export type AddChange = Extract<Change, { readonly kind: "add" }>;
/** Where a row is added, and how this file writes. */
export type AddPlace = { readonly text: string; readonly below: PlacedRow; readonly words: OwnWords; readonly lineEnd: string };

/** Writes a task as a new row, in the order of the columns that hold there and in the style of the row above. */
export function addRow(change: AddChange, { text, below, words, lineEnd }: AddPlace): FormatEdit {
  const { record, shape } = below;
  const cells = cellsOf(change.task, shape.columns, words);
  const draft = readBack(fieldsOf(cells, below), shape);
  if (draft === null) return nothing(change, `${change.task.id} cannot be an id here`, record.from);
  const lost = cells.filter(({ field }) => !says(draft, field, change.task)).map(({ field }) => field);
  if (lost.includes("id") || lost.includes("title")) return nothing(change, "its id or title would read as something else", record.from);

  const fields = fieldsOf(
    cells.filter(({ field }) => !lost.includes(field)),
    below,
  );
  const row = rowText(fields, text, below);
  const ended = /[\r\n]/.test(text.charAt(record.to - 1));
  return {
    splices: [{ from: record.to, to: record.to, text: ended ? row + lineEnd : lineEnd + row }],
    unwritten: lost.map((field) => {
      const homed = cells.some((cell) => cell.field === field && shape.columns.has(cell.column));
      const because = homed ? "read again, the row would say something else" : "there is no column for it";
      return { change, field, because, at: record.from };
    }),
  };
}

const nothing = (change: Change, because: string, at: number): FormatEdit => ({
  splices: [],
  unwritten: [unwritable(change, because, at)],
});

type Cell = { readonly field: keyof NewTask; readonly column: Field; readonly value: string };

function cellsOf(task: NewTask, columns: Columns, words: OwnWords): readonly Cell[] {
  const { priority, hours, status, dependencies = [] } = task;
  const ranked = columns.has("rank") && !columns.has("priority");
  const inDays = columns.has("days") && !columns.has("hours");
  const titled = columns.has("detail") && !columns.has("title");
  const texts = (["owner", "due", "completed", "phase", "milestone", "notes"] as const).map((field) => ({
    field,
    column: field,
    value: task[field] ?? null,
  }));
  const cells: readonly { readonly field: Cell["field"]; readonly column: Field; readonly value: string | null }[] = [
    { field: "id", column: "id", value: task.id },
    { field: "title", column: titled ? "detail" : "title", value: task.title },
    { field: "status", column: "status", value: status === undefined ? null : words.status(status) },
    {
      field: "priority",
      column: ranked ? "rank" : "priority",
      value: priority == null ? null : ranked ? String(priority) : words.priority(priority),
    },
    { field: "hours", column: inDays ? "days" : "hours", value: hours == null ? null : String(inDays ? hours / 8 : hours) },
    { field: "dependencies", column: "dependencies", value: dependencies.length === 0 ? null : dependencies.join(words.between) },
    ...texts,
  ];
  return cells.flatMap(({ value, ...cell }) => (value === null ? [] : [{ ...cell, value }]));
}

function fieldsOf(cells: readonly Cell[], { shape }: PlacedRow): readonly string[] {
  const fields = Array.from({ length: shape.width }, () => "");
  for (const { column, value } of cells) {
    const index = shape.columns.get(column);
    if (index !== undefined) fields[index] = value;
  }
  return fields;
}

/** Whether a row says of a field what the task has. */
function says(draft: DraftTask, field: keyof NewTask, task: NewTask): boolean {
  if (field !== "dependencies") return draft[field] === task[field];
  const tokens = (task.dependencies ?? []).map(normalise);
  const { found, unknown } = readDependencies(draft.waitsFor, knownTokens(tokens, new Map<string, Token>()));
  return unknown.length === 0 && found.join(" ") === [...new Set(tokens)].join(" ");
}

/** A row whose cells have quotes where those above have them without need, and the blank in front that those above have. */
function rowText(fields: readonly string[], text: string, { record, shape }: PlacedRow): string {
  const { delimiter } = shape;
  const above = fieldSpans(text, record.from, delimiter);
  const cells = fields.map((value, index) => {
    const [old = "", span] = [record.fields[index], above[index]];
    const plain = { delimiter, quoted: false, first: index === 0 };
    if (span === undefined) return cellOf(value, plain);
    const style = styleOf(text, span, old, { index, delimiter });
    const blank = old.startsWith(" ") && value !== "" ? " " : "";
    return cellOf(blank + value, { ...style, quoted: style.quoted && !needsQuotes(old, style) });
  });
  return cells.join(delimiter);
}
