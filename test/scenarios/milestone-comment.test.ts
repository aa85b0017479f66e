import { expect, test } from "vitest";
import { files, people } from "./plans.ts";
import { type Stage, type StageOptions, setStage } from "./stage.ts";
import { until } from "./until.ts";

const minute = 60_000;

/** The plan has been seen, and there is a milestone on GitHub of the title that the plan gives to its own. */
async function withMilestone(options: Partial<StageOptions> = {}): Promise<Stage> {
  const stage = await setStage({ files, people, ...options });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  await aMinuteLater(stage);
  await then(stage, () => stage.repository.openMilestone({ title: "login for everyone", by: "mira" }));
  return stage;
}

async function then(stage: Stage, act: () => Promise<unknown>): Promise<void> {
  stage.sandbox.clock.advance(minute);
  await act();
  await stage.settle();
}

/** An issue of the milestone, given to it after it was opened. */
async function withIssue(stage: Stage, title = "Track the login"): Promise<number> {
  const { number } = await stage.repository.openIssue({ title, by: "mira" });
  await then(stage, () => stage.repository.editIssue({ number, milestone: 1, by: "mira" }));
  return number;
}

const waiting = "key like '%:milestones:make'";

const endWait = ({ pool }: Stage) =>
  pool.query(`update graphile_worker._private_jobs set run_at = now() where ${waiting} and locked_at is null`);

/** It has been quiet for a minute, so that what waited for that is written. */
async function aMinuteLater(stage: Stage): Promise<void> {
  await endWait(stage);
  await until("no comment on a milestone waits", async () => {
    const { rows } = await stage.pool.query(`select count(*) as open from graphile_worker._private_jobs where ${waiting}`);
    return Number(rows[0]?.open) === 0;
  });
  await stage.settle();
}

const said = ({ repository }: Stage, issue: number): readonly string[] =>
  repository.comments(issue).flatMap(({ byApp, body }) => (byApp ? [body] : []));

test("an issue that is given a milestone gets one comment a minute later, which is kept true; a second issue of it gets none", async () => {
  const stage = await withMilestone();
  const issue = await withIssue(stage);
  expect(said(stage, issue)).toEqual([]);
  await aMinuteLater(stage);
  expect(said(stage, issue)).toHaveLength(1);
  expect(said(stage, issue)[0]).toContain("## Milestone M1 Login for everyone");
  expect(said(stage, issue)[0]).toContain("3 of 8 tasks");

  const second = await withIssue(stage, "Another one");
  await aMinuteLater(stage);
  await then(stage, () => stage.repository.comment({ issue, body: "/done AUTH-004", by: "mira" }));
  await aMinuteLater(stage);
  expect(said(stage, second)).toEqual([]);
  expect(said(stage, issue)).toHaveLength(1);
  expect(said(stage, issue)[0]).toContain("4 of 8 tasks");
  expect(await stage.problems()).toEqual([]);
});
