import type pg from "pg";
import { z } from "zod";
import { rowKey } from "../core/plan/compare.ts";
import { canonicalJson, type Planned, type PlannedTask } from "../core/words.ts";
import { forgetFolds } from "./kept-folds.ts";

/** Writes what plan files now say: their rows, what their versions state, and the tasks they declare. Statuses are left to `commit`. */
export async function declare(client: pg.ClientBase, repository: number, planned: Planned): Promise<void> {
  for (const row of planned.plans) {
    await client.query(
      `insert into plans (repository_id, path, role, body) values ($1, $2, $3, $4)
       on conflict (repository_id, path) do update set role = excluded.role, body = excluded.body`,
      [repository, row.path, row.role, canonicalJson(row)],
    );
  }
  for (const statement of planned.statements) await storeStatements(client, repository, statement);
  if (planned.declared.size + planned.former.size === 0) return;
  const before = await homesDigest(client, repository);
  for (const [path, tasks] of planned.declared) {
    await storeDeclared(client, repository, path, tasks);
    await storeDependencies(client, repository, path, tasks);
  }
  for (const [path, tasks] of planned.former) await storeFormer(client, repository, path, tasks);
  // Which tasks a text means depends on which ids there are, and where: texts of old would have to be read anew.
  if (before !== (await homesDigest(client, repository))) await forgetFolds(client, repository);
}

const digestRow = z.object({ digest: z.string() });

/** Changes with everything that reading texts depends on. Goes through the plan, as does whoever has read its file. */
async function homesDigest(client: pg.ClientBase, repository: number): Promise<string> {
  const { rows } = await client.query(
    `select count(*) || ' ' || coalesce(sum(hashtextextended(jsonb_build_array(scope, token, path, declared ->> 'id', title, present)::text, 0)), 0) as digest
     from tasks where repository_id = $1 and exists (select from kept_folds where repository_id = $1)`,
    [repository],
  );
  return digestRow.parse(rows[0]).digest;
}

/** Tasks that only older versions declare: there for their history, never shown as tasks of the plan. */
async function storeFormer(client: pg.ClientBase, repository: number, path: string, tasks: readonly PlannedTask[]): Promise<void> {
  await client.query(
    `insert into tasks (repository_id, scope, token, path, position, present, declared, title)
     select $1, scope, token, $2, 0, false, declared, title
     from unnest($3::text[], $4::text[], $5::jsonb[], $6::text[]) as said (scope, token, declared, title)
     on conflict do nothing`,
    [
      repository,
      path,
      tasks.map((task) => task.scope),
      tasks.map((task) => task.token),
      tasks.map(canonicalJson),
      tasks.map((task) => task.title),
    ],
  );
}

async function storeStatements(client: pg.ClientBase, repository: number, statement: Planned["statements"][number]): Promise<void> {
  await client.query("delete from plan_changes where repository_id = $1 and fact_id = $2", [repository, statement.fact]);
  await client.query(
    `insert into plan_changes (repository_id, path, fact_id, scope, token, body)
     select $1, $2, $3, scope, token, body from unnest($4::text[], $5::text[], $6::jsonb[]) as stated (scope, token, body)`,
    [
      repository,
      statement.path,
      statement.fact,
      statement.rows.map((row) => row.scope),
      statement.rows.map((row) => row.token),
      statement.rows.map(canonicalJson),
    ],
  );
}

/** Rows that are gone stay, marked: their history and audit are still told. */
async function storeDeclared(client: pg.ClientBase, repository: number, path: string, tasks: readonly PlannedTask[]): Promise<void> {
  // A list that is looked into by hash: as a join, Postgres without statistics of a new plan goes through all of it for each row.
  await client.query(
    "update tasks set present = false where repository_id = $1 and path = $2 and present and not (token || ' ' || scope = any ($3))",
    [repository, path, tasks.map(rowKey)],
  );
  // The file may have another name now, and its tasks the same scope.
  await client.query(
    `insert into tasks (repository_id, scope, token, path, position, present, declared, title)
     select $1, scope, token, $2, position, true, declared, title
     from unnest($3::text[], $4::text[], $5::int[], $6::jsonb[], $7::text[]) as said (scope, token, position, declared, title)
     on conflict (repository_id, scope, token) do update
       set path = excluded.path, position = excluded.position, present = true, declared = excluded.declared, title = excluded.title
       where (tasks.path, tasks.position, tasks.present, tasks.declared) is distinct from (excluded.path, excluded.position, true, excluded.declared)`,
    [
      repository,
      path,
      tasks.map((task) => task.scope),
      tasks.map((task) => task.token),
      tasks.map((_, index) => index),
      tasks.map(canonicalJson),
      tasks.map((task) => task.title),
    ],
  );
}

async function storeDependencies(client: pg.ClientBase, repository: number, path: string, tasks: readonly PlannedTask[]): Promise<void> {
  await client.query(
    `delete from dependencies
     where repository_id = $1 and kind = 'plan' and scope = any (array (select distinct scope from tasks where repository_id = $1 and path = $2))`,
    [repository, path],
  );
  const edges = tasks.flatMap((task) => [...new Set(task.dependencies)].map((on) => ({ scope: task.scope, token: task.token, on })));
  await client.query(
    `insert into dependencies (repository_id, scope, token, depends_on, kind)
     select $1, scope, token, depends_on, 'plan' from unnest($2::text[], $3::text[], $4::text[]) as edge (scope, token, depends_on)`,
    [repository, edges.map((edge) => edge.scope), edges.map((edge) => edge.token), edges.map((edge) => edge.on)],
  );
}
