import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { matchesGlob } from "../core/plan/glob.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import { rolesOf } from "../core/plan/roles.ts";
import type { Configuration, Plan } from "../core/words.ts";
import { type Asked, plansAsked, type Root } from "./find-plan-files.ts";
import { textOf } from "./read-plan-file.ts";

/**
 * The files that show a plan in their block: the one that the configuration names, else those in the plan's folder whose block holds its
 * tasks. `plans` = the plans of that folder, the plan among them.
 */
export async function snapshotsOf(root: Root, plan: Plan, configuration: Configuration): Promise<readonly string[]> {
  const setting = configuration.plans.find(({ path, snapshot }) => snapshot !== null && matchesGlob(path, plan.path));
  if (setting?.snapshot) return [setting.snapshot];
  const plans = await plansBeside(root, plan, configuration);
  const roles = rolesOf(plans, configuration);
  return plans.flatMap(({ path }) => {
    const role = roles.get(path);
    return role?.role === "snapshot" && role.of === plan.path ? [path] : [];
  });
}

/** The plan that a file's block shows; null where it is a plan itself. */
export async function sourceShownBy(root: Root, snapshot: Plan, configuration: Configuration): Promise<Plan | null> {
  const setting = configuration.plans.find((one) => one.snapshot === snapshot.path);
  const plans = await plansBeside(root, snapshot, configuration);
  const named = setting === undefined ? [] : await plansIn(root, await configured(root, setting.path, configuration));
  const all = [...plans, ...named.filter(({ path }) => !plans.some((one) => one.path === path))];
  const role = rolesOf(all, configuration).get(snapshot.path);
  return role?.role === "snapshot" ? (all.find(({ path }) => path === role.of) ?? null) : null;
}

async function configured(root: Root, glob: string, configuration: Configuration): Promise<readonly string[]> {
  const everywhere: Asked = { root, path: "", kind: "folder" };
  return (await plansAsked(everywhere, configuration)).filter((path) => matchesGlob(glob, path));
}

async function plansBeside(root: Root, plan: Plan, configuration: Configuration): Promise<readonly Plan[]> {
  const folder = plan.path.slice(0, plan.path.lastIndexOf("/") + 1);
  const entries = await readdir(join(root.folder, folder), { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => folder + entry.name);
  const known = (await plansAsked({ root, path: folder.slice(0, -1), kind: "folder" }, configuration)).filter((path) =>
    files.includes(path),
  );
  const others = await plansIn(
    root,
    [...new Set([...known, ...files.filter((path) => /\.(?:md|markdown)$/i.test(path))])].filter((path) => path !== plan.path),
  );
  return [plan, ...others];
}

async function plansIn(root: Root, paths: readonly string[]): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  for (const path of paths) {
    const { plan } = readPlan({ path, text: await textOf(root, path) });
    if (plan !== null) plans.push(plan);
  }
  return plans;
}
