import type { IsoDate, Token } from "../words.ts";
import type { Field } from "./columns.ts";
import type { DraftTask, Row } from "./draft.ts";
import { readHours } from "./estimate.ts";
import { readDate } from "./iso-date.ts";
import { isNone } from "./none.ts";
import { oneLine } from "./one-line.ts";
import { readPriority } from "./priority.ts";
import type { Report } from "./problem-list.ts";
import { quoted } from "./quoted.ts";
import { rememberedWords } from "./remembered-words.ts";
import { readStatusCell, type StatusReading } from "./status-spelling.ts";
import { readId } from "./task-id.ts";
import { normalise } from "./token.ts";

/** What the place of a row says of it: the phase it stands in, and the status its heading names. */
export type Section = { readonly phase: string | null; readonly heading: string; readonly status: StatusReading | null };

export const noSection: Section = { phase: null, heading: "", status: null };

/** A row's cells, asked for one by one. */
export type FieldCells = { readonly cells: Pick<Row["cells"], "get"> };
type AnyRow = FieldCells & Omit<Row, "cells">;

/** One row as a task; null where it has no id, which is reported unless the row is blank. */
export function readRow(row: AnyRow, section: Section, report: Report): DraftTask | null {
  const id = idOf(row, report);
  if (id === null) return null;
  const status = statusOf(row, section, report);
  const { date: remarkDate, remark } = datedRemark(status.remark);
  const task: DraftTask = {
    id,
    token: normalise(id),
    title: oneLine(cellText(row, "title") ?? cellText(row, "detail") ?? id),
    status: status.reading.status,
    writtenStatus: status.spelling,
    recurring: status.reading.recurring,
    owner: cellText(row, "owner"),
    priority: priorityOf(row, report),
    hours: hoursOf(row, report),
    start: dateOf(row, "start", report),
    due: dateOf(row, "due", report),
    completed: dateOf(row, "completed", report) ?? (status.reading.status === "completed" ? remarkDate : null),
    phase: cellText(row, "phase") ?? section.phase,
    milestone: cellText(row, "milestone"),
    notes: cellText(row, "notes") ?? (remark === "" ? null : remark),
    scope: null,
    parent: parentOf(row),
    optional: false,
    steps: noSteps,
    extra: row.extra ?? noExtra,
    rollsUp: status.spelling === "" && section.status === null,
    waitsFor: cellText(row, "dependencies") ?? "",
    place: row.place,
    number: null,
  };
  // A spread makes an object several times as dear, and the many rows of a CSV have neither.
  const { spot, extent } = row;
  return spot === undefined && extent === undefined ? task : { ...task, ...(spot && { spot }), ...(extent && { extent }) };
}

const noSteps: DraftTask["steps"] = [];
const noExtra: DraftTask["extra"] = {};

/** What stands behind a status: a day, a remark, or both. */
function datedRemark(written: string): { readonly date: IsoDate | null; readonly remark: string } {
  if (written === "") return noRemark;
  const [first = "", ...others] = written.split(/ [—–-]+ /u);
  const date = readDate(first);
  return typeof date === "string" ? { date, remark: others.join(" — ") } : { date: null, remark: written };
}
const noRemark = { date: null, remark: "" };

/** What a cell says, trimmed; null where it is missing or says that there is nothing. */
export function cellText(row: FieldCells, field: Field): string | null {
  const cell = row.cells.get(field)?.trim() ?? "";
  return cell === "" || isNone(cell) ? null : cell;
}

/** A date's cell; a problem where it cannot be read. */
export function dateOf(row: AnyRow, field: "start" | "due" | "completed", report: Report): IsoDate | null {
  const written = row.cells.get(field) ?? "";
  if (written === "") return null;
  const date = readDate(written);
  if (date === null || typeof date === "string") return date;
  report("bad-date", () => ({
    at: row.place(field),
    message: `${quoted(written)} is not a day written as YYYY-MM-DD`,
    suggestion: date.suggestion ?? undefined,
  }));
  return null;
}

function idOf(row: AnyRow, report: Report): string | null {
  const written = row.cells.get("id")?.trim() ?? "";
  const id = readId(written);
  if (id !== null) return id;
  const title = cellText(row, "title") ?? cellText(row, "detail");
  if (!isNone(written)) report("bad-id", () => ({ at: row.place("id"), message: `${quoted(written)} cannot be an id` }));
  else if (title !== null) report("missing-id", () => ({ at: row.place("id"), message: `${quoted(title)} has no id` }));
  return null;
}

function parentOf(row: AnyRow): Token | null {
  const written = cellText(row, "parent");
  return written === null ? null : normalise(readId(written) ?? written);
}

// The same few words stand in every row.
const readStatus = rememberedWords(readStatusCell);
const readRank = rememberedWords(readPriority);
const readEstimate = {
  hours: rememberedWords((cell) => readHours(cell, "hours")),
  days: rememberedWords((cell) => readHours(cell, "days")),
};

type RowStatus = { readonly reading: StatusReading; readonly spelling: string; readonly remark: string };
const todo: StatusReading = { status: "todo", recurring: false };

function statusOf(row: AnyRow, section: Section, report: Report): RowStatus {
  const written = row.cells.get("status")?.trim() ?? "";
  if (isNone(written)) return { reading: section.status ?? todo, spelling: written, remark: "" };
  const { reading, spelling, remark } = readStatus(written);
  if (reading === null) {
    report("unknown-status", () => ({ at: row.place("status"), message: `${quoted(spelling)} is no status that is known; read as todo` }));
    return { reading: todo, spelling, remark: "" };
  }
  if (section.status !== null && section.status.status !== reading.status) {
    const message = `the row says ${quoted(spelling)}, its heading ${quoted(section.heading)}; the row counts`;
    report("section-disagrees", () => ({ at: row.place("status"), message }));
  }
  return { reading, spelling, remark };
}

function priorityOf(row: AnyRow, report: Report): number | null {
  const named = cellText(row, "priority");
  const written = named ?? cellText(row, "rank");
  if (written === null) return null;
  const priority = readRank(written);
  if (priority !== undefined) return priority;
  const field = named === null ? "rank" : "priority";
  report("unknown-priority", () => ({ at: row.place(field), message: `${quoted(written)} is no priority that is known` }));
  return null;
}

function hoursOf(row: AnyRow, report: Report): number | null {
  const inHours = cellText(row, "hours");
  const written = inHours ?? cellText(row, "days");
  if (written === null) return null;
  const field = inHours === null ? "days" : "hours";
  const hours = readEstimate[field](written);
  if (hours !== undefined) return hours;
  report("bad-number", () => ({ at: row.place(field), message: `${quoted(written)} is not a number of hours, days or weeks` }));
  return null;
}
