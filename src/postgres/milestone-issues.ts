import type pg from "pg";
import { z } from "zod";
import { milestoneToken } from "../core/status/mentions.ts";
import { type Candidate, factSchema, roles } from "../core/words.ts";
import type { MilestoneComment } from "../ports.ts";
import { newestFirst } from "./newest-first.ts";

const candidateRow = z.object({ issue: factSchema, role: z.enum(roles).nullable() });

/** Those that ever went by one of these names, as they stand: perhaps not by that name any more. */
export async function issuesMeaning(pool: pg.Pool, repository: number, names: readonly string[]): Promise<readonly Candidate[]> {
  if (names.length === 0) return [];
  const { rows } = await pool.query(
    `select newest.body as issue, (
         select permission.body ->> 'role' from facts as permission
         where permission.repository_id = $1 and permission.thing = newest.thing and permission.kind = 'permission'
           and permission.body ->> 'login' = newest.body -> 'author' ->> 'login'
         order by permission.at desc, permission.id desc limit 1
       ) as role
     from (
       select distinct on (issue.thing) issue.thing, issue.body from facts as issue
       where issue.repository_id = $1 and issue.kind = 'issue'
         and issue.thing in (select thing from mentions where repository_id = $1 and token = any ($2))
       order by issue.thing, ${newestFirst("issue")}
     ) as newest
     where newest.body ->> 'state' = 'open'`,
    [repository, names.map(milestoneToken)],
  );
  return rows.flatMap((row) => {
    const { issue, role } = candidateRow.parse(row);
    return issue.kind === "issue" ? [{ issue, role }] : [];
  });
}

const commentRow = z.object({ issue: z.number(), name: z.string(), names: z.array(z.string()) });

/** Empty where none was ever written. */
export async function milestoneCommentsOf(pool: pg.Pool, repository: number): Promise<readonly MilestoneComment[]> {
  const { rows } = await pool.query("select body from posts where repository_id = $1 and key like 'milestone:%' order by at", [repository]);
  return rows.map((row) => z.object({ body: commentRow }).parse(row).body);
}
