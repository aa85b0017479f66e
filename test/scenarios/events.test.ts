import { expect, test } from "vitest";
import { whyTasks } from "../../src/postgres/why.ts";
import { configuration, csvPlan, files, people, planPath } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;

async function installed(options: Parameters<typeof setStage>[0] = { files, people }): Promise<Stage> {
  const stage = await setStage(options);
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  return stage;
}

/** A pull request on a branch of its own, with one commit. */
async function openPull(
  stage: Stage,
  pull: {
    readonly title: string;
    readonly branch?: string;
    readonly body?: string;
    readonly base?: string;
    readonly by?: string;
    readonly fork?: string;
    readonly draft?: boolean;
    readonly files?: Readonly<Record<string, string>>;
  },
) {
  const head = pull.branch ?? `work-${stage.repository.pulls.length + 1}`;
  const by = pull.by ?? "dev";
  if (pull.fork === undefined)
    await stage.repository.push({ branch: head, by, commits: [{ message: "Work", files: pull.files ?? { [`${head}.txt`]: "1" } }] });
  stage.sandbox.clock.advance(minute);
  const { title, body, base, fork, draft } = pull;
  const opened = await stage.repository.openPull({
    title,
    head,
    by,
    ...(body === undefined ? {} : { body }),
    ...(base === undefined ? {} : { base }),
    ...(draft === undefined ? {} : { draft }),
    ...(fork === undefined ? {} : { fork, files: pull.files ?? { [`${head}.txt`]: "1" } }),
  });
  await stage.settle();
  return opened;
}

test("nothing that happened before the plan was watched is audited singly", async () => {
  const stage = await installed();
  const { rows } = await stage.pool.query("select action, after from audit_log order by id");
  expect(rows).toMatchObject([
    { action: "plan.imported", after: { role: "snapshot", tasks: 0 } },
    { action: "plan.imported", after: { role: "plan", tasks: 8, statuses: { completed: 3, todo: 5 } } },
  ]);
  await stage.repository.push({
    branch: "main",
    by: "mira",
    commits: [{ message: "docs(plan): start", files: { [planPath]: csvPlan({ "ORG-006": "in-progress" }) } }],
  });
  await stage.settle();
  const later = await stage.pool.query("select action, entity_id, before, after from audit_log order by id offset 2");
  expect(later.rows).toEqual([
    { action: "task.status_changed", entity_id: `${planPath}#ORG-006`, before: { status: "todo" }, after: { status: "in-progress" } },
  ]);
  expect(await stage.problems()).toEqual([]);
});

test("a pull request that names no task is told so, neutrally", async () => {
  const stage = await installed();
  const { headSha } = await openPull(stage, { title: "Tidy up", branch: "tidy-up" });
  expect(stage.repository.checks(headSha)).toMatchObject([{ conclusion: "neutral", title: "No task of the plan is named" }]);
  expect(await stage.problems()).toEqual([]);
});

test("an unknown id is warned of, with the nearest ids", async () => {
  const stage = await installed();
  const { headSha } = await openPull(stage, { title: "AUTH-055: harden", branch: "harden" });
  const [check] = stage.repository.checks(headSha);
  expect(check?.summary).toContain("AUTH-055");
  expect(check?.summary).toContain("AUTH-005");
  expect(await stage.problems()).toEqual([]);
});

test("a base that completes nothing is said on the check, and the merge completes nothing", async () => {
  const stage = await installed();
  await stage.repository.push({ branch: "develop", by: "mira", commits: [{ message: "Begin", files: { "develop.txt": "1" } }] });
  const pull = await openPull(stage, { title: "AUTH-005: harden", branch: "harden", base: "develop" });
  expect(stage.repository.checks(pull.headSha)[0]?.summary).toContain("develop");
  stage.sandbox.clock.advance(minute);
  await stage.repository.mergePull({ number: pull.number, by: "mira" });
  await stage.settle();
  expect((await stage.statuses())["AUTH-005"]).toBe("in-progress");
  expect(await stage.problems()).toEqual([]);
});

test("an edited title moves the check from one task to the other, without a second check", async () => {
  const stage = await installed();
  const pull = await openPull(stage, { title: "AUTH-005: harden", branch: "harden" });
  stage.sandbox.clock.advance(minute);
  await stage.repository.editPull({ number: pull.number, by: "dev", title: "ORG-006: memberships" });
  await stage.settle();
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "todo", "ORG-006": "in-progress" });
  const checks = stage.repository.checks(pull.headSha);
  expect(checks).toHaveLength(1);
  expect(checks[0]?.summary).toContain("ORG-006");
  expect(checks[0]?.summary).not.toContain("AUTH-005");
  expect(await stage.problems()).toEqual([]);
});

test("each new head of a pull request gets its own check", async () => {
  const stage = await installed();
  const pull = await openPull(stage, { title: "AUTH-005: harden", branch: "harden" });
  stage.sandbox.clock.advance(minute);
  const { after } = await stage.repository.push({
    branch: "harden",
    by: "dev",
    commits: [{ message: "More", files: { "more.txt": "1" } }],
  });
  await stage.settle();
  expect(after).not.toBe(pull.headSha);
  expect(stage.repository.checks(after)).toHaveLength(1);
  expect(await stage.problems()).toEqual([]);
});

test('"Re-run" makes a new check run, "Re-run all" too', async () => {
  const stage = await installed();
  const pull = await openPull(stage, { title: "AUTH-005: harden", branch: "harden" });
  const [first] = stage.repository.checks(pull.headSha);
  stage.sandbox.clock.advance(minute);
  await stage.repository.rerequestCheck({ id: first?.id ?? 0, by: "dev" });
  await stage.settle();
  expect(stage.repository.checks(pull.headSha)).toHaveLength(2);
  stage.sandbox.clock.advance(minute);
  await stage.repository.rerequestSuite({ sha: pull.headSha, by: "dev" });
  await stage.settle();
  const checks = stage.repository.checks(pull.headSha);
  expect(checks).toHaveLength(3);
  expect(checks.every((check) => check.status === "completed")).toBe(true);
  expect(await stage.problems()).toEqual([]);
});

test("a merge group gets its check", async () => {
  const stage = await installed();
  const pull = await openPull(stage, { title: "AUTH-005: harden", branch: "harden" });
  stage.sandbox.clock.advance(minute);
  const { headSha } = await stage.repository.mergeGroup({ pulls: [pull.number], by: "mira" });
  await stage.settle();
  expect(stage.repository.checks(headSha)).toMatchObject([{ name: "Plan impact", conclusion: "success", status: "completed" }]);
  expect(stage.repository.checks(headSha)[0]?.title).toContain("Completes 1");
  stage.sandbox.clock.advance(minute);
  await stage.repository.endMergeGroup({ headSha, reason: "merged" });
  await stage.settle();
  expect((await stage.statuses())["AUTH-005"]).toBe("completed");
  expect(await stage.problems()).toEqual([]);
});

test("a stranger's fork starts nothing until it is merged", async () => {
  const stage = await installed();
  const pull = await openPull(stage, { title: "AUTH-005: harden", branch: "harden", by: "passer-by", fork: "passer-by" });
  expect((await stage.statuses())["AUTH-005"]).toBe("todo");
  expect(stage.repository.checks(pull.headSha)).toMatchObject([{ status: "completed", title: expect.stringContaining("Completes 1") }]);
  expect(stage.repository.checks(pull.headSha)[0]?.summary).toContain("It counts once it is merged");
  stage.sandbox.clock.advance(minute);
  await stage.repository.mergePull({ number: pull.number, by: "mira" });
  await stage.settle();
  expect((await stage.statuses())["AUTH-005"]).toBe("completed");
  expect(await stage.problems()).toEqual([]);
});

test("a pull request that edits the plan is told what the edit means, with problems on their lines", async () => {
  const stage = await installed();
  const edited = `${csvPlan({ "ORG-006": "completed" })}AUTH-001,M1,Again,backend,todo,P1,,6,,,,,\n`;
  const pull = await openPull(stage, { title: "Plan upkeep", branch: "plan-upkeep", files: { [planPath]: edited } });
  const [check] = stage.repository.checks(pull.headSha);
  expect(check?.summary).toContain("ORG-006");
  expect(check?.annotations).toMatchObject([{ path: planPath, line: 10 }]);
  expect(await stage.problems()).toEqual([]);
});

test("a mistake in the configuration is annotated where it is made, and the last valid one stays in force", async () => {
  const stage = await installed();
  const path = ".github/plankeeper.yml";
  const wrong = "completion: titel\n";
  const pull = await openPull(stage, { title: "Configure", branch: "configure", files: { [path]: wrong } });
  expect(stage.repository.checks(pull.headSha)[0]?.annotations).toMatchObject([{ path, line: 1 }]);
  stage.sandbox.clock.advance(minute);
  await stage.repository.mergePull({ number: pull.number, by: "mira" });
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  await stage.repository.runWorkflow({
    name: "backend-tests",
    file: ".github/workflows/backend-tests.yml",
    branch: "main",
    conclusion: "failure",
  });
  await stage.settle();
  expect((await stage.statuses())["FE-004"]).toBe("blocked");
  const { rows } = await stage.pool.query("select entity_id from audit_log where action = 'config.refused'");
  expect(rows).toEqual([{ entity_id: path }]);
  expect(await stage.problems()).toEqual([]);
});

test("a completing commit on the default branch completes, on a branch it only starts", async () => {
  const stage = await installed();
  await stage.repository.push({ branch: "topic", by: "dev", commits: [{ message: "Closes ORG-006", files: { "org.txt": "1" } }] });
  await stage.settle();
  expect((await stage.statuses())["ORG-006"]).toBe("in-progress");
  stage.sandbox.clock.advance(minute);
  await stage.repository.push({ branch: "main", by: "mira", commits: [{ message: "Closes AUTH-004", files: { "me.txt": "1" } }] });
  await stage.settle();
  expect((await stage.statuses())["AUTH-004"]).toBe("completed");
  stage.sandbox.clock.advance(minute);
  await stage.repository.deleteBranch({ branch: "topic", by: "dev" });
  await stage.settle();
  expect((await stage.statuses())["ORG-006"]).toBe("todo");
  expect(await stage.problems()).toEqual([]);
});

test("a renamed repository keeps its board and is written to under its new name", async () => {
  const stage = await installed();
  await stage.repository.rename({ name: "plans-two", by: "octo" });
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  const pull = await openPull(stage, { title: "AUTH-005: harden", branch: "harden" });
  expect(stage.repository.checks(pull.headSha)).toHaveLength(1);
  const last = stage.sandbox.exchanges.findLast((exchange) => exchange.method === "POST" && exchange.path.endsWith("/check-runs"));
  expect(last?.path).toBe("/repos/octo/plans-two/check-runs");
  expect(await stage.problems()).toEqual([]);
});

test("a repository whose installation was never heard of is read at its first event", async () => {
  const stage = await setStage({ files, people });
  stage.sandbox.hold();
  await stage.sandbox.install([stage.repository]);
  stage.sandbox.clock.advance(minute);
  await stage.repository.push({ branch: "auth-005-csrf", by: "dev", commits: [{ message: "Tests", files: { "csrf.py": "1" } }] });
  await stage.sandbox.release((pending) => pending.filter((delivery) => delivery.event === "push"));
  await stage.settle();
  expect((await stage.statuses())["AUTH-005"]).toBe("in-progress");
  expect(stage.repository.issues.filter((issue) => issue.byApp)).toHaveLength(1);
  expect(await stage.problems()).toEqual([]);
});

test("a repository that only observes is written to from the moment its configuration says so", async () => {
  const path = ".github/plankeeper.yml";
  const stage = await installed({ files: { ...files, [path]: `mode: observe\n${configuration}` }, people });
  await openPull(stage, { title: "AUTH-005: harden", branch: "harden" });
  expect(stage.repository.issues).toEqual([]);
  expect(stage.repository.checks()).toEqual([]);
  stage.sandbox.clock.advance(minute);
  await stage.repository.push({ branch: "main", by: "mira", commits: [{ message: "Go live", files: { [path]: configuration } }] });
  await stage.settle();
  expect(stage.repository.issues.filter((issue) => issue.byApp)).toHaveLength(1);
  expect(stage.repository.checks()).toHaveLength(1);
  expect(await stage.problems()).toEqual([]);
});

test("a plan is found without configuration", async () => {
  const stage = await installed({
    files: { "TASKS.md": "# Tasks\n\n- [ ] **T-001** Write the parser\n- [x] **T-002** Set up CI\n" },
    people,
  });
  expect(await stage.statuses()).toEqual({ "T-001": "todo", "T-002": "completed" });
  expect(await stage.problems()).toEqual([]);
});

test("a repository without a plan is left in peace", async () => {
  const stage = await installed({ files: { "README.md": "# Nothing to plan\n" }, people });
  expect(stage.repository.issues).toEqual([]);
  const pull = await openPull(stage, { title: "Tidy up", branch: "tidy" });
  expect(stage.repository.checks(pull.headSha)).toMatchObject([{ conclusion: "neutral" }]);
  expect(await stage.problems()).toEqual([]);
});

test("a pull request that brings the first plan is told what it brings", async () => {
  const stage = await installed({ files: { "README.md": "# Nothing to plan\n" }, people });
  const pull = await openPull(stage, { title: "Plan the work", branch: "first-plan", files: { "docs/plan.csv": csvPlan() } });
  const [check] = stage.repository.checks(pull.headSha);
  expect(check?.summary).toContain("docs/plan.csv");
  expect(check?.summary).toContain("AUTH-005");
  stage.sandbox.clock.advance(minute);
  await stage.repository.mergePull({ number: pull.number, by: "mira" });
  await stage.settle();
  expect(Object.keys(await stage.statuses())).toHaveLength(8);
  expect(await stage.problems()).toEqual([]);
});

test("/help lists the commands, a misspelt one is answered with the nearest, other bots' are left alone", async () => {
  const stage = await installed();
  const { number } = await stage.repository.openIssue({ title: "Questions", by: "mira" });
  await stage.repository.comment({ issue: number, body: "/help", by: "tess" });
  await stage.repository.comment({ issue: number, body: "/status AUTH-005 finnished", by: "tess" });
  await stage.repository.comment({ issue: number, body: "/lgtm", by: "tess" });
  await stage.settle();
  const replies = stage.repository
    .comments(number)
    .filter((comment) => comment.byApp)
    .map((comment) => comment.body);
  expect(replies).toHaveLength(2);
  expect(replies[0]).toContain("/status");
  expect(replies[1]).toContain("completed");
  expect(await stage.problems()).toEqual([]);
});

test("two pull requests with one head share one check", async () => {
  const stage = await installed();
  await stage.repository.push({ branch: "release", by: "mira", commits: [{ message: "Release", files: { "release.txt": "1" } }] });
  const first = await openPull(stage, { title: "AUTH-005: harden", branch: "harden" });
  stage.sandbox.clock.advance(minute);
  await stage.repository.openPull({ title: "ORG-006: the same commits", head: "harden", base: "release", by: "dev" });
  await stage.settle();
  const checks = stage.repository.checks(first.headSha);
  expect(checks).toHaveLength(1);
  expect(checks[0]?.summary).toContain("AUTH-005");
  expect(checks[0]?.summary).toContain("ORG-006");
  expect(await stage.problems()).toEqual([]);
});

test("anyone may ask why a task stands as it does, and how a text is read; the command line tells the same", async () => {
  const stage = await installed();
  await openPull(stage, { title: "AUTH-005: harden", branch: "harden" });
  const { number } = await stage.repository.openIssue({ title: "Questions", by: "tess" });
  await stage.repository.comment({ issue: number, body: "/why AUTH-005", by: "tess" });
  await stage.repository.comment({ issue: number, body: "/explain fixes AUTH-005, UTF-8", by: "tess" });
  await stage.settle();

  const [why = "", reading = ""] = stage.repository.comments(number).flatMap(({ byApp, body }) => (byApp ? [body] : []));
  expect(why).toContain("todo → in progress, pull request opened `title: AUTH-005` by dev");
  expect(why).toContain("- someone completes it (`/done AUTH-005`)");
  expect(reading).toContain("| `AUTH-005` | complete |");
  expect(reading).toContain("| `UTF-8` | passed over |");
  const told = await whyTasks(stage.pool, { repository: null, id: "auth-5" });
  expect(told).toMatchObject([{ task: `${planPath}#AUTH-005`, why: { status: "in-progress", steps: [{}, { after: "in-progress" }] } }]);
  expect(await whyTasks(stage.pool, { repository: "nobody/nothing", id: "AUTH-005" })).toEqual([]);
  expect(await stage.problems()).toEqual([]);
});

test("what a person did is undone by /undo, and once more brought back; the audit tells all of it", async () => {
  const stage = await installed();
  const { number } = await stage.repository.openIssue({ title: "Desk", by: "mira" });
  const say = async (body: string, by = "mira") => {
    stage.sandbox.clock.advance(minute);
    await stage.repository.comment({ issue: number, body, by });
    await stage.settle();
  };
  await say("/done AUTH-005");
  expect((await stage.statuses())["AUTH-005"]).toBe("completed");
  await say("/undo");
  expect((await stage.statuses())["AUTH-005"]).toBe("todo");
  await say("/undo");
  expect((await stage.statuses())["AUTH-005"]).toBe("completed");
  await say("/undo AUTH-005", "stranger");
  expect((await stage.statuses())["AUTH-005"]).toBe("completed");
  await say("/undo AUTH-005");
  expect((await stage.statuses())["AUTH-005"]).toBe("todo");

  const { rows } = await stage.pool.query(
    "select action from audit_log where entity_id like '%AUTH-005' or action like 'command%' order by id",
  );
  expect(rows.map((row) => row.action)).toEqual([
    "task.status_changed",
    "command.accepted",
    "task.history_corrected",
    "command.accepted",
    "task.status_changed",
    "command.accepted",
    "command.refused",
    "task.history_corrected",
    "command.accepted",
  ]);
  expect(stage.repository.comments(number).findLast(({ byApp }) => byApp)?.body).toContain("is **todo** again");
  expect(await stage.problems()).toEqual([]);
});
