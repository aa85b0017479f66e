import type { Status } from "../../words.ts";
import { type Change, type FormatEdit, type NewValues, unwritable } from "../change.ts";
import type { DraftTask } from "../draft.ts";
import { readStatusCell } from "../status-spelling.ts";
import { cellOf, padded, styleOf } from "./cell.ts";
import type { PlacedRow } from "./find-rows.ts";
import { readBack, saidBy } from "./read-back.ts";
import { fieldSpans } from "./records.ts";

export type SetChange = Extract<Change, { readonly kind: "set" }>;
/** A status in the file's own spelling. */
export type Spell = (status: Status) => string;

const called = { status: "statuses", completed: "completion dates", owner: "owners", notes: "notes" } as const;
const settable = ["status", "completed", "owner", "notes"] as const satisfies readonly (keyof NewValues)[];
type Settable = (typeof settable)[number];

/** Writes new values into the cells of one row. A value that the row would not say when it is read again is left out and told. */
export function setCells(text: string, row: PlacedRow, change: SetChange, spell: Spell): FormatEdit {
  const { record, shape } = row;
  const before = readBack(record.fields, shape);
  if (before === null) return { splices: [], unwritten: [unwritable(change, "its row is read as no task", record.from)] };
  const wanted: Wanted = { row, before, to: change.to, spell };
  const asked = settable.filter((field) => change.to[field] !== undefined && !saysAlready(wanted, field));
  const homed = asked.filter((field) => shape.columns.has(field));
  const kept = keptOf(wanted, homed);
  const fields = fieldsWith(wanted, kept);
  const spans = fieldSpans(text, record.from, shape.delimiter);
  const left = (field: Settable, because: string) => ({
    change,
    field,
    because,
    at: spans[shape.columns.get(field) ?? -1]?.from ?? record.from,
  });
  return {
    splices: spans.flatMap((span, index) => {
      const [old = "", value = ""] = [record.fields[index], fields[index]];
      return value === old ? [] : [{ ...span, text: cellOf(value, styleOf(text, span, old, { index, delimiter: shape.delimiter })) }];
    }),
    unwritten: asked.flatMap((field) => {
      if (!homed.includes(field)) return [left(field, `there is no column of ${called[field]}`)];
      return kept.includes(field) ? [] : [left(field, "read again, the row would say something else")];
    }),
  };
}

type Wanted = { readonly row: PlacedRow; readonly before: DraftTask; readonly to: NewValues; readonly spell: Spell };

/** A task without a status of its own may have that of its parts. */
function saysAlready({ row, before, to }: Wanted, field: Settable): boolean {
  const rollsUp = field === "status" && before.rollsUp && row.shape.columns.has("parent");
  return before[field] === to[field] && !rollsUp;
}

/** All fields if the row says just them when it is read again, else those that it can say one by one. */
function keptOf(wanted: Wanted, fields: readonly Settable[]): readonly Settable[] {
  if (readsBack(wanted, fields)) return fields;
  let kept: readonly Settable[] = [];
  for (const field of fields) if (readsBack(wanted, [...kept, field])) kept = [...kept, field];
  return kept;
}

function readsBack(wanted: Wanted, fields: readonly Settable[]): boolean {
  const { before, to, row } = wanted;
  const after = readBack(fieldsWith(wanted, fields), row.shape);
  const asked = Object.fromEntries(fields.map((field) => [field, to[field]]));
  const recurring = before.recurring && !fields.includes("status");
  return after !== null && saidBy(after) === saidBy({ ...before, ...asked, recurring });
}

function fieldsWith({ row, to, spell }: Wanted, fields: readonly Settable[]): readonly string[] {
  const cells = [...row.record.fields];
  for (const field of fields) {
    const index = row.shape.columns.get(field) ?? -1;
    const old = cells[index] ?? "";
    cells[index] = field === "status" ? statusCell(to.status === undefined ? "" : spell(to.status), old) : padded(to[field] ?? "", old);
  }
  return cells;
}

/** A remark behind the status (`Done — 2025-10-16`) stays. */
function statusCell(word: string, old: string): string {
  const { reading, spelling } = readStatusCell(old);
  if (reading === null || spelling === "") return padded(word, old);
  const at = old.indexOf(spelling);
  return old.slice(0, at) + word + old.slice(at + spelling.length);
}
