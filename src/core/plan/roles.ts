import type { Configuration, Plan } from "../words.ts";
import { matchesGlob } from "./glob.ts";

export type PlanRole = { readonly role: "plan" } | { readonly role: "snapshot"; readonly of: string };

/**
 * What each plan file of one repository is, by path. A file whose tasks stand in a PLAN block shows another plan: the one that
 * the configuration names it for, else the one in its folder that holds most, and at least half, of the block's tasks.
 * Every other file is a plan itself.
 */
export function rolesOf(plans: readonly Plan[], configuration: Configuration): ReadonlyMap<string, PlanRole> {
  const sources = plans.filter((plan) => !plan.block);
  return new Map(plans.map((plan) => [plan.path, roleOf(plan, sources, configuration)]));
}

function roleOf(plan: Plan, sources: readonly Plan[], configuration: Configuration): PlanRole {
  const shown = plan.block ? (named(plan, sources, configuration) ?? beside(plan, sources)) : undefined;
  return shown === undefined ? { role: "plan" } : { role: "snapshot", of: shown.path };
}

function named(plan: Plan, sources: readonly Plan[], configuration: Configuration): Plan | undefined {
  const setting = configuration.plans.find(({ snapshot }) => snapshot === plan.path);
  return setting && sources.find((source) => matchesGlob(setting.path, source.path));
}

function beside(plan: Plan, sources: readonly Plan[]): Plan | undefined {
  const tokens = new Set(plan.tasks.map((task) => task.token));
  const [best] = sources
    .filter((source) => folderOf(source.path) === folderOf(plan.path))
    .map((source) => ({ source, held: source.tasks.filter((task) => tokens.has(task.token)).length }))
    .filter(({ held }) => held > 0 && held * 2 >= tokens.size)
    .sort((a, b) => b.held - a.held || (a.source.path < b.source.path ? -1 : 1));
  return best?.source;
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);
