import { isFinished, type PlannedTask } from "../../words.ts";
import { type Change, type FormatEdit, type NewValues, type Splice, type Unwritten, unwritable } from "../change.ts";
import type { Field } from "../columns.ts";
import type { DraftTask } from "../draft.ts";
import type { Source } from "../formats/format.ts";
import { spliced } from "../spliced.ts";
import { type Known, knownOf, noPlace, noWord, type Standing } from "./known.ts";
import { newTaskFile } from "./new-task-file.ts";
import { readAgain } from "./read-again.ts";
import type { Folder } from "./read-folder.ts";
import { fieldsOf } from "./task-file.ts";
import { type Written, writeLine, writeValue } from "./write-value.ts";

/** Writes changes into the files of the tasks they are of, adds files for new ones, and takes none away. */
export function editTaskFiles(source: Source, folder: Folder, changes: readonly Change[]): FormatEdit {
  const known = knownOf(source, folder);
  const edits = changes.map((change) => editOf(change, known));
  // New files of one place must come in the order of their paths, which their heads begin with.
  const splices = edits.flatMap((edit) => edit.splices).toSorted((a, b) => a.from - b.from || (a.text < b.text ? -1 : 1));
  return { splices, unwritten: edits.flatMap((edit) => edit.unwritten) };
}

function editOf(change: Change, known: Known): FormatEdit {
  const refused = (because: string, at?: number): FormatEdit => ({ splices: [], unwritten: [unwritable(change, because, at)] });
  if (change.scope !== known.source.path) return refused("this folder has no such scope");
  if (change.kind === "add") return newTaskFile(change, known);
  const standing = known.tasks.get(change.token);
  if (standing === undefined) return refused("it is not in this folder");
  const at = standing.task.place("id");
  if (change.kind === "remove") return refused("its file is for people to archive or to delete", at);
  return set(change, standing, known);
}

function set(change: Extract<Change, { kind: "set" }>, standing: Standing, known: Known): FormatEdit {
  const unwritten: Unwritten[] = [];
  const splices: Splice[] = [];
  for (const field of ["status", "completed", "owner", "notes"] as const) {
    const to = change.to[field];
    if (to === undefined || to === standing.task[field]) continue;
    const written = field === "status" ? writeStatus(change.to, standing, known) : writeField(field, to, standing, known);
    const wrong = "because" in written ? written.because : doubtAbout(written.splices, { [field]: to }, standing, known);
    if (wrong !== null) unwritten.push({ change, field, because: wrong, at: standing.task.place(field) });
    else if ("splices" in written) splices.push(...written.splices);
  }
  return { splices, unwritten };
}

function writeStatus({ status }: NewValues, standing: Standing, known: Known): Written {
  if (status === undefined) return { splices: [] };
  if (standing.in.completed && !isFinished(status))
    return { because: `its file lies among the completed ones, where nothing is ${status}` };
  const word = known.words.get(status) ?? null;
  if (word === null) return { because: noWord(status, known.folder) };
  return writeKey("status", "status", word, { standing, known });
}

function writeField(field: "completed" | "owner" | "notes", to: string | null, standing: Standing, known: Known): Written {
  const key = known.keys.get(field);
  return key === undefined ? { because: noPlace } : writeKey(field, key, to, { standing, known });
}

type Where = { readonly standing: Standing; readonly known: Known };

function writeKey(field: Field, key: string, to: string | null, { standing, known }: Where): Written {
  const { front } = standing.in;
  const { text } = known.source;
  const entry = fieldsOf(front).get(field);
  if (entry !== undefined) return writeValue(text, entry, to);
  return to === null ? { splices: [] } : writeLine(text, front, key, to);
}

/** Whether the file, so written, says what it should and nothing else anew; null where it does. */
function doubtAbout(splices: readonly Splice[], to: Partial<PlannedTask>, { task, in: file }: Standing, known: Known): string | null {
  const { from } = file.file;
  const local = splices.map((one) => ({ ...one, from: one.from - from, to: one.to - from }));
  const again = readAgain(file, spliced(known.source.text.slice(from, file.file.to), local), known.folder);
  const expected = said({ ...task, ...to, recurring: to.status === undefined && task.recurring });
  return again !== null && said(again) === expected ? null : "it would not read back as it was written";
}

const said = ({ place: _p, spot: _s, extent: _e, writtenStatus: _w, rollsUp: _r, ...task }: DraftTask): string => JSON.stringify(task);
