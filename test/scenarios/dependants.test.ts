import { expect, test } from "vitest";
import { csvPlan, files, people, planPath, rows } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;

async function pass(stage: Stage): Promise<void> {
  await stage.settle();
  stage.sandbox.clock.advance(minute);
}

async function installed(): Promise<Stage> {
  const stage = await setStage({ files, people });
  await stage.sandbox.install([stage.repository]);
  await pass(stage);
  return stage;
}

async function opened(stage: Stage, title: string, head: string) {
  const pull = await stage.repository.openPull({ title, head, by: "dev", files: { [`${head}.txt`]: "1" } });
  await pass(stage);
  return pull;
}

async function pushed(stage: Stage, message: string, change: Readonly<Record<string, string>> = { "main.txt": message }) {
  const { after } = await stage.repository.push({ branch: "main", by: "mira", commits: [{ message, files: change }] });
  await pass(stage);
  return after;
}

const summaryOf = ({ repository }: Stage, sha: string): string => repository.checks(sha)[0]?.summary ?? "";

/** The commits whose checks were written since, in order. */
function writesSince({ sandbox, repository }: Stage, start: number): readonly string[] {
  const written = sandbox.exchanges
    .slice(start)
    .flatMap(({ method, path }) => /\/check-runs\/(\d+)$/.exec(method === "GET" ? "" : path)?.[1] ?? []);
  return written.map((id) => repository.checks().find((check) => String(check.id) === id)?.headSha ?? id);
}

test("work that is reverted on the base is told on the check of a pull request that names only what depends on it, and on no other", async () => {
  const stage = await installed();
  const { sandbox } = stage;
  const page = await opened(stage, "FE-004: page", "page");
  await opened(stage, "ORG-006: memberships", "org");
  const start = sandbox.exchanges.length;
  // Percentages and dates have moved, and nothing that the check says of its own task.
  const done = await pushed(stage, "Closes AUTH-005");
  expect(summaryOf(stage, page.headSha)).not.toContain("reverted");
  expect(writesSince(stage, start)).toEqual([]);

  await pushed(stage, `Revert "Closes AUTH-005"\n\nThis reverts commit ${done}.`);
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "in-progress" });
  expect(summaryOf(stage, page.headSha)).toContain("`FE-004`: it depends on AUTH-005, whose work was reverted");
  expect(writesSince(stage, start)).toEqual([page.headSha]);

  await pushed(stage, "Closes AUTH-005");
  expect(summaryOf(stage, page.headSha)).not.toContain("reverted");
  expect(writesSince(stage, start)).toEqual([page.headSha, page.headSha]);
  expect(await stage.problems()).toEqual([]);
});

test("a dependency that is reopened is told on the check of a pull request on what was completed before it; one that moves on otherwise is not", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  await pushed(stage, "Closes AUTH-005");
  await pushed(stage, "Closes FE-004");
  const more = await opened(stage, "Part of FE-004: polish", "polish");
  const start = sandbox.exchanges.length;
  const { number } = await repository.openIssue({ title: "Questions", by: "mira" });
  await pass(stage);

  await repository.comment({ issue: number, body: "/reopen AUTH-005", by: "mira" });
  await pass(stage);
  expect(summaryOf(stage, more.headSha)).toContain("`FE-004`: it is completed, but AUTH-005, which it depends on, is in progress");
  expect(writesSince(stage, start)).toEqual([more.headSha]);

  // A second sign of work on the same task changes nothing that depends on it.
  await pushed(stage, "Part of AUTH-005");
  expect(writesSince(stage, start)).toEqual([more.headSha]);
  expect(await stage.problems()).toEqual([]);
});

test("an edit of the plan that gives a completed task something to wait for is told on the checks that name the task", async () => {
  const stage = await installed();
  await pushed(stage, "Closes AUTH-004");
  const more = await opened(stage, "Part of AUTH-004: polish", "polish");
  expect(summaryOf(stage, more.headSha)).not.toContain("ORG-006");

  const list = rows.map((row) => (row.id === "AUTH-004" ? { ...row, dependencies: "ORG-006" } : row));
  await pushed(stage, "docs(plan): wait", { [planPath]: csvPlan({}, list) });
  expect(summaryOf(stage, more.headSha)).toContain("`AUTH-004`: it is completed, but ORG-006, which it depends on, is todo");
  expect(await stage.problems()).toEqual([]);
});
