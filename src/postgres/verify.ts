import type pg from "pg";
import { z } from "zod";
import { rowKey } from "../core/plan/compare.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import { absorb } from "../core/status/absorb.ts";
import { derive } from "../core/status/derive.ts";
import { isRelation, mentionsOf } from "../core/status/mentions.ts";
import {
  canonicalJson,
  type DerivedTask,
  type Fact,
  factSchema,
  type PlanFact,
  type Planned,
  type PlannedTask,
  type PlanVersion,
  type RowStatement,
  type TaskMaterial,
  type TasksMaterial,
} from "../core/words.ts";
import { proveChain } from "./audit.ts";
import { auditedHistory } from "./audited-history.ts";
import { isDerivedOtherwise } from "./derive-again.ts";
import { configurationsOf, isNamed, planRowsOf } from "./gather-plans.ts";
import { homesAmong, tasksWith } from "./gather-stored.ts";

export type Verdict = {
  readonly repository: number;
  readonly name: string;
  readonly facts: number;
  readonly tasks: number;
  /** Its tasks are to be derived again by the rules of this version: until then nothing can be said of them. */
  readonly waiting: boolean;
  readonly problems: readonly string[];
};

/**
 * Proves each repository: plans, statements, boards and histories as stored equal the full fold of all stored facts, the audit replayed
 * equals the histories since the plans are watched, and the audit chain holds. Nothing is repaired.
 */
export async function verifyAll(pool: pg.Pool): Promise<readonly Verdict[]> {
  const { rows } = await pool.query("select id, owner || '/' || name as name, default_branch as branch from repositories order by id");
  const verdicts: Verdict[] = [];
  for (const row of rows) {
    const { id, name, branch } = z.object({ id: z.number(), name: z.string(), branch: z.string() }).parse(row);
    verdicts.push({ repository: id, name, ...(await inOneSnapshot(pool, (client) => verifyOne(client, id, branch))) });
  }
  return verdicts;
}

/** All reads of one repository see one moment, so that a batch committed meanwhile is no difference. */
async function inOneSnapshot<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    return await work(client);
  } finally {
    await client.query("rollback").catch(() => undefined);
    client.release();
  }
}

async function verifyOne(client: pg.PoolClient, repository: number, defaultBranch: string): Promise<Omit<Verdict, "repository" | "name">> {
  const facts = await allFacts(client, repository);
  const stored = await tasksWith(client, repository, null);
  const chain = await proveChain(client, repository);
  const waiting = await isDerivedOtherwise(client, repository);
  return {
    facts: facts.length,
    tasks: stored.filter((task) => task.present).length,
    waiting,
    problems: [
      ...(waiting ? [] : await derivedProblems(client, repository, { facts, stored, defaultBranch })),
      ...(await auditProblems(client, repository, stored)),
      ...(chain.broken === null ? [] : [`audit chain: entry ${chain.broken.id}: ${chain.broken.why}`]),
    ],
  };
}

async function derivedProblems(
  client: pg.PoolClient,
  repository: number,
  known: { readonly facts: readonly Fact[]; readonly stored: readonly TaskMaterial[]; readonly defaultBranch: string },
): Promise<readonly string[]> {
  const { facts, stored } = known;
  const planned = await replan(client, repository, facts, known.defaultBranch);
  const material = await wholeMaterial(client, repository, { facts, planned, stored });
  return [
    ...(await planProblems(client, repository, planned.planned)),
    ...(await mentionProblems(client, repository, facts)),
    ...taskProblems(stored, derive(planned.planned, material, []).tasks),
  ];
}

async function allFacts(client: pg.PoolClient, repository: number): Promise<readonly Fact[]> {
  const { rows } = await client.query("select body from facts where repository_id = $1 order by at, id", [repository]);
  return rows.map((row) => z.object({ body: factSchema }).parse(row).body);
}

type Replanned = { readonly planned: Planned; readonly last: ReadonlyMap<string, PlannedTask> };

/** Every plan version read anew and absorbed at once. `last` = the newest row known of each scope and token. */
async function replan(client: pg.PoolClient, repository: number, facts: readonly Fact[], defaultBranch: string): Promise<Replanned> {
  const configurations = await configurationsOf(client, repository);
  const { rows } = await client.query(
    `select sha, body from blobs where sha in (select body ->> 'blob' from facts where repository_id = $1 and kind = 'plan')`,
    [repository],
  );
  const texts = new Map(
    rows
      .map((row) => z.object({ sha: z.string(), body: z.instanceof(Buffer) }).parse(row))
      .map((row) => [row.sha, row.body.toString("utf8")]),
  );
  const chains = new Map<string, PlanFact[]>();
  for (const fact of facts) if (fact.kind === "plan") chains.set(fact.path, [...(chains.get(fact.path) ?? []), fact]);
  const versions = new Map<string, readonly PlanVersion[]>();
  const last = new Map<string, PlannedTask>();
  for (const [path, chain] of chains) {
    const read = (fact: PlanFact, named: boolean) =>
      fact.blob === null ? null : readPlan({ path, text: texts.get(fact.blob) ?? "", named });
    const isPlan = isNamed(path, configurations) || chain.some((fact) => read(fact, false)?.plan != null);
    if (!isPlan) continue;
    const all = chain.map((fact) => ({ fact, reading: read(fact, true) }));
    versions.set(path, all);
    for (const { reading } of all) for (const task of reading?.plan?.tasks ?? []) last.set(rowKey(task), task);
  }
  return { planned: absorb({ configurations, defaultBranch, stored: [], versions }, facts), last };
}

async function wholeMaterial(
  client: pg.PoolClient,
  repository: number,
  known: { readonly facts: readonly Fact[]; readonly planned: Replanned; readonly stored: readonly TaskMaterial[] },
): Promise<TasksMaterial> {
  const { facts, planned, stored } = known;
  const stated = new Map<string, RowStatement[]>();
  for (const row of planned.planned.statements.flatMap((statement) => statement.rows))
    stated.set(rowKey(row), [...(stated.get(rowKey(row)) ?? []), row]);
  const present = new Set([...planned.planned.declared.values()].flatMap((tasks) => tasks.map(rowKey)));
  return {
    tasks: stored.map((task) => {
      const key = rowKey(task);
      return {
        ...task,
        declared: planned.last.get(key) ?? task.declared,
        present: present.has(key),
        stated: stated.get(key) ?? [],
        stored: null,
      };
    }),
    facts,
    mentions: facts.flatMap(mentionsOf).filter((mention) => !isRelation(mention.token)),
    homes: await homesAmong(
      client,
      repository,
      stored.map((task) => task.token),
    ),
    tracks: new Map(),
  };
}

/** Plan rows, and what versions state, against what is stored. */
async function planProblems(client: pg.PoolClient, repository: number, planned: Planned): Promise<readonly string[]> {
  const stored = new Map((await planRowsOf(client, repository)).map((row) => [row.path, row]));
  const rows = planned.plans.flatMap((row) => {
    const { watchedSince: _, ...expected } = row;
    const { watchedSince: __, ...found } = stored.get(row.path) ?? { watchedSince: 0 };
    return canonicalJson(found) === canonicalJson(expected) ? [] : [`plan ${row.path}: stored row differs from its newest version`];
  });
  const { rows: changes } = await client.query("select fact_id as fact, token, body from plan_changes where repository_id = $1", [
    repository,
  ]);
  const found = new Set(changes.map((row) => canonicalJson(z.object({ body: z.unknown() }).parse(row).body)));
  const expected = new Set(planned.statements.flatMap((statement) => statement.rows.map(canonicalJson)));
  const differs = found.size !== expected.size || [...expected].some((row) => !found.has(row));
  return [...rows, ...(differs ? [`plan statements: ${found.size} stored, ${expected.size} from the versions`] : [])];
}

async function mentionProblems(client: pg.PoolClient, repository: number, facts: readonly Fact[]): Promise<readonly string[]> {
  const { rows } = await client.query("select token, thing from mentions where repository_id = $1", [repository]);
  const found = new Set(
    rows.map((row) => z.object({ token: z.string(), thing: z.string() }).parse(row)).map((row) => `${row.token} ${row.thing}`),
  );
  const missing = facts.flatMap(mentionsOf).filter((mention) => !found.has(`${mention.token} ${mention.thing}`));
  return missing.slice(0, 5).map((mention) => `mention of ${mention.token} by ${mention.thing} is not indexed`);
}

/** Stored boards and histories against the full fold. */
function taskProblems(stored: readonly TaskMaterial[], derived: readonly DerivedTask[]): readonly string[] {
  const folded = new Map(derived.map((task) => [`${task.scope} ${task.token}`, task]));
  return stored.flatMap((task) => {
    const name = `${task.scope}#${task.declared.id}`;
    const full = folded.get(`${task.scope} ${task.token}`);
    if (full === undefined) return task.stored === null ? [] : [`${name}: stored, but the facts give it no status`];
    if (task.stored === null) return [`${name}: the facts give it ${full.folded.state.status}, but nothing is stored`];
    if (task.present !== full.present) return [`${name}: stored as ${task.present ? "present" : "removed"}, which the plan is not`];
    if (canonicalJson(task.stored.history) !== canonicalJson(full.folded.history))
      return [`${name}: its stored history is not the fold of its facts`];
    if (canonicalJson(task.stored.state) !== canonicalJson(full.folded.state))
      return [`${name}: its stored state is not the fold of its facts`];
    return [];
  });
}

/** The audit, corrections applied, tells each transition of a history once. Within one second it may tell them in another order, as they came. */
async function auditProblems(client: pg.PoolClient, repository: number, stored: readonly TaskMaterial[]): Promise<readonly string[]> {
  const audited = await auditedHistory(client, repository);
  return stored.flatMap((task) => {
    const name = `${task.scope}#${task.declared.id}`;
    const expected = (task.stored?.history ?? []).filter((transition) => transition.at > task.watchedSince);
    return linesOf(expected) === linesOf(audited.get(name) ?? []) ? [] : [`${name}: the audit, replayed, is not its history`];
  });
}

const linesOf = (told: readonly { readonly at: number; readonly before: string | null; readonly after: string }[]): string =>
  told
    .map(({ at, before, after }) => `${at} ${before} ${after}`)
    .sort()
    .join("\n");
