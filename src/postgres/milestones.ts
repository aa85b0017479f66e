import type pg from "pg";
import { z } from "zod";
import { milestoneToken } from "../core/status/mentions.ts";
import { type Candidate, factSchema, roles, type Thing } from "../core/words.ts";
import type { MilestoneComment, Milestones } from "../ports.ts";
import { thingsMentioning } from "./gather-facts.ts";
import { newestFirst } from "./newest-first.ts";

/** The comments on milestones, and the issues that may have one. */
export function openMilestones(pool: pg.Pool): Milestones {
  return {
    comments: (repository) => commentsOf(pool, repository),
    openIssues: (repository, numbers) =>
      openIssues(
        pool,
        repository,
        numbers.map((number) => `issue:${number}`),
      ),
    issuesMeaning: async (repository, names) =>
      openIssues(pool, repository, await thingsMentioning(pool, repository, names.map(milestoneToken))),
  };
}

const candidateRow = z.object({ issue: factSchema, role: z.enum(roles).nullable() });

/** The newest snapshots of these things, without those that are closed or gone; and what is known of what their authors may do. */
async function openIssues(pool: pg.Pool, repository: number, things: readonly Thing[]): Promise<readonly Candidate[]> {
  if (things.length === 0) return [];
  const { rows } = await pool.query(
    `select newest.body as issue, (
         select permission.body ->> 'role' from facts as permission
         where permission.repository_id = $1 and permission.thing = newest.thing and permission.kind = 'permission'
           and permission.body ->> 'login' = newest.body -> 'author' ->> 'login'
         order by permission.at desc, permission.id desc limit 1
       ) as role
     from (
       select distinct on (issue.thing) issue.thing, issue.body from facts as issue
       where issue.repository_id = $1 and issue.thing = any ($2) and issue.kind = 'issue'
       order by issue.thing, ${newestFirst("issue")}
     ) as newest
     where newest.body ->> 'state' = 'open'`,
    [repository, things],
  );
  return rows.flatMap((row) => {
    const { issue, role } = candidateRow.parse(row);
    return issue.kind === "issue" ? [{ issue, role }] : [];
  });
}

const commentRow = z.object({ issue: z.number(), name: z.string(), names: z.array(z.string()) });

/** Empty where none was ever written. */
async function commentsOf(pool: pg.Pool, repository: number): Promise<readonly MilestoneComment[]> {
  const { rows } = await pool.query("select body from posts where repository_id = $1 and key like 'milestone:%' order by at", [repository]);
  return rows.map((row) => z.object({ body: commentRow }).parse(row).body);
}
