import type { Problem } from "../words.ts";
import { type Change, type Unwritten, unwritable } from "./change.ts";
import type { Source } from "./formats/format.ts";
import { formats } from "./formats/registry.ts";
import { problem } from "./problems.ts";
import { quoted } from "./quoted.ts";
import { refusedUnseen } from "./read-plan.ts";
import { type PlanFile, sourceOf } from "./source.ts";
import { spliced } from "./spliced.ts";

/** The text after an edit, and what could not be written (`cannot-write`, each with its place and why). */
export type Edited = { readonly text: string; readonly unwritten: readonly Unwritten[]; readonly problems: readonly Problem[] };

/**
 * Writes changes into a plan file: text in, text out, and nothing else moves. Each value is written as the file writes its own: its spelling
 * of a status, its quotes, its line ends. Without changes the text is the same to the byte. A change, or a field of one, that cannot be
 * written safely is left out and told. Never throws for content.
 */
export function editPlan(file: PlanFile, changes: readonly Change[]): Edited {
  const source = sourceOf(file);
  const refusal = refusedUnseen(file);
  const edit = refusal === null ? formatEdit(source, changes) : { splices: [], unwritten: changes.map((one) => unwritable(one, refusal)) };
  const marks = file.text.length - source.text.length;
  const problems = edit.unwritten.map((one) => toldOf(one, source));
  return { text: file.text.slice(0, marks) + spliced(source.text, edit.splices), unwritten: edit.unwritten, problems };
}

function formatEdit(source: Source, changes: readonly Change[]) {
  for (const format of Object.values(formats)) {
    const edit = format.edit(source, changes);
    if (edit !== null) return edit;
  }
  return { splices: [], unwritten: changes.map((change) => unwritable(change, "the file is not read as a plan")) };
}

function toldOf({ change, field, because, at }: Unwritten, { path, lines }: Source): Problem {
  const id = change.kind === "add" ? change.task.id : change.token;
  const what = field === null ? change.kind : field;
  return problem("cannot-write", { path, ...lines.placeOf(at) }, `${what} of ${quoted(id)} is not written: ${because}`);
}
