import { join } from "node:path";
import { editPlan } from "../core/plan/edit.ts";
import { contents, isFolderPath } from "../core/plan/folder.ts";
import { nearest, neighbourhood } from "../core/plan/nearest.ts";
import { readId } from "../core/plan/task-id.ts";
import { normalise } from "../core/plan/token.ts";
import type { Plan, PlannedTask, Problem, Status } from "../core/words.ts";
import { isScope, type PlanAsked, scopeName } from "./plan-asked.ts";
import { replaceFile } from "./replace-file.ts";
import { unifiedDiff } from "./unified-diff.ts";

export type SettingAsked = {
  readonly id: string;
  readonly status: Status;
  readonly date: string | null;
  readonly scope: string | null;
  readonly write: boolean;
};

/** What setting a status comes to. `hindrance` = why nothing is written, null where all could be; `before` null: the plan has no such task. */
export type Setting = {
  readonly path: string;
  readonly id: string;
  readonly before: Status | null;
  readonly after: Status;
  readonly diff: string;
  readonly written: boolean;
  readonly hindrance: string | null;
  readonly problems: readonly Problem[];
};

/** Sets a task's status as asked; files are written only where all that is asked can be said in them. `wrong` = how it was wrongly asked. */
export async function settingOf(found: PlanAsked, asked: SettingAsked): Promise<Setting | { readonly wrong: string }> {
  const { plan, shown, root, file } = found;
  const none = { path: shown, id: asked.id, before: null, after: asked.status, diff: "", written: false };
  if (plan === null) return { ...none, hindrance: found.because, problems: found.problems };
  const task = taskOf(plan, asked, root.shown);
  if ("wrong" in task) return task;
  if ("absent" in task) return { ...none, hindrance: task.absent, problems: [] };

  const to = { status: asked.status, ...(asked.date !== null && { completed: asked.date }) };
  const { text, problems } = editPlan(file, [{ kind: "set", scope: task.scope, token: task.token, to }]);
  const files = changedFiles(found, text);
  const told = problems.map((one) => ({ ...one, path: root.shown(one.path) }));
  const hindrance = told.length > 0 ? "not all of it can be said there" : asked.write ? await writeAll(files) : null;
  return {
    path: shown,
    id: task.id,
    before: task.status,
    after: asked.status,
    diff: files.map(({ shown: name, ...texts }) => unifiedDiff(name, texts)).join("\n"),
    written: asked.write && files.length > 0 && hindrance === null,
    hindrance,
    problems: told,
  };
}

function taskOf(
  plan: Plan,
  { id, scope }: SettingAsked,
  shown: (path: string) => string,
): PlannedTask | { readonly wrong: string } | { readonly absent: string } {
  const token = normalise(readId(id) ?? id);
  const alike = plan.tasks.filter((task) => task.token === token);
  const [first, second] = alike.filter((task) => scope === null || isScope(plan, task.scope, { name: scope, shown }));
  if (first !== undefined && second === undefined) return first;
  const scopes = alike.slice(0, 10).map((task) => scopeName(plan, task.scope, shown));
  if (second !== undefined) return { wrong: `${id} stands in the scopes ${scopes.join(", ")}; name one with --scope` };
  if (alike.length > 0) return { wrong: `${id} stands only in the scope ${scopes.join(", ")}` };
  const [near] = nearest(token, neighbourhood(plan.tasks.map((task) => task.token)));
  const known = plan.tasks.find((task) => task.token === near)?.id;
  return { absent: `there is no task ${id} in it${known === undefined ? "" : `; the nearest is ${known}`}` };
}

type ChangedFile = { readonly shown: string; readonly file: string; readonly before: string; readonly after: string };

/** The files that differ: the plan's own, or those of a folder of task files. */
function changedFiles({ root, shown, file }: PlanAsked, text: string): readonly ChangedFile[] {
  const whole = { shown, file: join(root.folder, file.path), before: file.text, after: text };
  if (!isFolderPath(file.path)) return text === file.text ? [] : [whole];
  const after = contents(text);
  return [...contents(file.text)].flatMap(([path, before]) => {
    const now = after.get(path) ?? before;
    return now === before ? [] : [{ shown: shown + path, file: join(root.folder, file.path, path), before, after: now }];
  });
}

/** Why they are not all written; null where they are. */
async function writeAll(files: readonly ChangedFile[]): Promise<string | null> {
  for (const { file, before, after } of files) {
    const replaced = await replaceFile(file, { before, after });
    if (replaced !== "written") return replaced === "changed meanwhile" ? "it was changed meanwhile" : `it is ${replaced}`;
  }
  return null;
}
