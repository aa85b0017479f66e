import type pg from "pg";
import { z } from "zod";
import { aliasesIn } from "../core/status/aliases.ts";
import type { Configuration, Fact, TaskMaterial } from "../core/words.ts";
import { factsOf, thingsMentioning } from "./gather-facts.ts";
import { newestFirst } from "./newest-first.ts";

const tokenRow = z.object({ token: z.string() });
const thingRow = z.object({ thing: z.string() });

/** Facts about the open pull requests that name a task which depends, by plan, on one of these. By index: few, however large the plan is. */
export async function pullsOnDependants(
  client: pg.ClientBase,
  repository: number,
  { tasks, configuration }: { readonly tasks: readonly TaskMaterial[]; readonly configuration: Configuration },
): Promise<readonly Fact[]> {
  if (tasks.length === 0) return [];
  const dependants = await client.query(
    "select distinct token from dependencies where repository_id = $1 and scope = any ($2) and depends_on = any ($3) and kind = 'plan'",
    [repository, [...new Set(tasks.map(({ scope }) => scope))], [...new Set(tasks.map(({ token }) => token))]],
  );
  const spellings = dependants.rows.flatMap((row) => aliasesIn(configuration).spellings(tokenRow.parse(row).token));
  const pulls = (await thingsMentioning(client, repository, spellings)).filter((thing) => thing.startsWith("pull:"));
  if (pulls.length === 0) return [];
  const open = await client.query(
    `select thing from (
       select distinct on (thing) thing, body ->> 'state' as state from facts
       where repository_id = $1 and thing = any ($2) and kind = 'pull' order by thing, ${newestFirst("facts")}
     ) as newest where state in ('open', 'draft')`,
    [repository, pulls],
  );
  return factsOf(client, repository, new Set(open.rows.map((row) => thingRow.parse(row).thing)));
}
