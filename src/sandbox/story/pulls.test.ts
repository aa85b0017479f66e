import { describe, expect, test } from "vitest";
import { field, fields, listIn, openSandbox } from "../../../test/sandbox-client.ts";

const repo = "/repos/octo/plans";

async function opened() {
  const client = await openSandbox();
  const repository = client.sandbox.repository({
    owner: "octo",
    name: "plans",
    files: { "plan.csv": "id\nA-1\n", "docs/a.md": "a\n" },
    people: { maria: "maintain", wanda: "write", tom: "triage" },
  });
  await client.sandbox.install([repository]);
  const told = (event: string) => client.heard.filter((one) => one.event === event).map(({ payload }) => payload);
  const openOne = async (head = "a-1") => {
    const one = await repository.openPull({
      title: `${head}: begin`,
      body: "Closes #1",
      head,
      by: "wanda",
      files: { [`${head}.md`]: "1\n2\n" },
    });
    client.takeEvents();
    return one;
  };
  client.takeEvents();
  return { ...client, repository, told, openOne };
}

describe("a pull request", () => {
  test("shares its numbers with issues and is one of them", async () => {
    const { repository, call, openOne } = await opened();
    await repository.openIssue({ title: "One", by: "tom" });
    const { number } = await openOne();

    expect(number).toBe(2);
    expect(field((await call(`GET ${repo}/issues/2`)).body, "pull_request.url")).toMatch(/\/pulls\/2$/);
    expect(fields((await call(`GET ${repo}/issues`)).body, "number")).toEqual(["2", "1"]);
    expect([repository.issues.length, repository.pulls.length]).toEqual([1, 1]);
  });

  test("follows its branch: a push tells its new head", async () => {
    const { repository, openOne, takeEvents, told } = await opened();
    const { number, headSha } = await openOne();

    const { after } = await repository.push({ branch: "a-1", by: "wanda", commits: [{ message: "more", files: { "b.md": "b" } }] });

    expect(told("pull_request")[0]).toMatchObject({ action: "synchronize", number, before: headSha, after });
    expect(takeEvents()).toEqual(["push", "check_suite.requested", "pull_request.synchronize"]);
    expect(repository.pulls[0]?.headSha).toBe(after);
  });

  test("tells its commits and files against where it left the base, also after the base moved and it was merged", async () => {
    const { repository, call, openOne } = await opened();
    const { number } = await openOne();
    await repository.push({ branch: "main", by: "maria", commits: [{ message: "Meanwhile", files: { "docs/a.md": "b\n" } }] });
    const seen = async () => [
      fields((await call(`GET ${repo}/pulls/${number}/files`)).body, "filename"),
      fields((await call(`GET ${repo}/pulls/${number}/commits`)).body, "commit.message"),
    ];
    expect(await seen()).toEqual([["a-1.md"], ["a-1: begin"]]);

    await repository.mergePull({ number, by: "maria", deleteBranch: true });

    expect(await seen()).toEqual([["a-1.md"], ["a-1: begin"]]);
    expect(fields((await call(`GET ${repo}/pulls/${number}/files`)).body, "patch")).toEqual(["@@ -0,0 +1,2 @@\n+1\n+2"]);
  });

  test("is found by state, head and base, and by a commit it holds", async () => {
    const { repository, call, openOne } = await opened();
    const { number, headSha } = await openOne();
    await openOne("a-2");
    await repository.closePull({ number, by: "wanda" });
    const numbers = async (rest: string) => fields((await call(`GET ${repo}${rest}`)).body, "number");

    expect(await numbers("/pulls")).toEqual(["2"]);
    expect(await numbers("/pulls?state=closed")).toEqual(["1"]);
    expect(await numbers("/pulls?state=all&head=octo:a-1")).toEqual(["1"]);
    expect(await numbers("/pulls?base=other")).toEqual([]);
    expect(await numbers(`/commits/${headSha}/pulls`)).toEqual(["1"]);
  });

  test("is not opened without a difference, or twice from one branch", async () => {
    const { repository, openOne } = await opened();
    await openOne();

    await expect(repository.openPull({ title: "again", head: "a-1", by: "wanda" })).rejects.toThrow(/already exists/);
    await repository.push({ branch: "same", by: "wanda", commits: [] });
    await expect(repository.openPull({ title: "none", head: "same", by: "wanda" })).rejects.toThrow(/No commits between/);
    await expect(repository.openPull({ title: "none", head: "nowhere", by: "wanda" })).rejects.toThrow(/there is no branch nowhere/);
  });

  test("from a fork brings its commits along without a push in the repository", async () => {
    const { sandbox, repository, call, takeEvents, told } = await opened();

    const { number, headSha } = await repository.openPull({
      title: "Fix",
      head: "fix",
      fork: "stranger",
      by: "stranger",
      files: { "f.md": "f" },
    });

    expect(field(told("pull_request")[0], "pull_request.head.repo.full_name")).toBe("stranger/plans");
    expect(field(told("pull_request")[0], "pull_request.author_association")).toBe("NONE");
    expect(takeEvents()).toEqual(["pull_request.opened"]);
    const made = await call(`POST ${repo}/check-runs`, { body: { name: "Plan", head_sha: headSha, conclusion: "neutral" } });
    expect(made).toMatchObject({ status: 201, body: { pull_requests: [], app: { id: 4711 } } });
    await sandbox.settled();
    takeEvents();
    await repository.synchronize({ number, by: "stranger", commits: [{ message: "more", files: { "g.md": "g" } }] });
    expect(takeEvents()).toEqual(["pull_request.synchronize"]);
  });
});

describe("merging", () => {
  test("with a merge commit pushes the base with the branch's commits, and closes the request and the issue it names", async () => {
    const { repository, openOne, takeEvents, told } = await opened();
    await repository.openIssue({ title: "A-1", by: "tom" });
    const { number, headSha } = await openOne();

    const { sha } = await repository.mergePull({ number, by: "maria", deleteBranch: true });

    expect(told("push")[0]).toMatchObject({
      ref: "refs/heads/main",
      after: sha,
      commits: [
        { id: headSha, distinct: false },
        { id: sha, distinct: true, message: `Merge pull request #${number} from octo/a-1\n\na-1: begin` },
      ],
    });
    expect(told("pull_request")[0]).toMatchObject({ action: "closed", pull_request: { merged: true, merge_commit_sha: sha } });
    const events = ["push", "check_suite.requested", "pull_request.closed", "issues.closed", "delete", "push"];
    expect(takeEvents()).toEqual(events);
    expect(repository.pulls[0]).toMatchObject({ state: "closed", merged: true, mergeSha: sha });
    expect(repository.issues[0]).toMatchObject({ state: "closed", reason: "completed" });
  });

  test("by squashing leaves one commit on the base", async () => {
    const { repository, call, openOne } = await opened();
    const { number } = await openOne();
    await repository.push({ branch: "a-1", by: "wanda", commits: [{ message: "more", files: { "b.md": "b" } }] });

    const { sha } = await repository.mergePull({ number, by: "maria", method: "squash" });

    const commits = (await call(`GET ${repo}/commits`)).body;
    expect(fields(commits, "sha")[0]).toBe(sha);
    expect(fields(commits, "commit.message")).toEqual([`a-1: begin (#${number})\n\n* a-1: begin\n\n* more`, "Initial commit"]);
    expect(repository.pulls[0]).toMatchObject({ merged: true, mergeSha: sha });
  });

  test("by rebasing repeats each commit on the base", async () => {
    const { repository, call, openOne } = await opened();
    const { number } = await openOne();
    await repository.push({ branch: "a-1", by: "wanda", commits: [{ message: "more", files: { "b.md": "b" } }] });
    await repository.push({ branch: "main", by: "maria", commits: [{ message: "Meanwhile", files: { "m.md": "m" } }] });

    await repository.mergePull({ number, by: "maria", method: "rebase" });

    expect(fields((await call(`GET ${repo}/commits`)).body, "commit.message")).toEqual([
      "more",
      "a-1: begin",
      "Meanwhile",
      "Initial commit",
    ]);
    expect(["a-1.md", "b.md", "m.md"].every((path) => repository.file("main", path) !== null)).toBe(true);
  });

  test("by hand, with git, is noticed when the commits arrive on the base", async () => {
    const { repository, openOne, takeEvents } = await opened();
    const { number } = await openOne();

    const { after } = await repository.push({ branch: "main", by: "maria", commits: [{ message: "Merge branch 'a-1'", merge: "a-1" }] });

    expect(takeEvents()).toEqual(["push", "check_suite.requested", "pull_request.closed"]);
    expect(repository.pulls.find((pull) => pull.number === number)).toMatchObject({ merged: true, mergeSha: after });
  });

  test("is refused for a draft, a conflict, and someone who may not", async () => {
    const { repository, call, openOne } = await opened();
    const { number } = await openOne();
    await expect(repository.mergePull({ number, by: "tom" })).rejects.toThrow(/needs "write"/);
    await repository.draftPull({ number, by: "wanda" });
    await expect(repository.mergePull({ number, by: "maria" })).rejects.toThrow(/is a draft/);
    await repository.readyPull({ number, by: "wanda" });
    await repository.push({ branch: "main", by: "maria", commits: [{ message: "Same file", files: { "a-1.md": "other\n" } }] });

    expect(field((await call(`GET ${repo}/pulls/${number}`)).body, "mergeable_state")).toBe("dirty");
    await expect(repository.mergePull({ number, by: "maria" })).rejects.toThrow(/conflicts in a-1.md/);
    expect(repository.pulls[0]?.state).toBe("open");
  });
});

describe("the merge queue", () => {
  test("asks for checks on a branch of its own, and lands its pull requests together", async () => {
    const { repository, openOne, takeEvents, told } = await opened();
    const one = await openOne("a-1");
    const two = await openOne("a-2");

    const { headSha } = await repository.mergeGroup({ pulls: [one.number, two.number], by: "maria" });

    const [group] = told("merge_group");
    expect(field(group, "merge_group.head_sha")).toBe(headSha);
    expect(field(group, "merge_group.head_ref")).toMatch(/^refs\/heads\/gh-readonly-queue\/main\/pr-2-[0-9a-f]{40}$/);
    const asking = [
      "pull_request.enqueued",
      "pull_request.enqueued",
      "create",
      "push",
      "check_suite.requested",
      "merge_group.checks_requested",
    ];
    expect(takeEvents()).toEqual(asking);

    await repository.endMergeGroup({ headSha, reason: "merged" });

    expect(repository.pulls.map(({ merged }) => merged)).toEqual([true, true]);
    expect(new Set(repository.pulls.map(({ mergeSha }) => mergeSha)).size).toBe(2);
    const landing = [
      "push",
      "check_suite.requested",
      "pull_request.closed",
      "pull_request.closed",
      "pull_request.dequeued",
      "pull_request.dequeued",
    ];
    expect(takeEvents()).toEqual([...landing, "merge_group.destroyed", "delete", "push"]);
  });

  test("lets go of what is invalidated, and the pull request stays open", async () => {
    const { repository, openOne, told } = await opened();
    const { number } = await openOne();
    const { headSha } = await repository.mergeGroup({ pulls: [number], by: "maria" });

    await repository.endMergeGroup({ headSha, reason: "invalidated" });

    expect(field(told("merge_group")[1], "reason")).toBe("invalidated");
    expect(repository.pulls[0]?.state).toBe("open");
  });
});

describe("workflow runs", () => {
  const run = { name: "tests", file: ".github/workflows/tests.yml", branch: "main" };

  test("are requested, in progress and completed; a second attempt is the same run", async () => {
    const { repository, call, takeEvents, told } = await opened();
    await repository.runWorkflow({ ...run, conclusion: "failure" });
    expect(takeEvents()).toEqual(["workflow_run.requested", "workflow_run.in_progress", "workflow_run.completed"]);

    await repository.runWorkflow({ ...run, conclusion: "success", attempt: 2 });
    await repository.runWorkflow({ ...run, conclusion: "success", event: "schedule" });

    const ended = told("workflow_run").filter((one) => field(one, "action") === "completed");
    const seen = ["run_number", "run_attempt", "conclusion", "event", "path"].map((name) =>
      ended.map((one) => field(one, `workflow_run.${name}`)),
    );
    const path = ".github/workflows/tests.yml";
    expect(seen).toEqual([
      ["1", "2"],
      ["2", "1"],
      ["success", "success"],
      ["push", "schedule"],
      [path, path],
    ]);
    const list = (await call(`GET ${repo}/actions/runs?branch=main&status=success`)).body;
    expect(fields(listIn(list, "workflow_runs"), "run_number")).toEqual(["2", "1"]);
  });

  test("of a fork say whose repository the head lives in", async () => {
    const { repository, told } = await opened();

    await repository.runWorkflow({ ...run, conclusion: "failure", fork: true, by: "stranger" });

    expect(told("workflow_run")[0]).toMatchObject({
      workflow_run: { event: "pull_request", head_repository: { full_name: "stranger/plans" }, repository: { full_name: "octo/plans" } },
    });
  });
});
