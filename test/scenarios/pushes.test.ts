import { expect, test } from "vitest";
import { whyTasks } from "../../src/postgres/why.ts";
import { csvPlan, files, people, planPath } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;
const compare = "GET /repos/{owner}/{repo}/compare/{basehead}";

async function installed(): Promise<Stage> {
  const stage = await setStage({ files, people });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  return stage;
}

const pass = async (stage: Stage) => {
  await stage.settle();
  stage.sandbox.clock.advance(minute);
};

type Pull = { readonly title: string; readonly head: string; readonly message?: string; readonly body?: string };

async function merged(stage: Stage, { title, head, message = title, body = "" }: Pull, method: "merge" | "squash" | "rebase") {
  await stage.repository.push({ branch: head, by: "dev", commits: [{ message, files: { [`${head}.txt`]: "1" } }] });
  stage.sandbox.clock.advance(minute);
  const pull = await stage.repository.openPull({ title, body, head, by: "dev" });
  stage.sandbox.clock.advance(minute);
  const { sha } = await stage.repository.mergePull({ number: pull.number, by: "mira", method });
  await pass(stage);
  return { number: pull.number, sha };
}

const statusOf = async (stage: Stage, id = "AUTH-005") => (await stage.statuses())[id];
const rulesOf = async (stage: Stage, id = "AUTH-005") =>
  (await whyTasks(stage.pool, { repository: null, id })).flatMap(({ why }) => why.steps.map(({ cause }) => cause.rule));
const compared = (stage: Stage) => stage.sandbox.exchanges.filter(({ route }) => route === compare).length;

test("a merge that a forced push takes off the branch counts no longer, and counts again when it is pushed again", async () => {
  const stage = await installed();
  const before = await stage.repository.push({ branch: "main", by: "mira", commits: [{ message: "Begin", files: { "a.txt": "1" } }] });
  await pass(stage);
  const { sha } = await merged(stage, { title: "AUTH-005: harden", head: "harden" }, "squash");
  expect(await statusOf(stage)).toBe("completed");
  expect(compared(stage)).toBe(0);

  await stage.repository.push({ branch: "main", by: "mira", force: true, from: before.after, commits: [] });
  await pass(stage);
  expect(await statusOf(stage)).not.toBe("completed");
  expect((await rulesOf(stage)).at(-1)).toBe("commit-vanished");
  expect(compared(stage)).toBe(2);

  await stage.repository.push({ branch: "main", by: "mira", force: true, from: sha, commits: [] });
  await pass(stage);
  expect(await statusOf(stage)).toBe("completed");
  expect((await rulesOf(stage)).at(-1)).toBe("commit-returned");
  expect(await stage.problems()).toEqual([]);
});

test("a forced push puts the plan back to how it stood, and what was pushed over it stays in the history", async () => {
  const stage = await installed();
  const before = await stage.repository.push({ branch: "main", by: "mira", commits: [{ message: "Begin", files: { "a.txt": "1" } }] });
  await pass(stage);
  const edited = csvPlan({ "ORG-006": "completed" });
  await stage.repository.push({ branch: "main", by: "mira", commits: [{ message: "docs(plan): edit", files: { [planPath]: edited } }] });
  await pass(stage);
  expect(await statusOf(stage, "ORG-006")).toBe("completed");

  const other = { message: "Another way", files: { "b.txt": "1" } };
  await stage.repository.push({ branch: "main", by: "mira", force: true, from: before.after, commits: [other] });
  await pass(stage);
  expect(await statusOf(stage, "ORG-006")).toBe("todo");
  expect(await rulesOf(stage, "ORG-006")).toEqual(["plan-row", "plan-row", "plan-row"]);
  expect(await stage.problems()).toEqual([]);
});

test("a branch that is rebased and pushed with force keeps its work, once", async () => {
  const stage = await installed();
  const work = { message: "AUTH-005: tests", files: { "t.txt": "1" } };
  await stage.repository.push({ branch: "csrf", by: "dev", commits: [work] });
  await pass(stage);
  const base = await stage.repository.push({ branch: "main", by: "mira", commits: [{ message: "Begin", files: { "a.txt": "1" } }] });
  await pass(stage);
  const history = await rulesOf(stage);
  await stage.repository.push({ branch: "csrf", by: "dev", force: true, from: base.after, commits: [work] });
  await pass(stage);
  expect(await rulesOf(stage)).toEqual(history);
  expect(await statusOf(stage)).toBe("in-progress");

  await stage.repository.push({
    branch: "csrf",
    by: "dev",
    force: true,
    from: base.after,
    commits: [{ message: "Other", files: { "o.txt": "1" } }],
  });
  await pass(stage);
  expect(await statusOf(stage)).toBe("todo");
  expect(await stage.problems()).toEqual([]);
});

test("a push of more commits than its delivery lists is read whole, every version of the plan with it", async () => {
  const stage = await installed();
  const edit = (status: string) => ({ message: "docs(plan): edit", files: { [planPath]: csvPlan({ "ORG-006": status }) } });
  const rest = Array.from({ length: 2060 }, (_, index) => ({ message: `Import ${index}` }));
  const times = (index: number) => ({ at: stage.sandbox.clock.now() - minute + index * 1000 });
  const first = [{ message: "Closes AUTH-004" }, edit("in-progress"), edit("completed")].map((one, index) => ({ ...one, ...times(index) }));
  await stage.repository.push({ branch: "main", by: "mira", commits: [...first, ...rest] });
  await pass(stage);
  expect(await statusOf(stage, "AUTH-004")).toBe("completed");
  const [why] = await whyTasks(stage.pool, { repository: null, id: "ORG-006" });
  expect(why?.why.steps.map(({ after }) => after)).toEqual(["todo", "in-progress", "completed"]);
  expect(await stage.problems()).toEqual([]);
});

test("a revert by pull request takes the work back, what is built on it is told so, and a revert of that gives it back", async () => {
  const stage = await installed();
  const first = await merged(stage, { title: "AUTH-005: harden", head: "harden" }, "merge");
  await stage.repository.push({ branch: "fe-004-page", by: "dev", commits: [{ message: "FE-004: page", files: { "page.txt": "1" } }] });
  await pass(stage);
  const title = 'Revert "AUTH-005: harden"';
  const second = await merged(
    stage,
    {
      title,
      head: `revert-${first.number}-harden`,
      body: `Reverts octo/plans#${first.number}`,
      message: `Revert "Merge pull request #${first.number} from octo/harden"\n\nThis reverts commit ${first.sha}, reversing\nchanges made to it.`,
    },
    "squash",
  );
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "in-progress", "FE-004": "in-progress" });
  expect((await rulesOf(stage)).at(-1)).toBe("revert");
  const summary = () =>
    stage.repository.issues.flatMap(({ number }) => stage.repository.comments(number).map(({ body }) => body)).join("\n");
  expect(summary()).toContain("it depends on AUTH-005, whose work was reverted");
  expect(summary()).toContain("what completed it was reverted");

  await merged(
    stage,
    { title: `Revert "${title}"`, head: `revert-${second.number}-revert-harden`, body: `Reverts octo/plans#${second.number}` },
    "rebase",
  );
  expect(await statusOf(stage)).toBe("completed");
  expect(summary()).not.toContain("reverted");
  expect(await stage.problems()).toEqual([]);
});
