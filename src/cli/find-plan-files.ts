import { open, readdir, stat } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { configurationPaths } from "../core/plan/configuration.ts";
import { matchesGlob } from "../core/plan/glob.ts";
import { mayBePlan } from "../core/plan/may-be-plan.ts";
import { largestPlan } from "../core/plan/read-plan.ts";
import type { Configuration } from "../core/words.ts";

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

/** Files below a folder that may be plans, or that the configuration names. Links and hidden folders are passed over. */
export async function filesBelow(asked: Asked, { plans }: Configuration): Promise<readonly string[]> {
  const files: string[] = [];
  const folders = [asked.path];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(join(asked.root.folder, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules") folders.push(path);
      if (!entry.isFile()) continue;
      const below = asked.path === "" ? path : path.slice(asked.path.length + 1);
      const named = plans.some((plan) => plan.snapshot === path || matchesGlob(plan.path, path));
      if (named || mayBePlan(below)) files.push(path);
    }
  }
  return files.sort();
}

/** The configuration file of a root, if there is one. */
export async function configurationFile(root: Root): Promise<string | null> {
  for (const path of configurationPaths) {
    const found = await stat(join(root.folder, path)).catch(() => null);
    if (found?.isFile()) return path;
  }
  return null;
}

/** A file's text; of one too large to be a plan only so much that the reader can tell. */
export async function textOf(root: Root, path: string): Promise<string> {
  const file = await open(join(root.folder, path));
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(Math.min(size, largestPlan + 1)) });
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

const slashed = (path: string): string => path.split(sep).join("/");
