import { createHash } from "node:crypto";
import { comparePlans, rowKey } from "../core/plan/compare.ts";
import { type Edited, editPlan } from "../core/plan/edit.ts";
import { changedFiles, isFolderPath, packFolder } from "../core/plan/folder.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import { regenerateSnapshot } from "../core/plan/snapshot.ts";
import type { FileDifference, WrittenField, WrittenRow } from "../core/render/write-back.ts";
import { changeOf, type PlanChanges, planChanges, type StaleRow } from "../core/status/plan-changes.ts";
import { type Board, canonicalJson, Fault, type Plan, type PlannedTask, type Sha } from "../core/words.ts";
import type { PlanStanding } from "../ports.ts";
import { hashOf, type Target } from "./target.ts";
import type { RememberedRow } from "./write-back-memory.ts";

/** What writing a plan back comes to on the default branch as it stands: nothing where `files` is empty. */
export type PlanWriting = {
  readonly revision: string;
  /** New texts by path; the blobs they were made from stand in `base`, and all texts as they are in `texts`. */
  readonly files: ReadonlyMap<string, string>;
  readonly texts: ReadonlyMap<string, string>;
  readonly base: Readonly<Record<string, Sha>>;
  /** The blobs that the new texts will be. */
  readonly written: Readonly<Record<string, Sha>>;
  readonly rows: readonly RememberedRow[];
  readonly shown: readonly WrittenRow[];
  readonly difference: FileDifference;
  readonly left: PlanChanges["left"];
  readonly unwritten: readonly { readonly id: string; readonly because: string }[];
};

/** The files that a plan's rows stand in, as far as there may be something to write: of a folder not every one. */
export function filesOf(board: Board): readonly string[] {
  if (!isFolderPath(board.path)) return [board.path];
  const tasks = board.tasks.filter(({ state, status }) => state.status !== status || state.status === "completed");
  const settings = ["config.yml", "config.yaml"].map((name) => board.path + name);
  return [...settings, ...new Set(tasks.map((task) => task.file))].slice(0, mostFiles);
}

const mostFiles = 500;

/** The name that git gives a text. */
const blobOf = (text: string): Sha =>
  createHash("sha1")
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest("hex");

/**
 * The board's knowledge written into the plan's text by meaning, never by place: whatever else has changed there stays. Null where the
 * plan's file is not there, or is none of the repository's own, or cannot be read.
 */
export async function writingOf(
  target: Target,
  { board, standing, snapshots }: { readonly board: Board; readonly standing: PlanStanding; readonly snapshots: readonly string[] },
): Promise<PlanWriting | null> {
  const texts = await textsOf(target, standing.blobs);
  const { path } = board;
  const text = isFolderPath(path)
    ? packFolder(new Map([...texts].flatMap(([file, content]) => (file.startsWith(path) ? [[file.slice(path.length), content]] : []))))
    : texts.get(path);
  const plan = text === undefined ? null : readPlan({ path, text, named: true }).plan;
  if (text === undefined || plan === null) return null;
  const { stale, left } = planChanges(board, plan);
  const edited = editPlan({ path, text, named: true }, stale.map(changeOf));
  const after = readPlan({ path, text: edited.text, named: true }).plan;
  const { difference, restated, moved } = differenceOf(plan, after);
  const changed = filesIn(path, text, edited.text);
  const files = new Map(difference.changed.length === 0 || after === null ? [] : [...changed, ...shownAnew(texts, snapshots, after)]);
  const written = stale.filter(({ row }) => restated.has(rowKey(row)));
  return {
    revision: hashOf(canonicalJson([path, [...files].sort()])).slice(0, 12),
    files,
    texts,
    base: Object.fromEntries([...files.keys()].map((file) => [file, standing.blobs.get(file) ?? ""])),
    written: Object.fromEntries([...files].map(([file, content]) => [file, blobOf(content)])),
    rows: written.map(({ row, task }) => ({ id: row.id, scope: row.scope, token: row.token, status: task.state.status })),
    shown: stale.filter(({ row }) => moved.has(rowKey(row))).map(({ task, row }) => shownRow(task, row.status)),
    difference,
    left,
    unwritten: unwrittenIn(edited, plan),
  };
}

/** Texts by path: as stored, and what is not stored yet from GitHub. Bytes that are no text would be lost in writing, so such files are left alone. */
async function textsOf({ store, github, at }: Target, blobs: PlanStanding["blobs"]): Promise<ReadonlyMap<string, string>> {
  const stored = await store.texts([...blobs.values()]);
  const texts = new Map<string, string>();
  for (const [path, blob] of blobs) {
    const text = stored.get(blob) ?? (await github.find.text(at, blob));
    if (!text.includes("\uFFFD")) texts.set(path, text);
  }
  return texts;
}

function filesIn(path: string, before: string, after: string): readonly (readonly [string, string])[] {
  if (!isFolderPath(path)) return before === after ? [] : [[path, after]];
  return changedFiles(before, after).flatMap(({ path: file, content }) => (content === null ? [] : [[path + file, content] as const]));
}

/** Snapshots of the plan go the same way in the same commit, so that the two never say different things. */
function shownAnew(texts: ReadonlyMap<string, string>, snapshots: readonly string[], plan: Plan): readonly (readonly [string, string])[] {
  return snapshots.flatMap((path) => {
    const text = texts.get(path);
    const shown = text === undefined ? text : regenerateSnapshot(text, plan).text;
    return shown === undefined || shown === text ? [] : [[path, shown] as const];
  });
}

/** The difference as it will be read. What an edit of statuses must not do is a mistake of ours, and is not written. */
function differenceOf(before: Plan, after: Plan | null) {
  if (after === null) throw new Fault(`${before.path} would not be readable after the edit`, { next: { kind: "give-up" } });
  const { added, removed, ...differs } = comparePlans(before, after);
  if (added.length > 0 || removed.length > 0)
    throw new Fault(`writing statuses into ${before.path} would add or remove rows`, { next: { kind: "give-up" } });
  const statuses = differs.restated.flatMap(({ before: old, after: row }): readonly WrittenField[] =>
    old === null ? [] : [{ id: row.id, field: "status", before: old.status, after: row.status }],
  );
  const dates = differs.changed.flatMap(({ before: old, after: row }): readonly WrittenField[] =>
    old.completed === row.completed ? [] : [{ id: row.id, field: "completed", before: old.completed, after: row.completed }],
  );
  const difference: FileDifference = { added: [], removed: [], changed: [...statuses, ...dates] };
  const keys = (rows: readonly { readonly after: PlannedTask }[]) => new Set(rows.map(({ after: row }) => rowKey(row)));
  return { difference, restated: keys(differs.restated), moved: keys([...differs.restated, ...differs.changed]) };
}

const shownRow = (task: StaleRow["task"], before: WrittenRow["before"]): WrittenRow => ({
  id: task.id,
  title: task.title,
  before,
  after: task.state.status,
  cause: task.state.cause,
});

/** Only statuses are told: that a file has no place for a date is no news to those who keep it. */
function unwrittenIn(edited: Edited, plan: Plan): PlanWriting["unwritten"] {
  const ids = new Map(plan.tasks.map((task) => [rowKey(task), task.id]));
  return edited.unwritten.flatMap(({ change, field, because }) => {
    if (change.kind !== "set" || (field !== null && field !== "status")) return [];
    return change.to.status === undefined ? [] : [{ id: ids.get(rowKey(change)) ?? change.token, because }];
  });
}
