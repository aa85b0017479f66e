import { expect, test } from "vitest";
import { files, people } from "./plans.ts";
import { waitingFor } from "./points.ts";
import { type Stage, type StageOptions, setStage } from "./stage.ts";
import { until } from "./until.ts";

const minute = 60_000;

/** The plan has been seen, and somebody has opened an issue for the task that is deployed last. */
async function withIssue(options: Partial<StageOptions> = {}): Promise<{ readonly stage: Stage; readonly issue: number }> {
  const stage = await setStage({ files, people, ...options });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  const { number } = await stage.repository.openIssue({ title: "AUTH-005: harden", by: "mira" });
  await stage.settle();
  return { stage, issue: number };
}

async function then(stage: Stage, act: () => Promise<unknown>): Promise<void> {
  stage.sandbox.clock.advance(minute);
  await act();
  await stage.settle();
}

const waiting = "key like '%:blocker:%'";

/** A minute has gone by, so that what waited for it is written. */
async function aMinuteLater(stage: Stage): Promise<void> {
  await endWait(stage);
  await until("no comment on a blocker waits", async () => {
    const { rows } = await stage.pool.query(`select count(*) as open from graphile_worker._private_jobs where ${waiting}`);
    return Number(rows[0]?.open) === 0;
  });
  await stage.settle();
}

const endWait = ({ pool }: Stage) =>
  pool.query(`update graphile_worker._private_jobs set run_at = now() where ${waiting} and locked_at is null`);

const said = ({ repository }: Stage, issue: number): readonly string[] =>
  repository.comments(issue).flatMap(({ byApp, body }) => (byApp ? [body] : []));

test("an issue whose task is blocked gets one comment, which is kept true and told once that the task is released", async () => {
  const { stage, issue } = await withIssue();
  const { repository } = stage;
  await then(stage, () => repository.label({ number: issue, label: "blocked", by: "mira" }));
  expect(said(stage, issue)).toEqual([]);
  await aMinuteLater(stage);
  expect(said(stage, issue)).toHaveLength(1);
  expect(said(stage, issue)[0]).toContain("is blocked** since");
  expect(said(stage, issue)[0]).toContain("Holds up 2 tasks, 11 h");

  await then(stage, () => repository.comment({ issue, body: "/done FE-004", by: "mira" }));
  expect(said(stage, issue)).toHaveLength(1);
  expect(said(stage, issue)[0]).toContain("Holds up 1 task, 6 h");

  await then(stage, () => repository.unlabel({ number: issue, label: "blocked", by: "mira" }));
  const released = said(stage, issue);
  expect(released).toHaveLength(1);
  expect(released[0]).toContain("**Released.**");
  await then(stage, () => repository.comment({ issue, body: "/start AUTH-005", by: "mira" }));
  await aMinuteLater(stage);
  expect(said(stage, issue)).toEqual(released);
  expect(await stage.problems()).toEqual([]);
});

test("a label that is taken off within the minute, or an issue that is closed, gets no comment", async () => {
  const { stage, issue } = await withIssue();
  const { repository } = stage;
  await then(stage, () => repository.label({ number: issue, label: "blocked", by: "mira" }));
  await then(stage, () => repository.unlabel({ number: issue, label: "blocked", by: "mira" }));
  await aMinuteLater(stage);
  expect(said(stage, issue)).toEqual([]);

  await then(stage, () => repository.comment({ issue, body: "/block AUTH-005 waiting for keys", by: "mira" }));
  await then(stage, () => repository.closeIssue({ number: issue, by: "mira" }));
  expect((await stage.statuses())["AUTH-005"]).toBe("blocked");
  await aMinuteLater(stage);
  expect(said(stage, issue)).toEqual([]);
  expect(await stage.problems()).toEqual([]);
});

test("killed between the making of the comment and its answer, the app makes no second one", async () => {
  const { stage, issue } = await withIssue();
  await then(stage, () => stage.repository.label({ number: issue, label: "blocked", by: "mira" }));
  const armed = await waitingFor("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", "timeout-after")(stage);
  await endWait(stage);
  await armed.reached();
  await stage.app().kill();
  await stage.start();
  await stage.settle();
  await aMinuteLater(stage);
  expect(said(stage, issue)).toHaveLength(1);
  await then(stage, () => stage.repository.unlabel({ number: issue, label: "blocked", by: "mira" }));
  expect(said(stage, issue)).toEqual([expect.stringContaining("**Released.**")]);
  expect(await stage.problems()).toEqual([]);
});

test("a comment that somebody deleted comes back only with news, and never to say that the task is released", async () => {
  const { stage, issue } = await withIssue();
  const { repository } = stage;
  await then(stage, () => repository.label({ number: issue, label: "blocked", by: "mira" }));
  await aMinuteLater(stage);
  const remove = async () => {
    const [comment] = repository.comments(issue).filter(({ byApp }) => byApp);
    await repository.deleteComment({ id: comment?.id ?? 0, by: "octo" });
  };
  await then(stage, remove);
  await then(stage, () => repository.comment({ issue, body: "/start ORG-006", by: "mira" }));
  expect(said(stage, issue)).toEqual([]);
  await then(stage, () => repository.comment({ issue, body: "/done FE-004", by: "mira" }));
  expect(said(stage, issue)).toHaveLength(1);
  await then(stage, remove);
  await then(stage, () => repository.unlabel({ number: issue, label: "blocked", by: "mira" }));
  expect(said(stage, issue)).toEqual([]);
  expect(await stage.problems()).toEqual([]);
});

test("in observe mode nothing is written into an issue, and what would have been is recorded", async () => {
  const { stage, issue } = await withIssue({ mode: "observe" });
  await then(stage, () => stage.repository.label({ number: issue, label: "blocked", by: "mira" }));
  await aMinuteLater(stage);
  const recorded = async () => {
    const { rows } = await stage.pool.query("select state, body ->> 'text' as text from posts where key = $1", [`blocker:${issue}`]);
    return rows;
  };
  expect(await recorded()).toEqual([{ state: "observed", text: expect.stringContaining("is blocked** since") }]);
  await then(stage, () => stage.repository.unlabel({ number: issue, label: "blocked", by: "mira" }));
  expect(await recorded()).toEqual([{ state: "observed", text: expect.stringContaining("**Released.**") }]);
  expect(said(stage, issue)).toEqual([]);
  expect(await stage.problems()).toEqual([]);
});
