import { join } from "node:path";
import { defaultConfiguration, readConfiguration } from "../core/plan/configuration.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import { regenerateSnapshot, type Snapshot } from "../core/plan/snapshot.ts";
import { type Configuration, Fault, type Plan, type Problem } from "../core/words.ts";
import { type Asked, askedFor, configurationFile, plansAsked, type Root } from "./find-plan-files.ts";
import { snapshotsOf, sourceShownBy } from "./find-snapshot.ts";
import { readPlanFile, textOf } from "./read-plan-file.ts";

/** A Markdown file with a plan's block: as it is shown to the reader, where it is, what it holds and what it is to hold. */
export type Target = { readonly shown: string; readonly file: string; readonly before: string; readonly after: Snapshot };

/** A plan to be shown, and the file whose block shows it, if there is one. `problems` are the plan's. */
export type Rendering = {
  readonly plan: Plan;
  readonly shown: string;
  readonly problems: readonly Problem[];
  readonly target: Target | null;
};

/** Reads the plan that is asked for, or the one that the file asked for shows, and finds the file with its block. `wrong` = how it was wrongly asked. */
export async function renderingOf(
  { path, into }: { readonly path: string; readonly into: string | null },
  cwd: string,
): Promise<Rendering | { readonly wrong: string }> {
  const asked = await askedFor(path, cwd);
  if (asked === null) return { wrong: `there is no file or folder ${path}` };
  const given = into === null ? null : await askedFor(into, cwd);
  if (into !== null && given?.kind !== "file") return { wrong: `there is no file ${into}` };
  try {
    return await found(asked, given);
  } catch (cause) {
    throw new Fault("a file or folder cannot be read", { cause, next: { kind: "give-up" } });
  }
}

async function found(asked: Asked, given: Asked | null): Promise<Rendering | { readonly wrong: string }> {
  const { root } = asked;
  const configuration = await settingsOf(root);
  const [path, ...more] = await plansAsked(asked, configuration);
  if (path === undefined || more.length > 0)
    return { wrong: `${asked.path || "this folder"} holds ${path === undefined ? "no plan" : "several plans; name one"}` };
  const { plan: read, problems, because } = readPlan({ ...(await readPlanFile(root, path)), named: true });
  if (read === null) return { wrong: `${root.shown(path)} is no plan: ${because}` };
  const source = read.block && given === null ? await sourceShownBy(root, read, configuration) : null;
  const plan = source ?? read;
  const places = source !== null ? [path] : given === null ? await snapshotsOf(root, plan, configuration) : [];
  if (places.length > 1) return { wrong: `several files show this plan (${places.map(root.shown).join(", ")}); name one with --into` };
  const at = given ?? (places[0] === undefined ? null : { root, path: places[0] });
  const target = at === null ? null : await targetAt(at, plan);
  const told = (source === null ? problems : await problemsOf(root, plan)).map((one) => ({ ...one, path: root.shown(one.path) }));
  return { plan, shown: root.shown(plan.path), problems: told, target };
}

async function targetAt({ root, path }: { readonly root: Root; readonly path: string }, plan: Plan): Promise<Target> {
  const before = await textOf(root, path);
  return { shown: root.shown(path), file: join(root.folder, path), before, after: regenerateSnapshot(before, plan) };
}

async function problemsOf(root: Root, { path }: Plan): Promise<readonly Problem[]> {
  return readPlan({ ...(await readPlanFile(root, path)), named: true }).problems;
}

async function settingsOf(root: Root): Promise<Configuration> {
  const path = await configurationFile(root);
  return path === null ? defaultConfiguration : (readConfiguration(await textOf(root, path), path).configuration ?? defaultConfiguration);
}
