import { type PlannedTask, unreachable } from "../../words.ts";
import { type Known, readDependencies } from "../dependencies.ts";
import { readDate } from "../iso-date.ts";
import type { Plain } from "../markdown/plain-text.ts";
import { cellText } from "../row.ts";
import type { ShownRow } from "./own-words.ts";
import type { Shown } from "./told-fields.ts";

/** Whether a row of a snapshot says of a field what its plan says, however it words it. */
export function sameMeaning({ row, task: shown }: ShownRow, field: Shown, task: PlannedTask, { plain, known }: Words): boolean {
  switch (field) {
    case "id":
      return true;
    case "title":
      return shown.title === plain(task.title);
    case "status":
      return shown.status === task.status && shown.recurring === task.recurring;
    case "priority":
    case "hours":
      return shown[field] === task[field];
    case "start":
    case "due":
    case "completed":
      return readDate(row.cells.get(field) ?? "") === task[field];
    case "dependencies": {
      const { found } = readDependencies(shown.waitsFor, known);
      return found.length === task.dependencies.length && task.dependencies.every((token) => found.includes(token));
    }
    case "owner":
    case "phase":
    case "milestone":
    case "notes": {
      const value = task[field];
      return (cellText(row, field) ?? "") === (value === null ? "" : plain(value));
    }
    default:
      return unreachable(field);
  }
}

export type Words = { readonly plain: Plain; readonly known: Known };
