import { isFinished, type Plan, type PlannedTask, type Scope, type Token } from "../words.ts";
import { cycles } from "./cycles.ts";
import { knownIn, readDependencies } from "./dependencies.ts";
import type { Draft, DraftTask } from "./draft.ts";
import type { LineIndex } from "./line-index.ts";
import { type Neighbourhood, nearest, neighbourhood } from "./nearest.ts";
import type { Report } from "./problem-list.ts";
import { quoted } from "./quoted.ts";
import { rolledUp } from "./rolled-up.ts";
import { normalise } from "./token.ts";

export type File = { readonly path: string; readonly lines: LineIndex };

/** Holds a file's rows against each other: each token of a scope once, dependencies resolved, circles and contradictions reported. */
export function assemble(draft: Draft, format: string, file: File, report: Report): Plan {
  const scope = draft.scope ?? file.path;
  const tasks = [...byScope(draft.tasks, scope)].flatMap(([one, drafts]) => assembleScope(one, drafts, file, report));
  if (tasks.length === 0) report("no-tasks", () => ({ at: 0, message: "there is no task in this plan" }));
  return { ...draft, path: file.path, format, scope, tasks };
}

function byScope(tasks: readonly DraftTask[], own: Scope): ReadonlyMap<Scope, readonly DraftTask[]> {
  if (tasks.every((task) => task.scope === null)) return new Map([[own, tasks]]);
  const groups = new Map<Scope, DraftTask[]>();
  for (const task of tasks) {
    const group = groups.get(task.scope ?? own);
    if (group === undefined) groups.set(task.scope ?? own, [task]);
    else group.push(task);
  }
  return groups;
}

function assembleScope(scope: Scope, rows: readonly DraftTask[], file: File, report: Report): readonly PlannedTask[] {
  const drafts = rolledUp(firstOfEach(rows, file, report), report);
  const edges = resolveDependencies(drafts, report);
  reportCycles(edges, drafts, report);
  reportDoneTooEarly(edges, drafts, report);
  const whole: Whole = { scope, edges, file };
  return Array.from(drafts.values(), (task, index) => planned(task, index, whole));
}

type Drafts = ReadonlyMap<Token, DraftTask>;
/** What each task waits for, in the order of the drafts. */
type Edges = readonly (readonly Token[])[];

function firstOfEach(tasks: readonly DraftTask[], file: File, report: Report): Drafts {
  const once = new Map<Token, DraftTask>();
  for (const task of tasks) {
    const first = once.get(task.token);
    if (first === undefined) once.set(task.token, task);
    else
      report("duplicate-id", () => {
        const at = task.place("id");
        const [here, there] = [file.lines.placeOf(at), file.lines.placeOf(first.place(null))];
        const spelt = task.id === first.id ? "" : ` as ${quoted(first.id)}`;
        const says = task.status === first.status ? "" : `; it is ${first.status} there and ${task.status} here`;
        const elsewhere = there.path === undefined ? "" : ` of ${there.path}`;
        const message = `${quoted(task.id)} on line ${here.line} stands already on line ${there.line}${elsewhere}${spelt}${says}. The first row counts`;
        return { at, message };
      });
  }
  return once;
}

function resolveDependencies(drafts: Drafts, report: Report): Edges {
  const numbers = new Map<string, Token>();
  for (const { number, token } of drafts.values()) if (number !== null) numbers.set(normalise(number), token);
  const known = knownIn(drafts, numbers);
  let near: Neighbourhood | null = null;
  return Array.from(drafts.values(), (task) => {
    if (task.waitsFor === "") return nothing;
    const { found, unknown } = readDependencies(task.waitsFor, known);
    for (const written of unknown) dangling(task, written);
    return found;
  });

  function dangling(task: DraftTask, written: string): void {
    report("dangling-dependency", () => {
      near ??= neighbourhood(drafts.keys());
      const neighbour = nearest(normalise(written), near, 2).find((token) => token !== task.token);
      const suggestion = neighbour === undefined ? undefined : drafts.get(neighbour)?.id;
      const message = `${task.id} depends on ${quoted(written)}, which is not in this plan`;
      return { at: task.place("dependencies"), message, suggestion };
    });
  }
}

const nothing: readonly Token[] = [];

function reportCycles(edges: Edges, drafts: Drafts, report: Report): void {
  if (upwardsOnly(edges, drafts)) return;
  for (const circle of cycles(new Map(Array.from(drafts.keys(), (token, index) => [token, edges[index] ?? []])))) {
    const [first] = circle;
    const start = first === undefined ? undefined : drafts.get(first);
    if (start === undefined) continue;
    report("dependency-cycle", () => {
      const ids = circle.map((token) => drafts.get(token)?.id ?? token);
      const shown = ids.length > 20 ? [...ids.slice(0, 20), `${ids.length - 20} more`] : ids;
      const message = ids.length === 1 ? `${start.id} waits for itself` : `these wait for each other: ${[...shown, ids[0]].join(" → ")}`;
      return { at: start.place("dependencies"), message };
    });
  }
}

/** Whether each task stands below all that it waits for, as in most plans: then there is no circle to look for. */
function upwardsOnly(edges: Edges, drafts: Drafts): boolean {
  let index = 0;
  for (const task of drafts.values()) {
    const at = task.place(null);
    for (const dependency of edges[index++] ?? []) if ((drafts.get(dependency)?.place(null) ?? at) >= at) return false;
  }
  return true;
}

function reportDoneTooEarly(edges: Edges, drafts: Drafts, report: Report): void {
  for (const [index, task] of [...drafts.values()].entries()) {
    if (task.status !== "completed") continue;
    for (const dependency of edges[index] ?? []) {
      const other = drafts.get(dependency);
      if (other === undefined || isFinished(other.status)) continue;
      const message = `${task.id} is completed, but ${other.id}, which it depends on, is ${other.status}`;
      report("done-before-dependency", () => ({ at: task.place("dependencies"), message }));
    }
  }
}

type Whole = { readonly scope: Scope; readonly edges: Edges; readonly file: File };

// Field by field: a copy of all but a few is four times as slow, and there can be a hundred thousand.
function planned(task: DraftTask, index: number, { scope, edges, file }: Whole): PlannedTask {
  const { path = file.path, line } = file.lines.placeOf(task.place(null));
  return {
    id: task.id,
    token: task.token,
    scope,
    parent: task.parent,
    title: task.title,
    status: task.status,
    writtenStatus: task.writtenStatus,
    recurring: task.recurring,
    owner: task.owner,
    priority: task.priority,
    dependencies: edges[index] ?? [],
    hours: task.hours,
    start: task.start,
    due: task.due,
    completed: task.completed,
    phase: task.phase,
    milestone: task.milestone,
    notes: task.notes,
    optional: task.optional,
    steps: task.steps,
    extra: task.extra,
    file: path,
    line,
  };
}
