import { expect, test } from "vitest";
import { files, people } from "./plans.ts";
import { makeDue, open, type Stage, setStage } from "./stage.ts";
import { until } from "./until.ts";

const minute = 60_000;
const edits = "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}";

async function installed(): Promise<Stage> {
  const stage = await setStage({ files, people, environment: { SUMMARY_INTERVAL_SECONDS: "30" } });
  await stage.sandbox.install([stage.repository]);
  await untilOnlyComments(stage);
  stage.sandbox.clock.advance(minute);
  return stage;
}

/** Whatever keeps a comment up to date: the summary, and what is said in issues of blocked tasks. */
const keepers = "(key like '%:summary' or key like '%:blockers' or key like '%:blocker:%')";

const due = "(locked_at is not null or run_at <= now())";

/** Everything has been taken in and performed but what a comment has to wait for. */
async function untilOnlyComments({ sandbox, pool }: Stage): Promise<void> {
  await until("only comments wait", async () => {
    await sandbox.settled();
    await makeDue(pool, "key like '%:moved'");
    const { rows } = await pool.query(
      `select (select count(*) from inbox where state = 'waiting')
            + (select count(*) from graphile_worker._private_jobs where (${open} and not ${keepers}) or (${keepers} and ${due})) as left`,
    );
    return Number(rows[0]?.left) === 0;
  });
}

/** The jobs are run now, whatever they wait for; `later`: and so much time has gone by since each comment was written. */
async function run(stage: Stage, later = "0 s"): Promise<void> {
  await stage.pool.query("update posts set at = at - $1::interval where key like 'summary:%' or key like 'blocker:%'", [later]);
  await stage.pool.query(`update graphile_worker._private_jobs set run_at = now() where ${keepers} and locked_at is null`);
  await untilOnlyComments(stage);
}

/** The seconds between the writing of a comment and the time at which its job runs next. */
async function waits({ pool }: Stage, post: string, job: string): Promise<number | null> {
  const { rows } = await pool.query(
    `select round(extract(epoch from job.run_at - post.at))::int as wait
     from posts as post, graphile_worker._private_jobs as job where post.key like $1 and job.key like $2`,
    [post, job],
  );
  return rows[0]?.wait ?? null;
}

/** How often the app edited a comment of this issue. */
function written({ sandbox, repository }: Stage, issue: number): number {
  const [comment] = repository.comments(issue).filter(({ byApp }) => byApp);
  return sandbox.exchanges.filter(({ route, path }) => route === edits && path.endsWith(`/${comment?.id}`)).length;
}

const textOf = ({ repository }: Stage, issue: number): string => repository.comments(issue).find(({ byApp }) => byApp)?.body ?? "";

test("however many tasks move, the plan summary is written once in 30 seconds, with all of them", async () => {
  const stage = await installed();
  const { repository, sandbox } = stage;
  const summary = repository.issues.find(({ byApp }) => byApp)?.number ?? 0;
  expect(textOf(stage, summary)).toContain("AUTH-005");
  expect(written(stage, summary)).toBe(0);

  for (const id of ["AUTH-004", "AUTH-005", "ORG-006", "FE-004"]) {
    sandbox.clock.advance(minute);
    await repository.push({ branch: "main", by: "mira", commits: [{ message: `Closes ${id}`, files: { [`${id}.txt`]: "1" } }] });
    await untilOnlyComments(stage);
  }
  expect(written(stage, summary)).toBe(0);
  expect(await waits(stage, "summary:%", "%:summary")).toBe(30);
  // A job that runs too early, as one does that was asked for again, does not write either.
  await run(stage, "20 s");
  expect(written(stage, summary)).toBe(0);

  await run(stage, "10 s");
  expect(written(stage, summary)).toBe(1);
  expect(textOf(stage, summary)).toContain("7 of 8");
  sandbox.clock.advance(minute);
  await repository.push({ branch: "main", by: "mira", commits: [{ message: "Closes DEVOPS-035", files: { "d.txt": "1" } }] });
  await untilOnlyComments(stage);
  expect(written(stage, summary)).toBe(1);
  expect(await waits(stage, "summary:%", "%:summary")).toBe(30);
  expect(await stage.problems()).toEqual([]);
});

test("however many tasks move, the comment on a blocker is written once in 30 seconds, and tells how things stand then", async () => {
  const stage = await installed();
  const { repository, sandbox } = stage;
  const { number } = await repository.openIssue({ title: "AUTH-005: harden", by: "mira" });
  await untilOnlyComments(stage);
  sandbox.clock.advance(minute);
  await repository.label({ number, label: "blocked", by: "mira" });
  await untilOnlyComments(stage);
  await run(stage);
  expect(textOf(stage, number)).toContain("Holds up 2 tasks, 11 h");

  for (const command of ["/done FE-004", "/reopen FE-004", "/done DEVOPS-035", "/done FE-004"]) {
    sandbox.clock.advance(minute);
    await repository.comment({ issue: number, body: command, by: "mira" });
    await untilOnlyComments(stage);
  }
  sandbox.clock.advance(minute);
  await repository.unlabel({ number, label: "blocked", by: "mira" });
  await untilOnlyComments(stage);
  expect(written(stage, number)).toBe(0);
  expect(await waits(stage, `blocker:${number}`, "%:blockers")).toBe(30);
  await run(stage, "20 s");
  expect(written(stage, number)).toBe(0);

  await run(stage, "10 s");
  expect(written(stage, number)).toBe(1);
  expect(textOf(stage, number)).toContain("**Released.**");
  expect(await stage.problems()).toEqual([]);
});
