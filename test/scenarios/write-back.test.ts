import { describe, expect, test } from "vitest";
import { configuration, files, people, planPath } from "./plans.ts";
import { holding, waitingFor } from "./points.ts";
import { makeDue, open, type Stage, type StageOptions, setStage } from "./stage.ts";
import { until } from "./until.ts";

const minute = 60_000;
const branch = "plankeeper/sync/docs--project-plan.csv";

async function installed(mode: "pull-request" | "commit", options: Partial<StageOptions> = {}): Promise<Stage> {
  const written = { ...files, ".github/plankeeper.yml": `${configuration}write_back: ${mode}\n` };
  const stage = await setStage({ files: written, people, ...options });
  await stage.sandbox.install([stage.repository]);
  await rest(stage);
  stage.sandbox.clock.advance(minute);
  return stage;
}

const writesBack = "coalesce(key, '') like '%:write-back:%'";

/** Until all is at rest but for what waits for quiet; then the quiet is over, and all is at rest again. */
async function rest(stage: Stage): Promise<void> {
  await beforeTheQuietEnds(stage);
  await endQuiet(stage);
  await stage.settle({ hasten: true });
}

const endQuiet = ({ pool }: Stage) =>
  pool.query(`update graphile_worker._private_jobs set run_at = now() where ${writesBack} and locked_at is null`);

async function beforeTheQuietEnds({ sandbox, pool }: Stage): Promise<void> {
  let times = 0;
  await until("all but the writing back has come to rest", async () => {
    await sandbox.settled();
    await makeDue(pool, "key like '%:moved'");
    const { rows } = await pool.query(
      `select (select count(*) from inbox where state = 'waiting') + (select count(*) from graphile_worker._private_jobs
         where ${open} and not ${writesBack}) as open`,
    );
    times = Number(rows[0]?.open) === 0 ? times + 1 : 0;
    return times === 2;
  });
}

/** Somebody's pull request for a task. */
async function opened({ sandbox, repository }: Stage, id: string): Promise<{ readonly number: number; readonly head: string }> {
  const head = `work-on-${repository.pulls.length + 1}`;
  await repository.push({ branch: head, by: "dev", commits: [{ message: "Work", files: { [`${head}.txt`]: "1" } }] });
  sandbox.clock.advance(minute);
  const { number } = await repository.openPull({ title: `${id}: work`, head, by: "dev" });
  sandbox.clock.advance(minute);
  return { number, head };
}

async function merged(stage: Stage, id: string): Promise<void> {
  const { number } = await opened(stage, id);
  await stage.repository.mergePull({ number, by: "mira", method: "squash", deleteBranch: true });
  stage.sandbox.clock.advance(minute);
}

/** A person edits the plan file on a branch. */
async function edited({ sandbox, repository }: Stage, change: (text: string) => string, on = "main"): Promise<void> {
  const text = change(repository.file(on, planPath) ?? "");
  await repository.push({ branch: on, by: "mira", commits: [{ message: "Tidy the plan", files: { [planPath]: text } }] });
  sandbox.clock.advance(minute);
}

/** Another status in the row of a task. */
const restated = (id: string, status: string) => (text: string) =>
  text.replace(new RegExp(`^(${id},M1,"[^"]*",[a-z]+,)[a-z-]+`, "m"), `$1${status}`);

const proposals = ({ repository }: Stage) => repository.pulls.filter((pull) => pull.byApp);
const rowIn = ({ repository }: Stage, id: string, on = branch): string =>
  (repository.file(on, planPath) ?? "").split("\n").find((line) => line.startsWith(`${id},`)) ?? "";
const statusIn = (stage: Stage, id: string, on = branch): string =>
  rowIn(stage, id, on)
    .replace(/"[^"]*"/g, "")
    .split(",")[4] ?? "";
/** Messages of the commits that the app was able to make, in their order. */
const commits = ({ sandbox }: Stage): readonly string[] =>
  sandbox.exchanges.flatMap(({ route, requestBody, responseBody }) => {
    if (route !== "POST /graphql" || Object(responseBody).errors !== undefined) return [];
    const { headline, body } = Object(requestBody).variables.input.message;
    return [`${headline}\n\n${body}`];
  });
/** Statuses that a row of the plan gave to tasks after the first version. */
async function statedByRows({ pool }: Stage): Promise<readonly string[]> {
  const { rows } = await pool.query(
    "select token || ' ' || after as stated from transitions where before is not null and cause ->> 'rule' = 'plan-row' order by at, token",
  );
  return rows.map(({ stated }) => stated);
}

describe("in pull requests", () => {
  test("a task that was completed by a merge is marked in one pull request, with the day and the reason", async () => {
    const stage = await installed("pull-request");
    const before = stage.repository.file("main", planPath) ?? "";
    await merged(stage, "AUTH-005");
    await rest(stage);

    const [pull, ...more] = proposals(stage);
    expect(more).toEqual([]);
    expect(pull).toMatchObject({ head: branch, base: "main", state: "open", title: "docs(plan): mark AUTH-005 completed" });
    expect(pull?.labels).toEqual(["plan-sync"]);
    expect(pull?.body).toContain("pull request merged");
    const after = before.replace(/^(AUTH-005,.*),todo,P1,"AUTH-003",6,,/m, '$1,completed,P1,"AUTH-003",6,2026-03-02,');
    expect(after).not.toBe(before);
    expect(stage.repository.file(branch, planPath)).toBe(after);
    const shown = stage.repository.file("main", "docs/master-plan.md")?.replace(/^(\| AUTH-005 \|.*\| )todo/m, "$1completed");
    expect(stage.repository.file(branch, "docs/master-plan.md")).toBe(shown);
    expect(commits(stage)).toEqual([expect.stringMatching(/^docs\(plan\): mark AUTH-005 completed\n\nPlankeeper-Sync: [0-9a-f]{12}$/)]);
    expect(await stage.problems()).toEqual([]);
  });

  test("what happens next joins the pull request that is open", async () => {
    const stage = await installed("pull-request");
    await merged(stage, "AUTH-005");
    await rest(stage);
    await opened(stage, "ORG-006");
    await rest(stage);

    expect(proposals(stage)).toMatchObject([{ state: "open", title: "docs(plan): mark 2 tasks" }]);
    expect(["AUTH-005", "ORG-006"].map((id) => statusIn(stage, id))).toEqual(["completed", "in-progress"]);
    expect(commits(stage).map((message) => message.split("\n")[0])).toEqual([
      "docs(plan): mark AUTH-005 completed",
      "docs(plan): mark ORG-006 in-progress",
    ]);
    expect(await stage.problems()).toEqual([]);
  });

  test.each([
    { method: "merge", name: "with a merge commit" },
    { method: "squash", name: "squashed, the trailer quoted" },
    { method: "squash", message: "Bring the plan up to date", name: "squashed, under words of somebody's own" },
    { method: "rebase", name: "rebased" },
  ] as const)("merging it $name states nothing, and nothing is written again", async ({ name: _, ...merge }) => {
    const stage = await installed("pull-request");
    const { sandbox, repository } = stage;
    await merged(stage, "AUTH-005");
    const work = await opened(stage, "FE-004");
    await rest(stage);
    const [pull] = proposals(stage);
    if (merge.method === "merge")
      await repository.push({ branch: "main", by: "mira", commits: [{ message: "Other", files: { "a.txt": "1" } }] });
    sandbox.clock.advance(minute);
    await repository.mergePull({ number: pull?.number ?? 0, by: "mira", ...merge });
    sandbox.clock.advance(minute);
    await rest(stage);

    expect(["AUTH-005", "FE-004"].map((id) => statusIn(stage, id, "main"))).toEqual(["completed", "in-progress"]);
    expect(proposals(stage)).toHaveLength(1);
    expect(await statedByRows(stage)).toEqual([]);

    // It was activity that began the task: when the work is given up, the task is what it was.
    await repository.closePull({ number: work.number, by: "dev" });
    await repository.deleteBranch({ branch: work.head, by: "dev" });
    sandbox.clock.advance(minute);
    await rest(stage);
    expect(await stage.statuses()).toMatchObject({ "AUTH-005": "completed", "FE-004": "todo" });
    expect(proposals(stage)).toMatchObject([{ merged: true }, { state: "open", title: "docs(plan): mark FE-004 todo" }]);
    expect(await stage.problems()).toEqual([]);
  });

  test("merged by hand, after somebody else had changed another row, it takes nothing back", async () => {
    const stage = await installed("pull-request");
    const { sandbox, repository } = stage;
    await merged(stage, "AUTH-005");
    await rest(stage);
    await edited(stage, restated("ORG-006", "deferred"));
    await beforeTheQuietEnds(stage);
    const both = restated("ORG-006", "deferred")(repository.file(branch, planPath) ?? "");
    await repository.push({
      branch: "main",
      by: "mira",
      commits: [{ message: "Merge the plan", merge: branch, files: { [planPath]: both } }],
    });
    sandbox.clock.advance(minute);
    await rest(stage);

    expect(proposals(stage)).toMatchObject([{ merged: true }]);
    expect(await stage.statuses()).toMatchObject({ "AUTH-005": "completed", "ORG-006": "deferred" });
    expect(await statedByRows(stage)).toEqual(["ORG-6 deferred"]);
    expect(await stage.problems()).toEqual([]);
  });

  test("once merged, a person's own word about the same row counts again", async () => {
    const stage = await installed("pull-request");
    await merged(stage, "AUTH-005");
    await rest(stage);
    await stage.repository.mergePull({ number: proposals(stage)[0]?.number ?? 0, by: "mira", method: "squash" });
    stage.sandbox.clock.advance(minute);
    await rest(stage);
    await edited(stage, restated("AUTH-005", "todo"));
    await rest(stage);
    await edited(stage, restated("AUTH-005", "completed"));
    await rest(stage);

    expect(await statedByRows(stage)).toEqual(["AUTH-5 todo", "AUTH-5 completed"]);
    expect(proposals(stage)).toHaveLength(1);
    expect(await stage.problems()).toEqual([]);
  });

  test("a person's edit of another row, or of another cell of the row, is kept beside ours", async () => {
    const stage = await installed("pull-request");
    await merged(stage, "AUTH-005");
    await rest(stage);
    const [before] = proposals(stage);
    await edited(stage, (text) => text.replace("Org model", "Organisations").replace("Security hardening", "Hardening"));
    await rest(stage);

    expect(proposals(stage)).toMatchObject([{ number: before?.number, state: "open" }]);
    expect(rowIn(stage, "AUTH-005")).toContain('"Hardening & tests",backend,completed');
    expect(rowIn(stage, "ORG-006")).toContain("Organisations");
    const events = stage.sandbox.deliveries.filter(({ event, action }) => event === "pull_request" && action === "closed");
    expect(events).toHaveLength(1);
    await stage.repository.mergePull({ number: before?.number ?? 0, by: "mira" });
    stage.sandbox.clock.advance(minute);
    await rest(stage);
    expect(rowIn(stage, "AUTH-005", "main")).toBe(rowIn(stage, "AUTH-005"));
    expect(await statedByRows(stage)).toEqual([]);
    expect(await stage.problems()).toEqual([]);
  });

  test("a person's edit of the same cell wins, and with nothing left to say the pull request goes", async () => {
    const stage = await installed("pull-request");
    await merged(stage, "AUTH-005");
    await rest(stage);
    await edited(stage, restated("AUTH-005", "deferred"));
    await rest(stage);

    expect(await stage.statuses()).toMatchObject({ "AUTH-005": "deferred" });
    expect(statusIn(stage, "AUTH-005", "main")).toBe("deferred");
    const [pull, ...more] = proposals(stage);
    expect(more).toEqual([]);
    expect(pull).toMatchObject({ state: "closed", merged: false });
    expect(pull?.body).toContain("nothing left to write");
    expect(stage.repository.file(branch, planPath)).toBeNull();
    expect(await stage.problems()).toEqual([]);
  });

  test("a cell that a person changed before we heard of it is left as it is, and the pull request says so", async () => {
    const stage = await installed("pull-request");
    const { sandbox } = stage;
    await merged(stage, "AUTH-005");
    await merged(stage, "ORG-006");
    await beforeTheQuietEnds(stage);
    sandbox.hold();
    await edited(stage, restated("AUTH-005", "blocked"));
    await endQuiet(stage);
    await until("there is a pull request with its label", () => proposals(stage)[0]?.labels.length === 1);

    expect(proposals(stage)).toMatchObject([{ title: "docs(plan): mark ORG-006 completed" }]);
    expect(proposals(stage)[0]?.body).toContain("`AUTH-005`: somebody has just written blocked");
    expect(["AUTH-005", "ORG-006"].map((id) => statusIn(stage, id))).toEqual(["blocked", "completed"]);
    await sandbox.release();
    await rest(stage);
    expect(await stage.statuses()).toMatchObject({ "AUTH-005": "blocked", "ORG-006": "completed" });
    expect(proposals(stage)[0]?.body).not.toContain("somebody has just written");
    expect(await stage.problems()).toEqual([]);
  });

  test("closed by a person it stays closed, until there is something new to say", async () => {
    const stage = await installed("pull-request");
    const { sandbox, repository } = stage;
    await merged(stage, "AUTH-005");
    await rest(stage);
    await repository.closePull({ number: proposals(stage)[0]?.number ?? 0, by: "mira" });
    sandbox.clock.advance(minute);
    await rest(stage);
    await edited(stage, (text) => text.replace("Org model", "Organisations"));
    await rest(stage);
    expect(proposals(stage)).toMatchObject([{ state: "closed" }]);

    await merged(stage, "ORG-006");
    await rest(stage);
    expect(proposals(stage)).toMatchObject([{ state: "closed" }, { state: "open", title: "docs(plan): mark 2 tasks completed" }]);
    expect(rowIn(stage, "ORG-006")).toContain("Organisations");
    expect(await stage.problems()).toEqual([]);
  });

  test("a row that is closed with the pull request, and later said by a person, is that person's word", async () => {
    const stage = await installed("pull-request");
    const work = await opened(stage, "FE-004");
    await rest(stage);
    await stage.repository.closePull({ number: proposals(stage)[0]?.number ?? 0, by: "mira" });
    stage.sandbox.clock.advance(minute);
    await rest(stage);
    await edited(stage, restated("FE-004", "in-progress"));
    await rest(stage);
    await stage.repository.closePull({ number: work.number, by: "dev" });
    await stage.repository.deleteBranch({ branch: work.head, by: "dev" });
    stage.sandbox.clock.advance(minute);
    await rest(stage);

    expect(await stage.statuses()).toMatchObject({ "FE-004": "in-progress" });
    expect(proposals(stage)).toHaveLength(1);
    expect(await stage.problems()).toEqual([]);
  });

  test("a branch that was only brought up to date goes on", async () => {
    const stage = await installed("pull-request");
    const { sandbox, repository } = stage;
    await merged(stage, "AUTH-005");
    await rest(stage);
    await merged(stage, "ORG-006");
    await repository.push({ branch, by: "mira", commits: [{ message: "Merge branch 'main'", merge: "main" }] });
    sandbox.clock.advance(minute);
    await rest(stage);

    expect(proposals(stage)).toMatchObject([{ state: "open", title: "docs(plan): mark 2 tasks completed" }]);
    expect(["AUTH-005", "ORG-006"].map((id) => statusIn(stage, id))).toEqual(["completed", "completed"]);
    expect(repository.file(branch, "work-on-3.txt")).toBe("1");
    expect(await stage.problems()).toEqual([]);
  });

  test("a branch that somebody else pushed to is left alone, and the pull request says so", async () => {
    const stage = await installed("pull-request");
    await merged(stage, "AUTH-005");
    await rest(stage);
    await edited(stage, restated("AUTH-004", "deferred"), branch);
    await merged(stage, "ORG-006");
    await rest(stage);

    expect(["AUTH-004", "AUTH-005", "ORG-006"].map((id) => statusIn(stage, id))).toEqual(["deferred", "completed", "todo"]);
    expect(proposals(stage)).toMatchObject([{ state: "open", body: expect.stringContaining("Somebody else has pushed to this branch") }]);
    await stage.repository.mergePull({ number: proposals(stage)[0]?.number ?? 0, by: "mira", method: "squash", deleteBranch: true });
    stage.sandbox.clock.advance(minute);
    await rest(stage);
    expect(await stage.statuses()).toMatchObject({ "AUTH-004": "deferred", "AUTH-005": "completed" });
    expect(await statedByRows(stage)).toEqual(["AUTH-4 deferred"]);
    expect(proposals(stage)).toMatchObject([{ merged: true }, { state: "open", title: "docs(plan): mark ORG-006 completed" }]);
    expect(await stage.problems()).toEqual([]);
  });
});

test("of a folder of task files only the file of the task is written, in the folder's own words", async () => {
  const task = (id: string, status: string) =>
    `---\nid: ${id}\ntitle: Title of ${id}\nstatus: ${status}\ndependencies: []\n---\n\nWhat ${id} is for.\n`;
  const file = "backlog/tasks/back-1 - Parser.md";
  const folder = {
    "backlog/config.yml": 'project_name: "Plans"\nstatuses: ["To Do", "Cooking", "Done"]\ntask_prefix: "back"\n',
    [file]: task("BACK-1", "To Do"),
    "backlog/tasks/back-2 - Login.md": task("BACK-2", "To Do"),
    ".github/plankeeper.yml": "write_back: pull-request\n",
  };
  const stage = await installed("pull-request", { files: folder });
  await opened(stage, "BACK-1");
  await rest(stage);

  const [pull, ...more] = proposals(stage);
  expect(more).toEqual([]);
  expect(pull).toMatchObject({ title: "docs(plan): mark BACK-1 in-progress", state: "open" });
  expect(stage.repository.file(pull?.head ?? "", file)).toBe(task("BACK-1", "Cooking"));
  await stage.repository.mergePull({ number: pull?.number ?? 0, by: "mira", method: "squash", message: "Plan" });
  stage.sandbox.clock.advance(minute);
  await rest(stage);
  expect(await statedByRows(stage)).toEqual([]);
  expect(proposals(stage)).toHaveLength(1);
  expect(await stage.problems()).toEqual([]);
});

describe("by commits", () => {
  test("the default branch gets one commit, which states nothing and starts nothing", async () => {
    const stage = await installed("commit");
    await merged(stage, "AUTH-005");
    const work = await opened(stage, "FE-004");
    await rest(stage);

    expect(proposals(stage)).toEqual([]);
    expect(["AUTH-005", "FE-004"].map((id) => statusIn(stage, id, "main"))).toEqual(["completed", "in-progress"]);
    expect(commits(stage)).toEqual([
      expect.stringMatching(/^docs\(plan\): mark 2 tasks\n\n- AUTH-005 completed\n- FE-004 in-progress\n\nPlankeeper-Sync: /),
    ]);
    expect(await statedByRows(stage)).toEqual([]);
    await stage.repository.closePull({ number: work.number, by: "dev" });
    await stage.repository.deleteBranch({ branch: work.head, by: "dev" });
    stage.sandbox.clock.advance(minute);
    await rest(stage);
    expect(statusIn(stage, "FE-004", "main")).toBe("todo");
    expect(commits(stage)).toHaveLength(2);
    expect(await stage.problems()).toEqual([]);
  });

  test("a branch that moves in between is read again, and what somebody wrote there is kept", async () => {
    const stage = await installed("commit");
    await merged(stage, "AUTH-005");
    await beforeTheQuietEnds(stage);
    const armed = await holding(stage, {
      hold: "lock table posts in exclusive mode",
      reached: "select count(*) from pg_locks where relation = 'posts'::regclass and not granted",
    });
    await endQuiet(stage);
    await armed.reached();
    await edited(stage, (text) => text.replace("Org model", "Organisations"));
    await armed.release();
    await rest(stage);

    const stale = stage.sandbox.exchanges.filter(({ responseBody }) => Object(responseBody).errors?.[0]?.type === "STALE_DATA");
    expect(stale).toHaveLength(1);
    expect(statusIn(stage, "AUTH-005", "main")).toBe("completed");
    expect(rowIn(stage, "ORG-006", "main")).toContain("Organisations");
    expect(commits(stage)).toHaveLength(1);
    expect(await stage.problems()).toEqual([]);
  });
});

test.each(["pull-request", "commit"] as const)("killed when GitHub had made the commit (%s), it makes no other", async (mode) => {
  const stage = await installed(mode);
  await merged(stage, "AUTH-005");
  await beforeTheQuietEnds(stage);
  const armed = await waitingFor("POST /graphql", "timeout-after")(stage);
  await endQuiet(stage);
  await armed.reached();
  await stage.app().kill();
  await stage.start();
  await rest(stage);

  expect(stage.sandbox.exchanges.filter(({ route }) => route === "POST /graphql")).toHaveLength(1);
  expect(statusIn(stage, "AUTH-005", mode === "commit" ? "main" : branch)).toBe("completed");
  expect(proposals(stage)).toHaveLength(mode === "commit" ? 0 : 1);
  if (mode === "pull-request") await stage.repository.mergePull({ number: proposals(stage)[0]?.number ?? 0, by: "mira", method: "squash" });
  await rest(stage);
  const { rows } = await stage.pool.query("select body -> 'rows' as rows from facts where kind = 'proposal'");
  expect(rows).toMatchObject([{ rows: [{ token: "AUTH-5", status: "completed" }] }]);
  expect(await statedByRows(stage)).toEqual([]);
  expect(await stage.problems()).toEqual([]);
});

test.each(["500-before", "500-after", "drop-after", "409"] as const)(
  "%s of every call that writes ends with everything written once",
  async (kind) => {
    const stage = await installed("pull-request");
    await merged(stage, "AUTH-005");
    await beforeTheQuietEnds(stage);
    const repository = "/repos/{owner}/{repo}";
    const calls = [
      `POST ${repository}/git/refs`,
      "POST /graphql",
      `POST ${repository}/pulls`,
      `POST ${repository}/issues/{issue_number}/labels`,
    ];
    for (const route of calls) stage.sandbox.fault({ route, kind, times: 1 });
    await rest(stage);

    expect(stage.sandbox.exchanges.filter(({ fault }) => fault === kind)).toHaveLength(calls.length);
    expect(proposals(stage)).toMatchObject([{ state: "open", title: "docs(plan): mark AUTH-005 completed", labels: ["plan-sync"] }]);
    const made = stage.sandbox.deliveries.filter(
      ({ event, payload }) => event === "push" && Object(payload).ref === `refs/heads/${branch}`,
    );
    expect(made.flatMap(({ payload }) => Object(payload).commits)).toHaveLength(1);
    expect(await stage.problems()).toEqual([]);
  },
);

test("in observe mode nothing is written, and what would be is recorded", async () => {
  const stage = await installed("pull-request", { mode: "observe" });
  await merged(stage, "AUTH-005");
  await rest(stage);

  const writes = stage.sandbox.exchanges.filter(({ method, path }) => method !== "GET" && !path.endsWith("/access_tokens"));
  expect(writes).toEqual([]);
  const { rows } = await stage.pool.query("select body from posts where state = 'observed' and key like 'write-back:%'");
  expect(rows).toMatchObject([{ body: { branch, pull: { title: "docs(plan): mark AUTH-005 completed" } } }]);
  expect(rows[0]?.body.files[planPath]).toContain("completed,P1");
  expect(await stage.problems()).toEqual([]);
});

test("without the permission to write, the summary says what to grant, and nothing is tried again for its own sake", async () => {
  const read = { actions: "read", checks: "write", contents: "read", issues: "write", metadata: "read", pull_requests: "write" } as const;
  const stage = await installed("pull-request", { permissions: read });
  await merged(stage, "AUTH-005");
  await rest(stage);
  await stage.settle({ hasten: true });

  const issue = stage.repository.issues.find(({ byApp }) => byApp)?.number ?? 0;
  const [summary] = stage.repository.comments(issue);
  expect(summary?.body).toContain("The plan file is not written back");
  expect(summary?.body).toContain("Contents: write");
  expect(stage.sandbox.exchanges.filter(({ route }) => route === "POST /repos/{owner}/{repo}/git/refs")).toHaveLength(1);
  expect(proposals(stage)).toEqual([]);
  expect(await stage.problems()).toEqual([]);
});

test("without write_back in the configuration no file is touched", async () => {
  const stage = await setStage({ files, people });
  await stage.sandbox.install([stage.repository]);
  await merged(stage, "AUTH-005");
  await rest(stage);

  expect(proposals(stage)).toEqual([]);
  expect(commits(stage)).toEqual([]);
});
