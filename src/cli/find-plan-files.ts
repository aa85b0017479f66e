import { readdir, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { memberOf } from "../core/plan/backlog/members.ts";
import { configurationPaths } from "../core/plan/configuration.ts";
import { isFolderPath } from "../core/plan/folder.ts";
import { matchesGlob } from "../core/plan/glob.ts";
import { hiddenPlanFolders, planPathOf } from "../core/plan/plan-path-of.ts";
import type { Configuration } from "../core/words.ts";
import { taskFilesIn } from "./read-plan-file.ts";

/** A folder that holds a repository or a part of it: the paths in its configuration count from here. `shown` = how its files are named to the reader. */
export type Root = { readonly folder: string; readonly shown: (path: string) => string };

/** What one argument of the command asks for; `path` is relative to the root, with `/`, and empty for the root itself. */
export type Asked = { readonly root: Root; readonly path: string; readonly kind: "file" | "folder" };

/** Where an argument points; null where nothing is there that could be read. */
export async function askedFor(argument: string, cwd: string): Promise<Asked | null> {
  const absolute = resolve(cwd, argument);
  const found = await stat(absolute).catch(() => null);
  if (found === null || !(found.isFile() || found.isDirectory())) return null;
  const inside = absolute === cwd || absolute.startsWith(cwd.endsWith(sep) ? cwd : cwd + sep);
  const folder = inside ? cwd : found.isFile() ? dirname(absolute) : absolute;
  const prefix = isAbsolute(argument) ? folder : relative(cwd, folder);
  const root = { folder, shown: (path: string) => slashed(join(prefix, path)) };
  return { root, path: slashed(relative(folder, absolute)), kind: found.isFile() ? "file" : "folder" };
}

/**
 * The plans that are asked for: below a folder all that may be plans by their paths, and those that the configuration names. A folder of
 * task files is one plan, whose path ends with `/`, and so is the plan of each file in it. Links are passed over, and hidden folders but
 * those where tools keep plans.
 */
export async function plansAsked(asked: Asked, { plans }: Configuration): Promise<readonly string[]> {
  const named = (path: string): boolean => plans.some((plan) => plan.snapshot === path || matchesGlob(plan.path, path));
  if (asked.kind === "file") {
    const plan = planPathOf(asked.path, named);
    return [plan !== null && isFolderPath(plan) ? plan : asked.path];
  }
  const found = new Set<string>();
  const folders = [asked.path];
  const above = asked.path === "" ? "" : `${asked.path}/`;
  const isTasks = await isTaskFolder(asked);
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(join(asked.root.folder, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && mayHoldPlans(entry.name)) folders.push(path);
      if (!entry.isFile()) continue;
      // What is asked for outright is read wherever it lies: there only what is below it tells whether it may be a plan.
      const below = path.slice(above.length);
      const plan = isTasks && /^(?:archive|drafts)\//.test(below) ? null : planPathOf(below);
      const own = isTasks && memberOf(below) !== null ? above || "./" : null;
      const chosen = own ?? planPathOf(path, named) ?? (plan === null ? null : above + plan);
      if (chosen !== null) found.add(chosen);
    }
  }
  return [...found].sort();
}

const mayHoldPlans = (name: string): boolean => (name.startsWith(".") ? hiddenPlanFolders.includes(name) : name !== "node_modules");

/** Whether the folder asked for is kept by Backlog.md: its name does not matter then. */
async function isTaskFolder({ root, path }: Asked): Promise<boolean> {
  const kinds = (await taskFilesIn(join(root.folder, path))).map(memberOf);
  return kinds.includes("config") && kinds.includes("task");
}

/** The configuration file of a root, if there is one. */
export async function configurationFile(root: Root): Promise<string | null> {
  for (const path of configurationPaths) {
    const found = await stat(join(root.folder, path)).catch(() => null);
    if (found?.isFile()) return path;
  }
  return null;
}

const slashed = (path: string): string => path.split(sep).join("/");
