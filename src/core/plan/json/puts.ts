import type { NewValues } from "../change.ts";
import { readDate } from "../iso-date.ts";
import { readStatusCell } from "../status-spelling.ts";
import type { Manner } from "./dialect.ts";
import { type Entry, wordsOf } from "./record.ts";
import type { Put } from "./splices.ts";
import { dateValue, type Told, textValue } from "./values.ts";

/** The members to be written so that a task says what a change gives it, and what of it there is no place for. */
export function putsOf(entry: Entry, to: NewValues, manner: Manner): { readonly puts: readonly Put[]; readonly told: readonly Told[] } {
  const puts: Put[] = [];
  const told: Told[] = [];
  if (to.status !== undefined && !saysStatus(entry, to.status)) {
    const said = manner.dialect.status(to.status, entry);
    puts.push(...said.puts);
    if (said.because !== null) told.push({ field: "status", because: said.because });
  }
  for (const field of ["completed", "owner", "notes"] as const) {
    const value = to[field];
    if (value === undefined) continue;
    const put = putOf(field, value, { entry, manner });
    if (put !== null && "because" in put) told.push({ field, because: put.because });
    else if (put !== null) puts.push(put);
  }
  return { puts, told };
}

/** Whether a task says a status by itself, in whatever words (`review` is one of being in progress). */
function saysStatus({ task }: Entry, status: string): boolean {
  return task.status === status && !task.rollsUp && readStatusCell(task.writtenStatus).reading !== null;
}

type Around = { readonly entry: Entry; readonly manner: Manner };

function putOf(
  field: "completed" | "owner" | "notes",
  value: string | null,
  { entry, manner }: Around,
): Put | { readonly because: string } | null {
  const { dialect, like, quote } = manner;
  const member = entry.fields.get(field);
  const key = member?.key ?? like.get(field)?.key ?? dialect.usual[field];
  const words = wordsOf(member?.value).trim();
  if (value === null)
    return key === undefined || words === ""
      ? null
      : { key, text: member?.value.kind === "string" && field !== "completed" ? '""' : "null" };
  if (key === undefined) return { because: "no task of this file has a place for it" };
  if (member?.value.kind === "object" || member?.value.kind === "array") return { because: "what stands there is no plain text" };
  if (field === "completed" ? readDate(words) === value : words === value) return null;
  const written = field === "completed" ? dateValue(value, member?.value ?? like.get(field)?.value) : textValue(value, quote);
  return "because" in written ? written : { key, text: written.text };
}
