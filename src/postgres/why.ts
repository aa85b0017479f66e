import type pg from "pg";
import { z } from "zod";
import { normalise } from "../core/plan/token.ts";
import { type Why, whyOf } from "../core/status/why.ts";
import { tasksWith } from "./gather-stored.ts";

const repositoryRow = z.object({ id: z.coerce.number(), name: z.string() });

/** Why the tasks of this id have their status, in every repository, or in the one named `owner/name`. Empty: there is no such task. */
export async function whyTasks(
  pool: pg.Pool,
  asked: { readonly repository: string | null; readonly id: string },
): Promise<readonly { readonly repository: string; readonly task: string; readonly title: string; readonly why: Why }[]> {
  const { rows } = await pool.query(
    `select id, owner || '/' || name as name from repositories where $1::text is null or owner || '/' || name = $1 order by name`,
    [asked.repository],
  );
  const told = [];
  for (const { id: repository, name } of rows.map((row) => repositoryRow.parse(row))) {
    for (const { scope, declared, stored } of await tasksWith(pool, repository, [normalise(asked.id)])) {
      if (stored === null) continue;
      const why = whyOf(declared.id, stored.state, stored.history);
      told.push({ repository: name, task: `${scope}#${declared.id}`, title: declared.title, why });
    }
  }
  return told;
}
