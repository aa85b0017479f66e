import { expect, test } from "vitest";
import { csvPlan, files, people, planPath } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;

async function installed(configuration = ""): Promise<Stage> {
  const stage = await setStage({ files: { ...files, ".github/plankeeper.yml": `plans: [{path: ${planPath}}]\n${configuration}` }, people });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  return stage;
}

/** An act a minute later, until all that follows from it has happened. */
async function then(stage: Stage, act: () => Promise<unknown>): Promise<void> {
  stage.sandbox.clock.advance(minute);
  await act();
  await stage.settle();
}

/** What the app answers to a command that is written on an issue. */
async function answer({ repository, settle, sandbox }: Stage, issue: number, body: string): Promise<string> {
  sandbox.clock.advance(minute);
  await repository.comment({ issue, body, by: "tess" });
  await settle();
  return (repository.comments(issue).findLast(({ byApp }) => byApp)?.body ?? "").replaceAll("&#8203;", "");
}

const statusOf = async (stage: Stage, id: string): Promise<string | undefined> => (await stage.statuses())[id];

test("an issue that waits for another shows on its task, which is not ready until that one is closed", async () => {
  const stage = await installed();
  const { repository } = stage;
  const { number: soft } = await repository.openIssue({ title: "ORG-006: org model", by: "mira" });
  const { number: keys } = await repository.openIssue({ title: "Get the keys", by: "passer-by" });
  await stage.settle();
  expect(await answer(stage, soft, "/status")).toMatch(/Ready next:.*ORG-006/);

  await then(stage, () => repository.assign({ number: soft, to: "dev", by: "mira" }));
  await then(stage, () => repository.relate({ issue: soft, waitsFor: keys, by: "mira" }));
  expect(await statusOf(stage, "ORG-006")).toBe("todo");
  const told = await answer(stage, soft, "/status ORG-006");
  expect(told).toContain(`Waits for [#${keys}]`);
  expect(told).toContain(`Issue [#${soft}](https://github.test/octo/plans/issues/${soft}): open, assigned to dev, blocked by [#${keys}]`);
  expect(await answer(stage, soft, "/why ORG-006")).toContain(
    `[#${keys}](https://github.test/octo/plans/issues/${keys}), says issue [#${soft}]`,
  );
  expect(await answer(stage, soft, "/status")).not.toMatch(/Ready next:.*ORG-006/);

  await then(stage, () => repository.closeIssue({ number: keys, by: "passer-by", reason: "not_planned" }));
  expect(await answer(stage, soft, "/status ORG-006")).not.toContain("Waits for [#");
  expect(await answer(stage, soft, "/status")).toMatch(/Ready next:.*ORG-006/);
  expect(await stage.problems()).toEqual([]);
});

test("where dependencies block, it holds the task, whichever delivery of the pair comes, in any order, also after a restart", async () => {
  const stage = await installed("dependencies: block\n");
  const { sandbox, repository } = stage;
  const { number: soft } = await repository.openIssue({ title: "ORG-006: org model", by: "mira" });
  const { number: keys } = await repository.openIssue({ title: "Get the keys", by: "mira" });
  await then(stage, () => repository.relate({ issue: soft, waitsFor: keys, by: "mira" }));
  expect(await statusOf(stage, "ORG-006")).toBe("blocked");
  expect(await answer(stage, soft, "/why ORG-006")).toContain(`waiting on #${keys}`);

  await stage.app().kill();
  await stage.start();
  const [one, other] = sandbox.deliveries.filter(({ event }) => event === "issue_dependencies");
  await sandbox.redeliver(other?.guid ?? "");
  await sandbox.redeliver(one?.guid ?? "");
  await stage.settle();
  const { rows } = await stage.pool.query("select count(*)::int as edges from facts where kind = 'relation'");
  expect(rows).toEqual([{ edges: 1 }]);

  // The removal overtakes its own making: two edges, of which one is told only by its second delivery.
  await then(stage, () => repository.relate({ issue: soft, waitsFor: keys, ended: true, by: "mira" }));
  expect(await statusOf(stage, "ORG-006")).toBe("todo");
  await then(stage, () => repository.relate({ issue: soft, waitsFor: keys, by: "mira" }));
  await then(stage, () => repository.closeIssue({ number: keys, by: "mira" }));
  expect(await statusOf(stage, "ORG-006")).toBe("todo");
  await then(stage, () => repository.reopenIssue({ number: keys, by: "mira" }));
  expect(await statusOf(stage, "ORG-006")).toBe("blocked");
  expect(await stage.problems()).toEqual([]);
});

test("an issue of another repository is waited for by name, told from its side alone, and its state is never guessed", async () => {
  const stage = await installed("dependencies: block\n");
  const { sandbox, repository } = stage;
  const elsewhere = sandbox.repository({ owner: "octo", name: "other", people });
  await sandbox.install([elsewhere]);
  const { number: soft } = await repository.openIssue({ title: "ORG-006: org model", by: "mira" });
  const { number: far } = await elsewhere.openIssue({ title: "Far away", by: "mira" });
  await stage.settle();
  sandbox.hold();
  await repository.relate({ issue: soft, waitsFor: `octo/other#${far}`, by: "mira" });
  const pair = sandbox.deliveries.filter(({ event }) => event === "issue_dependencies");
  expect(pair.map(({ action }) => action)).toEqual(["blocked_by_added", "blocking_added"]);
  await sandbox.send("issue_dependencies", pair[1]?.payload);
  await stage.settle();
  expect(await statusOf(stage, "ORG-006")).toBe("blocked");
  await sandbox.release();
  await stage.settle();
  await then(stage, () => elsewhere.closeIssue({ number: far, by: "mira" }));
  expect(await answer(stage, soft, "/status ORG-006")).toContain(`waiting on octo/other#${far}`);
  expect(await statusOf(stage, "ORG-006")).toBe("blocked");
  await then(stage, () => repository.relate({ issue: soft, waitsFor: `octo/other#${far}`, ended: true, by: "mira" }));
  expect(await statusOf(stage, "ORG-006")).toBe("todo");
  expect(await stage.problems()).toEqual([]);
});

test("sub-issues show as parts, and a task completed before them gets a finding, never another status", async () => {
  const stage = await installed();
  const { repository } = stage;
  const { number: soft } = await repository.openIssue({ title: "ORG-006: org model", by: "mira" });
  const parts: number[] = [];
  for (const title of ["One", "Two", "Three"]) parts.push((await repository.openIssue({ title, by: "mira" })).number);
  for (const part of parts) await then(stage, () => repository.relate({ issue: soft, part, by: "mira" }));
  for (const number of parts.slice(0, 2)) await then(stage, () => repository.closeIssue({ number, by: "mira" }));
  expect(await answer(stage, soft, "/status ORG-006")).toContain("2 of 3 sub-issues closed");
  expect(await statusOf(stage, "ORG-006")).toBe("todo");

  await then(stage, () => repository.closeIssue({ number: soft, by: "mira" }));
  expect(await statusOf(stage, "ORG-006")).toBe("completed");
  expect(await answer(stage, soft, "/status ORG-006")).toContain(`completed, though 1 of 3 sub-issues of #${soft} is open`);
  expect(await stage.problems()).toEqual([]);
});

test("a maintainer's review is work on the task and shows while changes are asked for, a stranger's is nothing", async () => {
  const stage = await installed();
  const { repository } = stage;
  await repository.push({ branch: "org", by: "dev", commits: [{ message: "Begin", files: { "org.txt": "1" } }] });
  const { number } = await repository.openPull({ title: "ORG-006: org model", head: "org", by: "dev" });
  await then(stage, () => repository.comment({ issue: number, body: "/status ORG-006 todo", by: "mira" }));
  await then(stage, () => repository.review({ number, verdict: "changes_requested", by: "passer-by" }));
  expect(await statusOf(stage, "ORG-006")).toBe("todo");
  expect(await answer(stage, number, "/status ORG-006")).not.toContain("changes requested");

  let review = 0;
  await then(stage, async () => {
    review = (await repository.review({ number, verdict: "changes_requested", by: "tess" })).id;
  });
  expect(await statusOf(stage, "ORG-006")).toBe("in-progress");
  expect(await answer(stage, number, "/status ORG-006")).toContain(`#${number}: changes requested by tess`);
  expect(repository.checks().at(-1)?.summary.replaceAll("&#8203;", "")).toContain("changes requested by tess");
  await then(stage, () => repository.dismissReview({ id: review, by: "mira" }));
  expect(await answer(stage, number, "/status ORG-006")).not.toContain("changes requested by");
  expect(await stage.problems()).toEqual([]);
});

test("a status label that is renamed or deleted ends, though GitHub tells no issue of it", async () => {
  const stage = await installed();
  const { repository } = stage;
  const { number } = await repository.openIssue({ title: "ORG-006: org model", by: "mira" });
  await then(stage, () => repository.label({ number, label: "blocked", by: "mira" }));
  expect(await statusOf(stage, "ORG-006")).toBe("blocked");
  await then(stage, () => repository.renameLabel({ label: "blocked", name: "in progress", by: "mira" }));
  expect(await statusOf(stage, "ORG-006")).toBe("in-progress");
  await then(stage, () => repository.deleteLabel({ label: "in progress", by: "mira" }));
  expect(await statusOf(stage, "ORG-006")).toBe("todo");
  expect(await stage.problems()).toEqual([]);
});

test("an issue that goes to another repository holds nothing here any more, and speaks for the tasks there", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  const goal = sandbox.repository({ owner: "octo", name: "goal", files: { [planPath]: csvPlan() }, people });
  await sandbox.install([goal]);
  const status = async (at: number) => {
    const found = await stage.pool.query("select status from tasks where repository_id = $1 and token = 'ORG-6'", [at]);
    return found.rows;
  };
  const { number } = await repository.openIssue({ title: "ORG-006: org model", labels: ["blocked"], by: "mira" });
  await stage.settle();
  expect(await status(repository.id)).toEqual([{ status: "blocked" }]);
  let there = 0;
  await then(stage, async () => {
    there = (await repository.transferIssue({ number, to: "octo/goal", by: "mira" })).number;
  });
  expect(await status(repository.id)).toEqual([{ status: "todo" }]);
  await then(stage, () => goal.closeIssue({ number: there, by: "mira" }));
  expect(await status(goal.id)).toEqual([{ status: "completed" }]);
  expect(await stage.problems()).toEqual([]);
});
