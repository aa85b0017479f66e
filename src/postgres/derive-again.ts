import type pg from "pg";
import { z } from "zod";
import { rulesEdition } from "../core/status/rules-edition.ts";
import { type Fact, factSchema } from "../core/words.ts";
import { addReadings } from "./add-readings.ts";
import { storeMentions } from "./remember.ts";

const askedRow = z.object({ repository: z.number(), before: z.number() });

/**
 * Puts a reading into the lane of each repository whose tasks other rules than these had a hand in: all of it is derived again, behind what
 * happens now. Asked for as often as one likes, it waits once. `reopen` = also where one was parked. Answers with how many.
 */
export async function askToDeriveAgain(
  client: pg.Pool | pg.ClientBase,
  { most, reopen }: { readonly most: number | null; readonly reopen: boolean },
): Promise<number> {
  const { rows } = await client.query(
    `select id as repository, (select count(*)::int from inbox where lane = 'repository:' || repositories.id and event = $4 and state = 'done') as before
     from repositories
     where rules <> $1 and not exists (
       select from inbox where lane = 'repository:' || repositories.id and event = $4 and (state = 'waiting' or (state = 'parked' and not $3))
     )
     order by id limit $2`,
    [rulesEdition, most, reopen, "reading.again"],
  );
  const asked = rows.map((row) => askedRow.parse(row));
  await addReadings(
    client,
    asked.map(({ repository, before }) => ({
      id: `again:${repository}:${rulesEdition}:${before}`,
      kind: "again",
      body: { repository },
      repository,
      live: false,
    })),
  );
  return asked.length;
}

const bodyRow = z.object({ body: factSchema });
/** Facts whose mentions are read at a time. */
const factsAtOnce = 2000;

/**
 * Reads all facts anew: what their texts mention is indexed as these rules have it, and what plan versions stated is forgotten, to be stated again.
 * Answers with the facts that are to be taken in as if they had just come, so that every plan is read and every task derived.
 */
export async function takeInAgain(client: pg.ClientBase, repository: number): Promise<readonly Fact[]> {
  await client.query("delete from mentions where repository_id = $1", [repository]);
  await client.query("delete from plan_changes where repository_id = $1", [repository]);
  const again: Fact[] = [];
  let after = "";
  for (;;) {
    const { rows } = await client.query("select body from facts where repository_id = $1 and id > $2 order by id limit $3", [
      repository,
      after,
      factsAtOnce,
    ]);
    const facts = rows.map((row) => bodyRow.parse(row).body);
    await storeMentions(client, repository, facts);
    again.push(...facts.filter(({ kind }) => kind === "plan" || kind === "repository"));
    const last = facts.at(-1);
    if (last === undefined || facts.length < factsAtOnce) return again;
    after = last.id;
  }
}

/**
 * Says by which rules the repository's tasks are derived now: by these where they were before, or where the batch derived all of them; else by
 * several. What these made of it is shown by the next look at the repository, which falls due at once.
 */
export async function stampRules(client: pg.ClientBase, repository: number, derivedAll: boolean): Promise<void> {
  const { rowCount } = await client.query(
    "update repositories set rules = case when $3 then $2 else 0 end where id = $1 and rules <> $2 and (rules <> 0 or $3)",
    [repository, rulesEdition, derivedAll],
  );
  if (rowCount === 0 || !derivedAll) return;
  await client.query("update due_work set due_at = least(due_at, now()) where repository_id = $1 and what = 'look'", [repository]);
}

/** Whether other rules than these had a hand in the repository's tasks. */
export async function isDerivedOtherwise(client: pg.ClientBase, repository: number): Promise<boolean> {
  const { rowCount } = await client.query("select from repositories where id = $1 and rules <> $2", [repository, rulesEdition]);
  return rowCount !== 0;
}
