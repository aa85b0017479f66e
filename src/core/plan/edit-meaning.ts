import { canonicalJson, type PlannedTask, type Status, type Token } from "../words.ts";
import { comparePlans } from "./compare.ts";
import type { EditedPlan } from "./edited-plan.ts";
import { sameTitle } from "./same-title.ts";

/** Fields whose values are told. Of the others only that they differ is worth a word. */
export const toldFields = ["hours", "milestone", "phase", "owner", "priority", "start", "due"] as const;
/** Fields by names that people know; `other` = columns of their own. */
export const namedFields = ["id", "title", "parent", "recurring", "optional", "completed", "notes", "steps", "other"] as const;

type Value = string | number | null;
export type FieldChange =
  | { readonly field: (typeof toldFields)[number]; readonly before: Value; readonly after: Value }
  /** Ids as the plan writes them. */
  | { readonly field: "dependencies"; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly field: (typeof namedFields)[number] };

/** What an edit of one plan file means. Ids as written. */
export type EditMeaning = {
  readonly path: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** The file is taken away. */
  readonly gone: boolean;
  /** Tasks that the same change takes from one file, this or another, to another. */
  readonly moved: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  readonly restated: readonly { readonly id: string; readonly before: Status; readonly after: Status }[];
  /** Rows that differ in anything but their status. */
  readonly changed: readonly { readonly id: string; readonly fields: readonly FieldChange[] }[];
  /** By how many estimated hours the plan grows; below 0 shrinks. */
  readonly hours: number;
};

/** A task that goes from one plan file to another, so that its scope may be another one. */
export type MovedTask = { readonly from: string; readonly to: string; readonly before: PlannedTask; readonly after: PlannedTask };

/** Tasks that one of these edits removes and another one adds: with the same id and title they are the same. */
export function movedBy(edits: readonly EditedPlan[]): readonly MovedTask[] {
  const changes = edits.map((edit) => ({ path: edit.path, ...rowsOf(edit) }));
  const removed = new Map<Token, { readonly from: string; readonly before: PlannedTask }>();
  for (const { path, removed: rows } of changes) for (const row of rows) removed.set(row.token, { from: path, before: row });
  return changes.flatMap(({ path, added }) =>
    added.flatMap((after) => {
      const left = removed.get(after.token);
      return left === undefined || left.from === path || !sameTitle(left.before.title, after.title) ? [] : [{ ...left, to: path, after }];
    }),
  );
}

/** What each edit means, in the order of the edits. */
export function meaningsOf(edits: readonly EditedPlan[]): readonly EditMeaning[] {
  const moved = movedBy(edits);
  const gone = new Set(moved.map(({ before }) => before));
  const come = new Set(moved.map(({ after }) => after));
  return edits.map((edit) => {
    const { added, removed, restated, changed } = rowsOf(edit);
    const ids = idsIn(edit);
    return {
      path: edit.path,
      added: added.filter((task) => !come.has(task)).map(({ id }) => id),
      removed: removed.filter((task) => !gone.has(task)).map(({ id }) => id),
      gone: edit.after === null,
      moved: moved.flatMap(({ from, to, after }) => (to === edit.path || from === edit.path ? [{ id: after.id, from, to }] : [])),
      restated: restated.flatMap(({ before, after }) =>
        before === null ? [] : [{ id: after.id, before: before.status, after: after.status }],
      ),
      changed: changed.map(({ before, after }) => ({ id: after.id, fields: fieldsOf(before, after, ids) })),
      hours: hoursOf(edit.after?.tasks ?? []) - hoursOf(edit.before?.tasks ?? []),
    };
  });
}

function rowsOf({ before, after }: EditedPlan) {
  if (after === null) return { added: [], removed: before?.tasks ?? [], restated: [], changed: [] };
  return comparePlans(before, after);
}

const hoursOf = (tasks: readonly PlannedTask[]): number => tasks.reduce((sum, { hours }) => sum + (hours ?? 0), 0);

/** How ids are written, before the edit or after it. */
function idsIn({ before, after }: EditedPlan): ReadonlyMap<Token, string> {
  return new Map([...(before?.tasks ?? []), ...(after?.tasks ?? [])].map(({ token, id }) => [token, id]));
}

function fieldsOf(before: PlannedTask, after: PlannedTask, ids: ReadonlyMap<Token, string>): readonly FieldChange[] {
  const told = toldFields.flatMap((field): readonly FieldChange[] =>
    before[field] === after[field] ? [] : [{ field, before: before[field], after: after[field] }],
  );
  const only = (these: readonly Token[], others: readonly Token[]): readonly string[] =>
    these.filter((token) => !others.includes(token)).map((token) => ids.get(token) ?? token);
  const edges = {
    field: "dependencies",
    added: only(after.dependencies, before.dependencies),
    removed: only(before.dependencies, after.dependencies),
  } as const;
  const named = namedFields.filter((field) => canonicalJson(said(before, field)) !== canonicalJson(said(after, field)));
  return [...told, ...(edges.added.length + edges.removed.length > 0 ? [edges] : []), ...named.map((field) => ({ field }))];
}

function said({ steps, extra, ...task }: PlannedTask, field: (typeof namedFields)[number]): unknown {
  if (field === "steps") return steps.map(({ line: _, ...step }) => step);
  return field === "other" ? extra : task[field];
}
