import type pg from "pg";
import { z } from "zod";
import { rowKey } from "../core/plan/compare.ts";
import { canonicalJson, type Keeping, type KeepLimits, type KeptFold, type Token } from "../core/words.ts";
import { rulesStamp } from "./rules-stamp.ts";

/** Measured: below some hundreds of events folding anew costs no more than keeping; disorder of the newest hundred moves nothing kept. */
export const usualLimits: KeepLimits = { outside: 128, most: 384, branches: 64 };

const keptRow = z.object({
  scope: z.string(),
  token: z.string(),
  at: z.number(),
  steps: z.number(),
  rules: z.string(),
  body: z.unknown(),
  tail: z.array(z.object({ key: z.string(), body: z.unknown() })),
  past: z.array(z.string()),
});

/**
 * Kept folds of the tasks with these tokens, by `rowKey`, with those of the names that are in their past; null where one was folded by other rules than these, or all tasks are asked for
 * (no tokens). Tasks without one are missing.
 */
export async function keptFoldsOf(
  client: pg.ClientBase,
  repository: number,
  { tokens, names }: { readonly tokens: readonly Token[] | null; readonly names: readonly string[] },
): Promise<ReadonlyMap<string, KeptFold | null>> {
  if (tokens === null) return new Map([...(await keptTasksOf(client, repository))].map((task) => [task, null]));
  const { rows } = await client.query(
    `select scope, token, at, steps, rules, body, coalesce((
       select jsonb_agg(jsonb_build_object('key', key, 'body', kept_events.body)) from kept_events
       where kept_events.repository_id = $1 and kept_events.scope = kept_folds.scope and kept_events.token = kept_folds.token
     ), '[]') as tail, array(
       select name from kept_names
       where kept_names.repository_id = $1 and kept_names.scope = kept_folds.scope and kept_names.token = kept_folds.token and name = any ($3)
     ) as past
     from kept_folds where repository_id = $1 and token = any ($2)`,
    [repository, tokens, names],
  );
  if (rows.length === 0) return new Map();
  const stamp = await rulesStamp();
  return new Map(
    rows.map((row) => {
      const { scope, token, rules, past, ...fold } = keptRow.parse(row);
      return [rowKey({ scope, token }), rules === stamp ? { ...fold, past: new Set(past) } : null];
    }),
  );
}

const keyRow = z.object({ scope: z.string(), token: z.string() });

async function keptTasksOf(client: pg.ClientBase, repository: number): Promise<ReadonlySet<string>> {
  const { rows } = await client.query("select scope, token from kept_folds where repository_id = $1", [repository]);
  return new Set(rows.map((row) => rowKey(keyRow.parse(row))));
}

/** When anything that no single task tells has changed under them, such as which ids there are: every task is folded whole next time. */
export async function forgetFolds(client: pg.ClientBase, repository: number): Promise<void> {
  await client.query("delete from kept_events where repository_id = $1", [repository]);
  await client.query("delete from kept_names where repository_id = $1", [repository]);
  await client.query("delete from kept_folds where repository_id = $1", [repository]);
}

/** Stores what is to be kept from now on. */
export async function storeKeepings(client: pg.ClientBase, repository: number, keepings: readonly Keeping[]): Promise<void> {
  for (const keeping of keepings) {
    const task = [repository, keeping.scope, keeping.token];
    if (keeping.kind === "tail") {
      await storeTail(client, task, keeping);
      continue;
    }
    await client.query("delete from kept_events where repository_id = $1 and scope = $2 and token = $3", task);
    await client.query("delete from kept_folds where repository_id = $1 and scope = $2 and token = $3", task);
    if (keeping.kind === "nothing" || !keeping.goesOn)
      await client.query("delete from kept_names where repository_id = $1 and scope = $2 and token = $3", task);
    if (keeping.kind === "nothing") continue;
    const { at, steps, body, tail, past } = keeping.fold;
    await client.query("insert into kept_folds (repository_id, scope, token, at, steps, rules, body) values ($1, $2, $3, $4, $5, $6, $7)", [
      ...task,
      at,
      steps,
      await rulesStamp(),
      JSON.stringify(body),
    ]);
    await storeTail(client, task, { added: tail, removed: [] });
    await client.query(
      "insert into kept_names (repository_id, scope, token, name) select $1, $2, $3, unnest($4::text[]) on conflict do nothing",
      [...task, [...past]],
    );
  }
}

async function storeTail(
  client: pg.ClientBase,
  task: readonly unknown[],
  { added, removed }: Pick<Extract<Keeping, { kind: "tail" }>, "added" | "removed">,
): Promise<void> {
  if (removed.length > 0)
    await client.query("delete from kept_events where repository_id = $1 and scope = $2 and token = $3 and key = any ($4)", [
      ...task,
      removed,
    ]);
  if (added.length === 0) return;
  await client.query(
    `insert into kept_events (repository_id, scope, token, key, body)
     select $1, $2, $3, key, body from unnest($4::text[], $5::jsonb[]) as said (key, body)`,
    [...task, added.map((event) => event.key), added.map((event) => canonicalJson(event.body))],
  );
}
