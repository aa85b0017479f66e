import { expect, test } from "vitest";
import { files, people } from "./plans.ts";
import { waitingFor } from "./points.ts";
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
  await ended(stage, comparing);
}

/** An issue of the milestone, given to it after it was opened. */
async function withIssue(stage: Stage, title = "Track the login"): Promise<number> {
  const { number } = await stage.repository.openIssue({ title, by: "mira" });
  await then(stage, () => stage.repository.editIssue({ number, milestone: 1, by: "mira" }));
  return number;
}

/** Comments that stand are compared: this waits so that it is not done all the time. */
const comparing = "key like '%:milestones'";
/** Comments that are missing are made: this waits for quiet. */
const making = "key like '%:milestones:make'";

async function ended(stage: Stage, which: string): Promise<void> {
  await stage.pool.query(`update graphile_worker._private_jobs set run_at = now() where ${which} and locked_at is null`);
  const due = `${which} and (run_at <= now() or locked_at is not null)`;
  await until("no comment on a milestone is due", async () => {
    const { rows } = await stage.pool.query(`select count(*) as open from graphile_worker._private_jobs where ${due}`);
    return Number(rows[0]?.open) === 0;
  });
  await stage.settle();
}

/** It has been quiet for a minute. What comes of it may have to wait in turn. */
const aMinuteLater = (stage: Stage) => ended(stage, making);

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
  await then(stage, () => stage.repository.label({ number: second, label: "M1", by: "mira" }));
  await aMinuteLater(stage);
  await then(stage, () => stage.repository.comment({ issue, body: "/done AUTH-004", by: "mira" }));
  await aMinuteLater(stage);
  expect(said(stage, second)).toEqual([]);
  expect(said(stage, issue)).toHaveLength(1);
  expect(said(stage, issue)[0]).toContain("4 of 8 tasks");
  expect(await stage.problems()).toEqual([]);
});

test("an issue that gets the milestone's label gets the comment, and one that had it for a moment only gets none", async () => {
  const stage = await withMilestone();
  const { repository } = stage;
  const { number } = await repository.openIssue({ title: "What is to do", by: "mira" });
  const label = { number, label: "milestone: login for everyone", by: "mira" };
  await then(stage, () => repository.label(label));
  await then(stage, () => repository.unlabel(label));
  await aMinuteLater(stage);
  expect(said(stage, number)).toEqual([]);
  await then(stage, () => repository.label({ ...label, label: "m1" }));
  await aMinuteLater(stage);
  expect(said(stage, number)).toHaveLength(1);
  expect(await stage.problems()).toEqual([]);
});

test("an issue called like the milestone gets the comment when its author may triage, and not when a stranger opened it", async () => {
  const stage = await withMilestone();
  const { number: strange } = await stage.repository.openIssue({ title: "Login for everyone", by: "stranger" });
  await stage.settle();
  await aMinuteLater(stage);
  await aMinuteLater(stage);
  const { number: own } = await stage.repository.openIssue({ title: "Milestone: Login for everyone", by: "tess" });
  await stage.settle();
  await aMinuteLater(stage);
  expect(said(stage, own)).toEqual([]);
  await aMinuteLater(stage);
  expect(said(stage, strange)).toEqual([]);
  expect(said(stage, own)).toHaveLength(1);
  expect(await stage.problems()).toEqual([]);
});

test("an issue that belonged before the app came gets its comment when something of the milestone moves", async () => {
  const stage = await setStage({ files, people });
  const { repository } = stage;
  await repository.openMilestone({ title: "M1", by: "mira" });
  const { number } = await repository.openIssue({ title: "Track the login", by: "mira" });
  await repository.editIssue({ number, milestone: 1, by: "mira" });
  stage.sandbox.clock.advance(minute);
  await stage.sandbox.install([repository]);
  await stage.settle({ hasten: true });
  await aMinuteLater(stage);
  expect(said(stage, number)).toEqual([]);
  const { number: other } = await repository.openIssue({ title: "Anything else", by: "mira" });
  await then(stage, () => repository.label({ number: other, label: "bug", by: "mira" }));
  await aMinuteLater(stage);
  expect(said(stage, number)).toEqual([]);

  await then(stage, () => repository.comment({ issue: other, body: "/done AUTH-004", by: "mira" }));
  await aMinuteLater(stage);
  expect(said(stage, number)).toHaveLength(1);
  expect(await stage.problems()).toEqual([]);
});

test("a comment that somebody deleted comes back only with news, and that the milestone is reached is said once", async () => {
  const stage = await withMilestone();
  const { repository } = stage;
  const issue = await withIssue(stage);
  await aMinuteLater(stage);
  const remove = async () => {
    const [comment] = repository.comments(issue).filter(({ byApp }) => byApp);
    await repository.deleteComment({ id: comment?.id ?? 0, by: "octo" });
  };
  const say = (...lines: readonly string[]) =>
    then(stage, () => repository.comment({ issue, body: lines.join("\n"), by: "mira" })).then(() => aMinuteLater(stage));
  await then(stage, remove);
  await then(stage, () => repository.editIssue({ number: issue, body: "more words", by: "mira" }));
  await aMinuteLater(stage);
  expect(said(stage, issue)).toEqual([]);
  await say("/done AUTH-004");
  expect(said(stage, issue)).toHaveLength(1);

  await say(...["AUTH-005", "ORG-006", "FE-004", "DEVOPS-035"].map((id) => `/done ${id}`));
  const [reached = ""] = said(stage, issue);
  expect(reached).toContain("**Reached.** All 8 tasks are completed.");
  await say("/defer FE-004");
  expect(said(stage, issue)).toEqual([reached]);
  await say("/reopen FE-004");
  expect(said(stage, issue)).toEqual([expect.stringContaining("FE-004")]);
  await then(stage, remove);
  await say("/done FE-004");
  expect(said(stage, issue)).toEqual([]);
  expect(await stage.problems()).toEqual([]);
});

test("a closed issue keeps its comment as it was, and another open one of the milestone gets the next", async () => {
  const stage = await withMilestone();
  const { repository } = stage;
  const [first, second] = [await withIssue(stage), await withIssue(stage, "Another one")];
  await aMinuteLater(stage);
  const before = said(stage, first);
  expect([before.length, said(stage, second).length]).toEqual([1, 0]);
  await then(stage, () => repository.closeIssue({ number: first, by: "mira" }));
  await then(stage, () => repository.comment({ issue: second, body: "/done AUTH-004", by: "mira" }));
  expect(said(stage, second)).toEqual([]);
  await aMinuteLater(stage);
  expect(said(stage, first)).toEqual(before);
  expect(said(stage, second)).toEqual([expect.stringContaining("4 of 8 tasks")]);

  await then(stage, () => repository.reopenIssue({ number: first, by: "mira" }));
  await then(stage, () => repository.comment({ issue: second, body: "/done AUTH-005", by: "mira" }));
  await aMinuteLater(stage);
  expect(said(stage, first)).toEqual(before);
  expect(said(stage, second)).toEqual([expect.stringContaining("5 of 8 tasks")]);
  expect(await stage.problems()).toEqual([]);
});

test("a label that is renamed to a milestone's name lets the issues that carry it belong", async () => {
  const stage = await withMilestone();
  const { repository } = stage;
  const { number } = await repository.openIssue({ title: "What is to do", labels: ["alpha"], by: "mira" });
  await then(stage, () => repository.renameLabel({ label: "alpha", name: "M1", by: "mira" }));
  await aMinuteLater(stage);
  expect(said(stage, number)).toHaveLength(1);
  expect(await stage.problems()).toEqual([]);
});

test("killed between the making of the comment and its answer, the app makes no second one", async () => {
  const stage = await withMilestone();
  const issue = await withIssue(stage);
  const armed = await waitingFor("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", "timeout-after")(stage);
  await stage.pool.query(`update graphile_worker._private_jobs set run_at = now() where ${making}`);
  await armed.reached();
  await stage.app().kill();
  await stage.start();
  await stage.settle();
  await aMinuteLater(stage);
  expect(said(stage, issue)).toHaveLength(1);
  await then(stage, () => stage.repository.comment({ issue, body: "/done AUTH-004", by: "mira" }));
  expect(said(stage, issue)).toEqual([expect.stringContaining("4 of 8 tasks")]);
  expect(await stage.problems()).toEqual([]);
});

test("turned off, nothing is written and what stands is left as it is", async () => {
  const stage = await withMilestone();
  const issue = await withIssue(stage);
  await aMinuteLater(stage);
  const before = said(stage, issue);
  expect(before).toHaveLength(1);
  const path = ".github/plankeeper.yml";
  const off = `${files[path]}comments: {milestones: off}\n`;
  await then(stage, () => stage.repository.push({ branch: "main", by: "mira", commits: [{ message: "quiet", files: { [path]: off } }] }));
  await then(stage, () => stage.repository.comment({ issue, body: "/done AUTH-004", by: "mira" }));
  await aMinuteLater(stage);
  expect(said(stage, issue)).toEqual(before);
  expect(await stage.problems()).toEqual([]);
});

test("in observe mode nothing is written into an issue, and what would have been is recorded", async () => {
  const stage = await withMilestone({ mode: "observe" });
  const issue = await withIssue(stage);
  await aMinuteLater(stage);
  const recorded = async () => {
    const { rows } = await stage.pool.query("select state, body ->> 'text' as text from posts where key = $1", [`milestone:${issue}:m1`]);
    return rows;
  };
  expect(await recorded()).toEqual([{ state: "observed", text: expect.stringContaining("3 of 8 tasks") }]);
  await then(stage, () => stage.repository.comment({ issue, body: "/done AUTH-004", by: "mira" }));
  expect(await recorded()).toEqual([{ state: "observed", text: expect.stringContaining("4 of 8 tasks") }]);
  expect(said(stage, issue)).toEqual([]);
  expect(await stage.problems()).toEqual([]);
});

test("however often tasks move, the comment is written once in the time between two writings", async () => {
  const configuration = `${files[".github/plankeeper.yml"]}summary: {issue: off}\n`;
  const stage = await withMilestone({
    files: { ...files, ".github/plankeeper.yml": configuration },
    environment: { SUMMARY_INTERVAL_SECONDS: "3600" },
  });
  const issue = await withIssue(stage);
  await aMinuteLater(stage);
  const isPutOff = () =>
    until("the comment is put off", async () => {
      await stage.pool.query(
        `update graphile_worker._private_jobs set run_at = now() where ${comparing} and run_at < now() + interval '1 minute' and locked_at is null`,
      );
      const { rows } = await stage.pool.query(
        `select count(*) as open from graphile_worker._private_jobs where ${comparing} and run_at > now() + interval '50 minutes'`,
      );
      return Number(rows[0]?.open) === 1;
    });
  for (const id of ["AUTH-004", "AUTH-005"]) {
    await stage.repository.comment({ issue, body: `/done ${id}`, by: "mira" });
    await until(`${id} is completed`, async () => (await stage.statuses())[id] === "completed");
    await isPutOff();
    expect(said(stage, issue)).toEqual([expect.stringContaining("3 of 8 tasks")]);
  }
  await stage.pool.query("update posts set at = at - interval '1 hour' where key like 'milestone:%'");
  await ended(stage, comparing);
  expect(said(stage, issue)).toEqual([expect.stringContaining("5 of 8 tasks")]);
});
