import { type Plan, type PlannedTask, sameJson } from "../words.ts";
import { byKey, rowKey, sameDeclaration } from "./compare.ts";

/**
 * The plan as it would be once a branch is merged that parted from it at `fork`: what the branch changed since then, field by field, and for
 * the rest what stands. Without that a branch would seem to take out every task that was added elsewhere meanwhile. Rows stand in the
 * order of the branch; those it does not know follow the row they stand behind. Rows that stay are the very ones that stand, so that whoever
 * compares the two plans need not look into them.
 */
export function mergePlans(fork: Plan, standing: Plan, branch: Plan): Plan {
  const parts = ["milestones", "risks", "roles", "cadence", "criteria"] as const;
  const kept = Object.fromEntries(parts.filter((part) => sameJson(fork[part], branch[part])).map((part) => [part, standing[part]]));
  return { ...branch, ...kept, tasks: mergeTasks(fork.tasks, standing.tasks, branch.tasks) };
}

type Tasks = readonly PlannedTask[];

function mergeTasks(fork: Tasks, standing: Tasks, branch: Tasks): Tasks {
  const [old, now, own] = [byKey(fork), byKey(standing), byKey(branch)];
  const merged = branch.flatMap((task): Tasks => {
    const [was, is] = [old.get(rowKey(task)), now.get(rowKey(task))];
    if (was === undefined) return [task];
    if (is === undefined) return sameDeclaration(was, task) ? [] : [task];
    return [mergeTask(was, is, task)];
  });
  const behind = new Map<string, PlannedTask[]>();
  let before = "";
  for (const task of standing) {
    const key = rowKey(task);
    if (own.has(key)) before = key;
    if (own.has(key) || old.has(key)) continue;
    const others = behind.get(before);
    if (others === undefined) behind.set(before, [task]);
    else others.push(task);
  }
  return [...(behind.get("") ?? []), ...merged.flatMap((task) => [task, ...(behind.get(rowKey(task)) ?? [])])];
}

function mergeTask(fork: PlannedTask, standing: PlannedTask, branch: PlannedTask): PlannedTask {
  if (sameDeclaration(fork, branch)) return standing;
  if (sameDeclaration(fork, standing)) return branch;
  const was = new Map<string, unknown>(Object.entries(fork));
  const changed = Object.entries(branch).filter(([field, value]) => !sameJson(was.get(field), value));
  return { ...standing, ...Object.fromEntries(changed) };
}
