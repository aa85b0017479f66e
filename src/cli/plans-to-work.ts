import { join, relative, sep } from "node:path";
import { defaultConfiguration, readConfiguration } from "../core/plan/configuration.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import { rolesOf } from "../core/plan/roles.ts";
import { type Configuration, Fault, type Plan, type Problem } from "../core/words.ts";
import { askedFor, configurationFile, plansAsked, type Root } from "./find-plan-files.ts";
import { readPlanFile, textOf } from "./read-plan-file.ts";
import { workFolder } from "./step-marks.ts";

/** A plan to work on. `shown` = its path as the reader wrote it, `key` = from the folder whose work is remembered together. */
export type PlanToWork = { readonly plan: Plan; readonly shown: string; readonly key: string };

export type PlansToWork = { readonly plans: readonly PlanToWork[]; readonly problems: readonly Problem[]; readonly folder: string };

/** Reads the plans that an argument asks for, those left aside that only show another. `wrong` = how it was wrongly asked. */
export async function plansToWork(path: string, cwd: string): Promise<PlansToWork | { readonly wrong: string }> {
  const asked = await askedFor(path, cwd);
  if (asked === null) return { wrong: `there is no file or folder ${path}` };
  const { root } = asked;
  try {
    const configuration = await settingsOf(root);
    const paths = await plansAsked(asked, configuration);
    const named = asked.kind === "file";
    const readings = [];
    for (const one of paths) readings.push(readPlan({ ...(await readPlanFile(root, one)), named }));
    const found = readings.flatMap(({ plan }) => (plan === null ? [] : [plan]));
    const roles = rolesOf(found, configuration);
    const folder = await workFolder(root.folder);
    const plans = found
      .filter((plan) => named || roles.get(plan.path)?.role !== "snapshot")
      .map((plan) => ({ plan, shown: root.shown(plan.path), key: relative(folder, join(root.folder, plan.path)).split(sep).join("/") }));
    const problems = readings.flatMap((reading) => reading.problems).map((one) => ({ ...one, path: root.shown(one.path) }));
    return { plans, problems, folder };
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault("a file or folder cannot be read", { cause, next: { kind: "give-up" } });
  }
}

async function settingsOf(root: Root): Promise<Configuration> {
  const path = await configurationFile(root);
  return path === null ? defaultConfiguration : (readConfiguration(await textOf(root, path), path).configuration ?? defaultConfiguration);
}
