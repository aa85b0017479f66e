import type { Configuration, Plan, PlannedTask, Problem, Token } from "../words.ts";
import { driftOf, driftSentence } from "./drift.ts";
import { matchesGlob } from "./glob.ts";
import { mostOfOneCode } from "./problem-list.ts";
import { type ProblemCode, problem } from "./problems.ts";
import { quoted } from "./quoted.ts";
import { rolesOf } from "./roles.ts";
import { sameTitle } from "./same-title.ts";
import { normalise } from "./token.ts";

/**
 * Problems that show only between the plan files of one repository: a snapshot that no longer says what its plan says,
 * one id for two different tasks, ids that the configuration retired, and paths that not every machine can tell apart. At most 200 of each kind.
 */
export function checkAcross(plans: readonly Plan[], configuration: Configuration): readonly Problem[] {
  const roles = rolesOf(plans, configuration);
  const byPath = new Map(plans.map((plan) => [plan.path, plan]));
  const live = plans.filter((plan) => roles.get(plan.path)?.role === "plan");
  const drifts = plans.flatMap((snapshot) => {
    const role = roles.get(snapshot.path);
    const source = role?.role === "snapshot" ? byPath.get(role.of) : undefined;
    return source === undefined ? [] : drift(snapshot, source);
  });
  return [drifts, caseCollisions(plans), reusedIds(live), reusedRetired(live, configuration)].flatMap((found) =>
    found.slice(0, mostOfOneCode),
  );
}

/** One problem for a whole snapshot, at the first row that differs: which ids only one of the two has, and where their statuses differ. */
function drift(snapshot: Plan, source: Plan): readonly Problem[] {
  // A table without a column of statuses says nothing of them.
  const silent = snapshot.tasks.every((task) => task.writtenStatus === "");
  const shown = snapshot.tasks.map((task) => ({ ...task, status: silent ? null : task.status }));
  const found = driftOf(shown, source.tasks);
  if (found === null) return [];
  const wrong = new Set([...found.extra, ...found.restated.map((one) => one.shown)].map((row) => row.token));
  const first = snapshot.tasks.find((task) => wrong.has(task.token)) ?? snapshot.tasks[0];
  return [at("snapshot-drift", snapshot, first, `this table differs from ${source.path}: ${driftSentence(found, source.path)}`)];
}

/** Git keeps both files; Windows and macOS check out one of them, and whoever commits there undoes the other. */
function caseCollisions(plans: readonly Plan[]): readonly Problem[] {
  const first = new Map<string, Plan>();
  return plans.flatMap((plan) => {
    const folded = plan.path.toLowerCase();
    const other = first.get(folded);
    if (other === undefined) first.set(folded, plan);
    if (other === undefined || other.path === plan.path) return [];
    return [at("case-collision", plan, undefined, `${plan.path} and ${other.path} differ only by the case of their letters`)];
  });
}

/** Ids that are unique only in a folder or a tag are meant to come again in the next one. */
function reusedIds(live: readonly Plan[]): readonly Problem[] {
  const first = new Map<Token, { readonly plan: Plan; readonly task: PlannedTask }>();
  const found: Problem[] = [];
  for (const plan of live) {
    for (const task of plan.tasks) {
      if (task.scope !== plan.path) continue;
      const other = first.get(task.token);
      if (other === undefined) first.set(task.token, { plan, task });
      else if (sameTitle(other.task.title, task.title)) continue;
      else {
        const message = `${task.id} is ${quoted(task.title)} here and ${quoted(other.task.title)} in ${other.task.file}:${other.task.line}`;
        found.push(at("id-reused", plan, task, message));
      }
    }
  }
  return found;
}

function reusedRetired(live: readonly Plan[], configuration: Configuration): readonly Problem[] {
  return configuration.plans.flatMap((setting) => {
    const retired = new Set(setting.retired.map(normalise));
    const plans = live.filter((plan) => matchesGlob(setting.path, plan.path));
    return plans.flatMap((plan) =>
      plan.tasks
        .filter((task) => retired.has(task.token))
        .map((task) => at("retired-id-reused", plan, task, `${task.id} was retired; a new task needs a new id`)),
    );
  });
}

function at(code: ProblemCode, plan: Plan, task: PlannedTask | undefined, message: string): Problem {
  return problem(code, { path: task?.file ?? plan.path, line: task?.line ?? 1, column: 1 }, message);
}
