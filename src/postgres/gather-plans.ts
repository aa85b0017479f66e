import type pg from "pg";
import { z } from "zod";
import { readConfiguration } from "../core/plan/configuration.ts";
import { matchesGlob } from "../core/plan/glob.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import {
  type ConfigurationVersion,
  type Fact,
  factSchema,
  type PlanFact,
  type PlanMaterial,
  type PlanReading,
  type PlanRow,
  type PlanVersion,
} from "../core/words.ts";
import { planRowSchema } from "./stored.ts";

/** What plan files and configuration have to say to this batch; without a new version of either, only the configuration in force. */
export async function gatherPlans(client: pg.ClientBase, repository: number, fresh: readonly Fact[]): Promise<PlanMaterial> {
  const configurations = await configurationsOf(client, repository);
  const defaultBranch = await defaultBranchOf(client, repository);
  const base = { configurations, defaultBranch };
  const isPlanWork = fresh.some((fact) => fact.kind === "plan" || fact.kind === "configuration" || fact.kind === "repository");
  if (!isPlanWork) return { ...base, stored: [], versions: new Map() };
  const stored = await planRowsOf(client, repository);
  const freshIds = new Set(fresh.map((fact) => fact.id));
  const facts = await planFactsOf(client, repository);
  const configured = fresh.some((fact) => fact.kind === "configuration");
  const versions = new Map<string, readonly PlanVersion[]>();
  for (const [path, chain] of facts) {
    const keep = stored.find((row) => row.path === path)?.fact ?? null;
    const named = isNamed(path, configurations);
    if (keep === null && !(named && configured) && !chain.some((fact) => freshIds.has(fact.id))) continue;
    versions.set(path, await versionsThatMatter(client, { chain, freshIds, keep, named }));
  }
  return { ...base, stored, versions };
}

const bodyRow = z.object({ body: z.unknown() });

export async function planRowsOf(client: pg.ClientBase | pg.Pool, repository: number): Promise<readonly PlanRow[]> {
  const { rows } = await client.query("select body from plans where repository_id = $1 order by path", [repository]);
  return rows.map((row) => planRowSchema.parse(bodyRow.parse(row).body));
}

/** Paths that are, or were, plan files. */
export async function planPathsOf(client: pg.ClientBase, repository: number): Promise<ReadonlySet<string>> {
  const { rows } = await client.query("select path from plans where repository_id = $1", [repository]);
  return new Set(rows.map((row) => z.object({ path: z.string() }).parse(row).path));
}

/** Every configuration version known, read from its text. A repository has few, so they are read anew each time but for the cache. */
export async function configurationsOf(client: pg.ClientBase | pg.Pool, repository: number): Promise<readonly ConfigurationVersion[]> {
  const { rows } = await client.query(
    `select facts.body, blobs.body as text
     from facts left join blobs on blobs.sha = facts.body ->> 'blob'
     where facts.repository_id = $1 and facts.thing = 'configuration'
     order by facts.at, facts.id`,
    [repository],
  );
  return rows.flatMap((row): readonly ConfigurationVersion[] => {
    const { body, text } = z.object({ body: factSchema, text: z.instanceof(Buffer).nullable() }).parse(row);
    if (body.kind !== "configuration") return [];
    const reading = readConfiguration(text?.toString("utf8") ?? "", body.path);
    return [{ fact: body.id, at: body.at, blob: body.blob, configuration: reading.configuration, problems: reading.problems }];
  });
}

/** Empty while the repository has not been read yet. */
async function defaultBranchOf(client: pg.ClientBase, repository: number): Promise<string> {
  const { rows } = await client.query("select default_branch from repositories where id = $1", [repository]);
  const row = rows[0];
  return row === undefined ? "" : z.object({ default_branch: z.string() }).parse(row).default_branch;
}

async function planFactsOf(client: pg.ClientBase, repository: number): Promise<ReadonlyMap<string, readonly PlanFact[]>> {
  const { rows } = await client.query("select body from facts where repository_id = $1 and kind = 'plan' order by at, id", [repository]);
  const chains = new Map<string, PlanFact[]>();
  for (const row of rows) {
    const fact = factSchema.parse(bodyRow.parse(row).body);
    if (fact.kind !== "plan") continue;
    const chain = chains.get(fact.path);
    if (chain === undefined) chains.set(fact.path, [fact]);
    else chain.push(fact);
  }
  return chains;
}

/** Whether any known configuration names the file. One that did so once is enough: what a version says must not change with the settings. */
export function isNamed(path: string, configurations: readonly ConfigurationVersion[]): boolean {
  return configurations.some(({ configuration }) => configuration?.plans.some((plan) => matchesGlob(plan.path, path)) ?? false);
}

/** How many unreadable versions in a row are looked through for a readable one. */
const farthest = 50;

/**
 * New versions with the nearest readable one on either side, the stored newest one, and the newest of all; for a file that turns out to
 * be a plan only now, every version. A file with one version that is a plan by itself is a plan in all its versions (`named`).
 */
async function versionsThatMatter(
  client: pg.ClientBase,
  ask: {
    readonly chain: readonly PlanFact[];
    readonly freshIds: ReadonlySet<string>;
    readonly keep: string | null;
    readonly named: boolean;
  },
): Promise<readonly PlanVersion[]> {
  const { chain, keep } = ask;
  if (keep === null) return (await firstSight(client, chain, ask)) ?? [];
  const read = new Map<number, PlanVersion>();
  const readAt = async (index: number): Promise<PlanVersion | null> => {
    const fact = chain[index];
    if (fact === undefined) return null;
    const version = read.get(index) ?? { fact, reading: await readingOf(client, fact, true) };
    read.set(index, version);
    return version;
  };
  const toReadable = async (from: number, step: number): Promise<void> => {
    for (let index = from; index >= 0 && index < chain.length && Math.abs(index - from) < farthest; index += step) {
      const version = await readAt(index);
      if (version !== null && (version.reading === null || version.reading.plan !== null)) return;
    }
  };
  for (const [index, fact] of chain.entries()) {
    if (fact.id === keep) await readAt(index);
    if (!ask.freshIds.has(fact.id)) continue;
    await readAt(index);
    await toReadable(index - 1, -1);
    await toReadable(index + 1, 1);
  }
  await toReadable(chain.length - 1, -1);
  return [...read].sort(([a], [b]) => a - b).map(([, version]) => version);
}

/** All versions of a file that is a plan, by its name or by one of the new versions; null for any other file. */
async function firstSight(
  client: pg.ClientBase,
  chain: readonly PlanFact[],
  ask: { readonly freshIds: ReadonlySet<string>; readonly named: boolean },
): Promise<readonly PlanVersion[] | null> {
  let isPlan = ask.named;
  for (const fact of chain) if (!isPlan && ask.freshIds.has(fact.id)) isPlan = (await readingOf(client, fact, false))?.plan != null;
  if (!isPlan) return null;
  const versions: PlanVersion[] = [];
  for (const fact of chain) versions.push({ fact, reading: await readingOf(client, fact, true) });
  return versions;
}

/** Readings of plan texts by blob: a text of one sha never changes, and neighbours are read again with each new version. */
const readings = new Map<string, PlanReading>();
const mostReadings = 64;

async function readingOf(client: pg.ClientBase, fact: PlanFact, named: boolean): Promise<PlanReading | null> {
  if (fact.blob === null) return null;
  const key = `${fact.blob} ${named} ${fact.path}`;
  const known = readings.get(key);
  if (known !== undefined) return known;
  const { rows } = await client.query("select body from blobs where sha = $1", [fact.blob]);
  const row = rows[0];
  const text =
    row === undefined
      ? null
      : z
          .object({ body: z.instanceof(Buffer) })
          .parse(row)
          .body.toString("utf8");
  const reading: PlanReading =
    text === null ? { plan: null, problems: [], because: "its text was not stored" } : readPlan({ path: fact.path, text, named });
  readings.set(key, reading);
  const oldest = readings.keys().next().value;
  if (readings.size > mostReadings && oldest !== undefined) readings.delete(oldest);
  return reading;
}
