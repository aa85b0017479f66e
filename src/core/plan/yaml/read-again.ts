import type { Change, FormatEdit, NewTask, Unwritten } from "../change.ts";
import { unwritable } from "../change.ts";
import type { DraftTask } from "../draft.ts";
import type { Source } from "../formats/format.ts";
import { spliced } from "../spliced.ts";
import { normalise } from "../token.ts";

/** How a format writes, and reads what it wrote. */
export type Pen = {
  readonly before: readonly DraftTask[];
  readonly write: (changes: readonly Change[]) => FormatEdit;
  readonly read: (source: Source) => readonly DraftTask[] | null;
};

const mostTried = 50;

/**
 * Writes changes and reads the outcome before it lets it go: what YAML makes of a text hangs on indentation, anchors and signs far away.
 * Where not all of it reads as asked, each change is tried by itself, and those that do not stand the trial are told.
 */
export function writeAndReadAgain(source: Source, changes: readonly Change[], pen: Pen): FormatEdit {
  const stands = (tried: readonly Change[]): FormatEdit | null => {
    const edit = pen.write(tried);
    if (edit.splices.length === 0) return edit;
    const text = spliced(source.text, edit.splices);
    const after = pen.read({ ...source, text, report: () => {} });
    return after !== null && asAsked(pen.before, after, { changes: tried, unwritten: edit.unwritten }) ? edit : null;
  };
  const whole = stands(changes);
  if (whole !== null) return whole;
  const sound = changes.length > mostTried ? [] : changes.filter((change) => stands([change]) !== null);
  const rest = sound.length === 0 ? null : stands(sound);
  const kept = rest === null ? [] : sound;
  const told = changes
    .filter((change) => !kept.includes(change))
    .map((change) => unwritable(change, "the file would then not read as asked"));
  return { splices: rest?.splices ?? [], unwritten: [...(rest?.unwritten ?? []), ...told] };
}

type Asked = { readonly changes: readonly Change[]; readonly unwritten: readonly Unwritten[] };

function asAsked(before: readonly DraftTask[], after: readonly DraftTask[], { changes, unwritten }: Asked): boolean {
  const old = byToken(before);
  const now = byToken(after);
  const expected = new Map([...old].map(([token, task]) => [token, said(task)]));
  for (const change of changes) {
    const without = new Set(unwritten.flatMap((one) => (one.change === change ? [one.field] : [])));
    if (without.has(null)) continue;
    const token = change.kind === "add" ? normalise(change.task.id) : change.token;
    const task = now.get(token);
    if (change.kind === "remove") expected.delete(token);
    else if (task === undefined) return false;
    else if (change.kind === "add") {
      if (expected.has(token) || !saysAll(task, change.task, without)) return false;
      expected.set(token, said(task));
    } else {
      const was = old.get(token);
      const wanted = Object.fromEntries(Object.entries(change.to).filter(([field, value]) => value !== undefined && !isIn(without, field)));
      // What had no status of its own has the one it was given.
      const steady = wanted.status === undefined ? {} : { recurring: was?.status === wanted.status && was?.recurring === true };
      if (was === undefined) return false;
      expected.set(token, said({ ...was, ...wanted, ...steady }));
    }
  }
  return expected.size === now.size && [...now].every(([token, task]) => expected.get(token) === said(task));
}

const isIn = (fields: ReadonlySet<string | null>, field: string): boolean => fields.has(field);

function byToken(tasks: readonly DraftTask[]): ReadonlyMap<string, DraftTask> {
  const first = new Map<string, DraftTask>();
  for (const task of tasks) if (!first.has(task.token)) first.set(task.token, task);
  return first;
}

function saysAll(task: DraftTask, { id, title, dependencies: _d, ...asked }: NewTask, without: ReadonlySet<string | null>): boolean {
  if (task.id !== id || (!without.has("title") && task.title !== title)) return false;
  return Object.entries({ ...asked }).every(
    ([field, value]) => value === undefined || isIn(without, field) || given(task, field) === value,
  );
}

const given = (task: DraftTask, field: string): unknown => Object.entries(task).find(([key]) => key === field)?.[1];

/** All that a task says but where it stands and how its status is spelt. */
function said(task: DraftTask): string {
  const { place: _p, spot: _s, extent: _e, writtenStatus: _w, rollsUp: _r, number: _n, steps, extra, ...rest } = task;
  const sorted = Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify([sorted, Object.entries(extra), steps.map(({ line: _l, ...step }) => step)]);
}
