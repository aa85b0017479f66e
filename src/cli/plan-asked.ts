import { defaultConfiguration, readConfiguration } from "../core/plan/configuration.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import type { PlanFile } from "../core/plan/source.ts";
import { Fault, type Plan, type Problem, type Scope } from "../core/words.ts";
import { askedFor, configurationFile, plansAsked, type Root } from "./find-plan-files.ts";
import { readPlanFile, textOf } from "./read-plan-file.ts";

/** The one plan that a command is about. `plan` null: the file is none, and `problems` say why. `shown` = its path as the reader wrote it. */
export type PlanAsked = {
  readonly root: Root;
  readonly file: PlanFile;
  readonly shown: string;
  readonly plan: Plan | null;
  readonly problems: readonly Problem[];
  readonly because: string;
};

/** Reads the plan that an argument names: a file, a folder of task files, or a folder that holds one plan. `wrong` = how it was wrongly asked. */
export async function planAsked(argument: string, cwd: string): Promise<PlanAsked | { readonly wrong: string }> {
  const asked = await askedFor(argument, cwd);
  if (asked === null) return { wrong: `there is no file or folder ${argument}` };
  const { root } = asked;
  try {
    const settings = await configurationFile(root);
    const read = settings === null ? null : readConfiguration(await textOf(root, settings), settings).configuration;
    const [path, ...more] = await plansAsked(asked, read ?? defaultConfiguration);
    if (path === undefined) return { wrong: `${argument} holds no plan` };
    if (more.length > 0)
      return { wrong: `${argument} holds several plans (${[path, ...more].slice(0, 5).map(root.shown).join(", ")} …); name one` };
    const file = { ...(await readPlanFile(root, path)), named: true };
    const { plan, problems, because } = readPlan(file);
    return {
      root,
      file,
      shown: root.shown(path),
      plan,
      problems: problems.map((one) => ({ ...one, path: root.shown(one.path) })),
      because,
    };
  } catch (cause) {
    throw new Fault("a file or folder cannot be read", { cause, next: { kind: "give-up" } });
  }
}

export const hasError = (problems: readonly Problem[]): boolean => problems.some(({ severity }) => severity === "error");

/** How a scope of a plan is named to the reader: a part of its file by what stands behind the file's name (`#loop`), others as paths. */
export const scopeName = ({ path }: Plan, scope: Scope, shown: (path: string) => string): string =>
  scope.startsWith(`${path}#`) ? scope.slice(path.length) : shown(scope);

/** Whether a scope is the one that somebody names (`loop`, `#loop`, `tasks.json#loop`). */
export function isScope(
  plan: Plan,
  scope: Scope,
  { name, shown }: { readonly name: string; readonly shown: (path: string) => string },
): boolean {
  const short = scopeName(plan, scope, shown);
  return [scope, shown(scope), short, short.replace(/^#/, "")].includes(name);
}
