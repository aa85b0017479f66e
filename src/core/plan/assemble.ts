import { isFinished, type Plan, type PlannedTask, type Scope, type Token } from "../words.ts";
import { cycles } from "./cycles.ts";
import { type Known, knownTokens, readDependencies } from "./dependencies.ts";
import type { Draft, DraftTask } from "./draft.ts";
import type { LineIndex } from "./line-index.ts";
import { nearest, neighbourhood } from "./nearest.ts";
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
  const resolved = resolveDependencies(drafts, report);
  reportCycles(resolved, drafts, report);
  reportDoneTooEarly(resolved, drafts, report);
  return [...drafts.values()].map((task) => planned(task, { scope, dependencies: resolved.get(task.token) ?? [], file }));
}

type Drafts = ReadonlyMap<Token, DraftTask>;
type Edges = ReadonlyMap<Token, readonly Token[]>;

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
  const known = knownTokens(drafts.keys(), numbers);
  const near = neighbourhood(drafts.keys());
  return new Map([...drafts.values()].map((task) => [task.token, resolve(task, known)]));

  function resolve(task: DraftTask, all: Known): readonly Token[] {
    const { found, unknown } = readDependencies(task.waitsFor, all);
    for (const written of unknown) {
      report("dangling-dependency", () => {
        const neighbour = nearest(normalise(written), near, 2).find((token) => token !== task.token);
        const suggestion = neighbour === undefined ? undefined : drafts.get(neighbour)?.id;
        return {
          at: task.place("dependencies"),
          message: `${task.id} depends on ${quoted(written)}, which is not in this plan`,
          suggestion,
        };
      });
    }
    return found;
  }
}

function reportCycles(edges: Edges, drafts: Drafts, report: Report): void {
  for (const circle of cycles(edges)) {
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

function reportDoneTooEarly(edges: Edges, drafts: Drafts, report: Report): void {
  for (const [token, dependencies] of edges) {
    const task = drafts.get(token);
    if (task?.status !== "completed") continue;
    for (const dependency of dependencies) {
      const other = drafts.get(dependency);
      if (other === undefined || isFinished(other.status)) continue;
      const message = `${task.id} is completed, but ${other.id}, which it depends on, is ${other.status}`;
      report("done-before-dependency", () => ({ at: task.place("dependencies"), message }));
    }
  }
}

type Whole = { readonly scope: Scope; readonly dependencies: readonly Token[]; readonly file: File };

function planned(
  { place, spot: _s, extent: _e, waitsFor: _w, number: _n, rollsUp: _r, scope: _o, ...task }: DraftTask,
  { scope, dependencies, file }: Whole,
): PlannedTask {
  const { path, line } = file.lines.placeOf(place(null));
  return { ...task, scope, dependencies, file: path ?? file.path, line };
}
