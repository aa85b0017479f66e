import { expect, test } from "vitest";
import { csvPlan, files, people, planPath } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;

async function installed(): Promise<Stage> {
  const stage = await setStage({ files, people });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  return stage;
}

test("installing the app imports the plan and posts one summary", async () => {
  const stage = await installed();
  expect(await stage.statuses()).toMatchObject({ "AUTH-003": "completed", "AUTH-005": "todo", "DEVOPS-035": "todo" });
  const issues = stage.repository.issues.filter((issue) => issue.byApp);
  expect(issues).toHaveLength(1);
  const [comment, ...more] = stage.repository.comments(issues[0]?.number ?? 0);
  expect(more).toEqual([]);
  expect(comment?.body).toContain("3 of 8 tasks completed");
  expect(await stage.problems()).toEqual([]);
});

test("a pull request gets a check that says what merging does, and the merge does it", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  sandbox.clock.advance(minute);
  await repository.push({ branch: "auth-005-csrf", by: "dev", commits: [{ message: "Add CSRF tests", files: { "csrf.py": "1" } }] });
  await stage.settle();
  expect((await stage.statuses())["AUTH-005"]).toBe("in-progress");

  sandbox.clock.advance(minute);
  const pull = await repository.openPull({ title: "AUTH-005: CSRF and rate-limit tests", head: "auth-005-csrf", by: "dev" });
  await stage.settle();
  const [check, ...more] = repository.checks(pull.headSha);
  expect(more).toEqual([]);
  expect(check).toMatchObject({ name: "Plan impact", status: "completed", conclusion: "success" });
  expect(check?.title).toContain("Completes 1");

  sandbox.clock.advance(minute);
  await repository.mergePull({ number: pull.number, by: "mira", method: "squash", deleteBranch: true });
  await stage.settle();
  expect((await stage.statuses())["AUTH-005"]).toBe("completed");
  expect(repository.comments(repository.issues.find((issue) => issue.byApp)?.number ?? 0)[0]?.body).toContain("4 of 8 tasks completed");
  expect(await stage.problems()).toEqual([]);
});

test("someone with triage may block a task, a stranger may not", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  const { number } = await repository.openIssue({ title: "Questions", by: "mira" });
  sandbox.clock.advance(minute);
  const accepted = await repository.comment({ issue: number, body: "/status DEVOPS-035 blocked waiting for prod keys", by: "tess" });
  sandbox.clock.advance(minute);
  const refused = await repository.comment({ issue: number, body: "/status AUTH-005 completed", by: "passer-by" });
  await stage.settle();
  expect(await stage.statuses()).toMatchObject({ "DEVOPS-035": "blocked", "AUTH-005": "todo" });
  expect(repository.reactions(accepted.id).map((reaction) => reaction.content)).toEqual(["rocket"]);
  expect(repository.reactions(refused.id).map((reaction) => reaction.content)).toEqual(["confused"]);
  const replies = repository.comments(number).filter((comment) => comment.byApp);
  expect(replies).toHaveLength(1);
  expect(replies[0]?.body).not.toContain("@passer-by");
  expect(await stage.problems()).toEqual([]);
});

test("/status of one task says why", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  sandbox.clock.advance(minute);
  await repository.push({ branch: "main", by: "dev", commits: [{ message: "refs FE-004: sketch", files: { "login.tsx": "1" } }] });
  sandbox.clock.advance(minute);
  const { number } = await repository.openIssue({ title: "Questions", by: "mira" });
  await repository.comment({ issue: number, body: "/status FE-004", by: "passer-by" });
  await stage.settle();
  const reply = repository.comments(number).find((comment) => comment.byApp)?.body ?? "";
  expect(reply).toContain("FE-004");
  expect(reply).toContain("refs FE-004");
  expect(await stage.problems()).toEqual([]);
});

test("a red gate holds its tasks until a newer run is green", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  const gate = { name: "backend-tests", file: ".github/workflows/backend-tests.yml", branch: "main" };
  sandbox.clock.advance(minute);
  await repository.runWorkflow({ ...gate, conclusion: "failure" });
  await stage.settle();
  expect(await stage.statuses()).toMatchObject({ "FE-004": "blocked", "DEVOPS-035": "blocked", "AUTH-005": "todo" });
  sandbox.clock.advance(minute);
  await repository.runWorkflow({ ...gate, conclusion: "success" });
  await stage.settle();
  expect(await stage.statuses()).toMatchObject({ "FE-004": "todo", "DEVOPS-035": "todo" });
  expect(await stage.problems()).toEqual([]);
});

test("a label on the task's issue blocks it", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  const { number } = await repository.openIssue({ title: "DEVOPS-035: Prod deploy", by: "mira" });
  sandbox.clock.advance(minute);
  await repository.label({ number, label: "blocked", by: "mira" });
  await stage.settle();
  expect((await stage.statuses())["DEVOPS-035"]).toBe("blocked");
  sandbox.clock.advance(minute);
  await repository.unlabel({ number, label: "blocked", by: "mira" });
  await stage.settle();
  expect((await stage.statuses())["DEVOPS-035"]).toBe("todo");
  expect(await stage.problems()).toEqual([]);
});

test("deliveries that come twice and in the wrong order come to the same end", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  sandbox.clock.advance(minute);
  await repository.push({ branch: "auth-005-csrf", by: "dev", commits: [{ message: "Add CSRF tests", files: { "csrf.py": "1" } }] });
  sandbox.hold();
  sandbox.clock.advance(minute);
  const pull = await repository.openPull({ title: "AUTH-005: CSRF", head: "auth-005-csrf", by: "dev" });
  sandbox.clock.advance(minute);
  await repository.mergePull({ number: pull.number, by: "mira" });
  await sandbox.release((pending) => [...pending].reverse().flatMap((delivery) => [delivery, delivery]));
  await stage.settle();
  expect((await stage.statuses())["AUTH-005"]).toBe("completed");
  expect(await stage.problems()).toEqual([]);
});

test("a plan edit on the default branch moves the task, and an unreadable one keeps the last good board and says so", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  sandbox.clock.advance(minute);
  await repository.push({
    branch: "main",
    by: "mira",
    commits: [{ message: "docs(plan): start", files: { [planPath]: csvPlan({ "AUTH-004": "in-progress" }) } }],
  });
  await stage.settle();
  expect((await stage.statuses())["AUTH-004"]).toBe("in-progress");
  sandbox.clock.advance(minute);
  await repository.push({
    branch: "main",
    by: "mira",
    commits: [{ message: "oops", files: { [planPath]: "file,group,subgroup,task,status\r\n" } }],
  });
  await stage.settle();
  expect((await stage.statuses())["AUTH-004"]).toBe("in-progress");
  expect(repository.comments(repository.issues.find((issue) => issue.byApp)?.number ?? 0)[0]?.body).toContain("could not be read");
  expect(await stage.problems()).toEqual([]);
});

test("a plan file that is deleted keeps its tasks, marked removed, with the audit trail", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  sandbox.clock.advance(minute);
  await repository.push({
    branch: "main",
    by: "mira",
    commits: [{ message: "drop", files: { [planPath]: null, "docs/master-plan.md": null } }],
  });
  await stage.settle();
  const { rows } = await stage.pool.query("select count(*)::int as kept, count(*) filter (where present)::int as present from tasks");
  expect(rows).toEqual([{ kept: 8, present: 0 }]);
  const audit = await stage.pool.query("select count(*)::int as removed from audit_log where action = 'task.removed'");
  expect(audit.rows).toEqual([{ removed: 8 }]);
  expect(await stage.problems()).toEqual([]);
});

test("in observe mode nothing is written, and what would have been is recorded", async () => {
  const stage = await setStage({ files, people, mode: "observe" });
  await stage.sandbox.install([stage.repository]);
  await stage.repository.push({ branch: "auth-005-csrf", by: "dev", commits: [{ message: "Add CSRF tests", files: { "csrf.py": "1" } }] });
  await stage.repository.openPull({ title: "AUTH-005: CSRF", head: "auth-005-csrf", by: "dev" });
  await stage.settle();
  const writes = stage.sandbox.exchanges.filter((exchange) => exchange.method !== "GET" && !exchange.path.endsWith("/access_tokens"));
  expect(writes).toEqual([]);
  const { rows } = await stage.pool.query("select split_part(key, ':', 1) as kind from posts where state = 'observed' order by 1");
  expect(rows.map((row) => row.kind)).toEqual(["check", "summary", "summary-issue"]);
  expect(await stage.problems()).toEqual([]);
});
