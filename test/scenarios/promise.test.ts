import { describe, expect, test } from "vitest";
import type { SandboxRepository } from "../../src/sandbox/sandbox.ts";
import { configuration, csvPlan, files, people, planPath } from "./plans.ts";
import { beforeTheCommit, holding, type Point, waitingFor } from "./points.ts";
import { type Stage, setStage } from "./stage.ts";
import { until } from "./until.ts";

const minute = 60_000;

async function installed(options: Partial<Parameters<typeof setStage>[0]> = {}): Promise<Stage> {
  const stage = await setStage({ files, people, ...options });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  return stage;
}

type Opening = Partial<Parameters<SandboxRepository["openPull"]>[0]> & { readonly title: string };

/** A pull request on a branch of its own, with one commit. */
async function open({ sandbox, repository }: Stage, pull: Opening) {
  const head = pull.head ?? `work-${repository.pulls.length + 1}`;
  const changed = pull.files ?? { [`${head}.txt`]: "1" };
  sandbox.clock.advance(minute);
  return repository.openPull({ head, by: "dev", files: changed, ...pull });
}

async function merge({ sandbox, repository }: Stage, number: number, method: "merge" | "squash" | "rebase" = "merge") {
  sandbox.clock.advance(minute);
  return repository.mergePull({ number, by: "mira", method });
}

async function say({ sandbox, repository }: Stage, issue: number, body: string) {
  sandbox.clock.advance(minute);
  await repository.comment({ issue, body, by: "mira" });
}

/** Lets what people do meanwhile be drained together: nothing is shown of the first of it before the last is known. */
async function together(stage: Stage, acts: () => Promise<void>): Promise<void> {
  const client = await stage.pool.connect();
  const lanes = await client.query("select distinct lane from inbox where lane like 'repository:%'");
  const keys = [lanes.rows.map(({ lane }) => lane)];
  await client.query("select pg_advisory_lock(hashtextextended(lane, 1)) from unnest($1::text[]) as held (lane)", keys);
  try {
    stage.sandbox.hold();
    await acts();
    await stage.sandbox.release();
  } finally {
    await client.query("select pg_advisory_unlock(hashtextextended(lane, 1)) from unnest($1::text[]) as held (lane)", keys);
    client.release();
  }
  await stage.settle();
}

/** Titles of the checks of a commit, as people read them. */
const titles = ({ repository }: Stage, sha: string): readonly string[] =>
  repository.checks(sha).map(({ title }) => (title ?? "").replaceAll("\u200B", ""));

const checkWrites = ({ sandbox }: Stage): number =>
  sandbox.exchanges.filter(({ method, path }) => method !== "GET" && path.includes("/check-runs")).length;

describe("once everything is done that a check promised", () => {
  test.each(["merge", "squash", "rebase"] as const)("it says so in one line, above what it promised (%s)", async (method) => {
    const stage = await installed();
    const { number, headSha } = await open(stage, { title: "AUTH-005, ORG-006: harden" });
    await stage.settle();
    const [promise] = stage.repository.checks(headSha);
    expect(promise?.title).toContain("Completes 2");

    await merge(stage, number, method);
    await stage.settle();

    const [check, ...more] = stage.repository.checks(headSha);
    expect(more).toEqual([]);
    expect(check).toMatchObject({ title: "2 promised, 2 done", conclusion: promise?.conclusion, text: promise?.text });
    expect(check?.summary).toContain("**2 promised, 2 done**.");
    expect(check?.summary).toContain(promise?.summary ?? "nothing");
    expect(await stage.problems()).toEqual([]);
  });

  test("it is written no more, whatever becomes of its tasks later", async () => {
    const stage = await installed();
    const { number, headSha } = await open(stage, { title: "AUTH-005: harden" });
    await stage.settle();
    await merge(stage, number);
    await stage.settle();
    const written = checkWrites(stage);

    await say(stage, number, "/reopen AUTH-005");
    await stage.settle();
    stage.sandbox.clock.advance(minute);
    await stage.repository.label({ number, label: "later", by: "mira" });
    await stage.settle();

    expect((await stage.statuses())["AUTH-005"]).toBe("in-progress");
    expect(titles(stage, headSha)).toEqual(["1 promised, 1 done"]);
    expect(checkWrites(stage)).toBe(written);
    expect(await stage.problems()).toEqual([]);
  });
});

describe("what was promised and did not happen is told with its reason, until it does", () => {
  test("another pull request that was opened in between", async () => {
    const stage = await installed();
    const first = await open(stage, { title: "AUTH-005, ORG-006: harden" });
    await stage.settle();
    await together(stage, async () => {
      await open(stage, { title: "AUTH-005: more of it" });
      await merge(stage, first.number);
    });
    const [, second] = stage.repository.pulls;
    expect(titles(stage, first.headSha)).toEqual([`2 promised, 1 done: AUTH-005 is still in progress because #${second?.number} is open`]);

    await merge(stage, second?.number ?? 0);
    await stage.settle();
    expect(titles(stage, first.headSha)).toEqual(["2 promised, 2 done"]);
    expect(titles(stage, second?.headSha ?? "")).toEqual(["1 promised, 1 done"]);
    expect(await stage.problems()).toEqual([]);
  });

  test("a workflow that has to pass on the merge commit", async () => {
    const path = ".github/plankeeper.yml";
    const stage = await installed({ files: { ...files, [path]: `${configuration}completion_requires: [ci]\n` } });
    const { number, headSha } = await open(stage, { title: "AUTH-005: harden" });
    await stage.settle();
    await merge(stage, number);
    await stage.settle();
    expect(titles(stage, headSha)).toEqual([
      `1 promised, 0 done: AUTH-005 is still in progress because ci has not passed on the merge commit of #${number}`,
    ]);

    const run = { name: "ci", file: ".github/workflows/ci.yml", branch: "main" };
    const written = checkWrites(stage);
    stage.sandbox.clock.advance(minute);
    await stage.repository.runWorkflow({ ...run, conclusion: "failure" });
    await stage.settle();
    expect(checkWrites(stage)).toBe(written);
    stage.sandbox.clock.advance(minute);
    await stage.repository.runWorkflow({ ...run, conclusion: "success" });
    await stage.settle();
    expect(titles(stage, headSha)).toEqual(["1 promised, 1 done"]);
    expect(await stage.problems()).toEqual([]);
  });

  test("a hold, then somebody's word; what was done and taken back meanwhile is told beside", async () => {
    const stage = await installed();
    const { number, headSha } = await open(stage, { title: "AUTH-005, ORG-006: harden" });
    await stage.settle();
    stage.sandbox.hold();
    await say(stage, number, "/block AUTH-005 waiting for @octocat's keys");
    await merge(stage, number);
    await stage.sandbox.release();
    await stage.settle();
    expect(titles(stage, headSha)).toEqual(["2 promised, 1 done: AUTH-005 is blocked: waiting for @octocat's keys"]);
    expect(stage.repository.checks(headSha)[0]?.title).not.toContain("@octocat");

    await say(stage, number, "/reopen ORG-006");
    await say(stage, number, "/defer AUTH-005");
    await stage.settle();
    expect(titles(stage, headSha)).toEqual(["2 promised, 1 done: AUTH-005 is deferred: command /status AUTH-005 deferred by mira"]);
    expect(stage.repository.checks(headSha)[0]?.summary).toContain("`ORG-006` was done, and taken back at");

    await say(stage, number, "/done AUTH-005");
    await stage.settle();
    expect(titles(stage, headSha)).toEqual(["2 promised, 2 done"]);
    expect(await stage.problems()).toEqual([]);
  });
});

test("a word from before the merge that may count only after the outcome was told corrects it", async () => {
  const stage = await installed();
  const { number, headSha } = await open(stage, { title: "AUTH-005: harden" });
  await stage.settle();
  stage.sandbox.fault({ route: "GET /repos/{owner}/{repo}/collaborators/{username}/permission", kind: "500-before", times: 1 });
  await say(stage, number, "/block AUTH-005 waiting for keys");
  await merge(stage, number);
  await until("the outcome is told", () => titles(stage, headSha).includes("1 promised, 1 done"));

  await stage.settle({ hasten: true });
  expect(titles(stage, headSha)).toEqual(["1 promised, 0 done: AUTH-005 is blocked: waiting for keys"]);
  expect(await stage.problems()).toEqual([]);
});

test("a second pull request on a task is told on the first one's check at once, so that no more is promised than will be done", async () => {
  const stage = await installed();
  const first = await open(stage, { title: "AUTH-005: harden" });
  await stage.settle();
  expect(titles(stage, first.headSha)[0]).toContain("Completes 1");
  const second = await open(stage, { title: "AUTH-005: more of it" });
  await stage.settle();
  expect(titles(stage, first.headSha)).toEqual(["Names 1 task · changes nothing"]);

  await merge(stage, first.number);
  await stage.settle();
  expect(titles(stage, first.headSha)).toEqual(["Names 1 task · changes nothing"]);
  expect(titles(stage, second.headSha)[0]).toContain("Completes 1");
  expect(await stage.problems()).toEqual([]);
});

test("through the merge queue, from a fork, and by an edit of the plan alone, promises are kept and told", async () => {
  const stage = await installed();
  const queued = await open(stage, { title: "AUTH-005: harden" });
  const forked = await open(stage, { title: "ORG-006: memberships", head: "org", by: "passer-by", fork: "passer-by" });
  const edit = await open(stage, { title: "Plan upkeep", files: { [planPath]: csvPlan({ "FE-004": "completed" }) } });
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  const group = await stage.repository.mergeGroup({ pulls: [queued.number], by: "mira" });
  await stage.settle();
  const promise = titles(stage, group.headSha);
  stage.sandbox.clock.advance(minute);
  await stage.repository.endMergeGroup({ headSha: group.headSha, reason: "merged" });
  await merge(stage, forked.number);
  await merge(stage, edit.number, "squash");
  await stage.settle();

  for (const { headSha } of [queued, forked, edit]) expect(titles(stage, headSha)).toEqual(["1 promised, 1 done"]);
  expect(titles(stage, group.headSha)).toEqual(promise);
  expect(await stage.problems()).toEqual([]);
});

test("of two pull requests with one head, one is told what came of it and the other what it will do", async () => {
  const stage = await installed();
  await stage.repository.push({ branch: "release", by: "mira", commits: [{ message: "Release", files: { "release.txt": "1" } }] });
  const first = await open(stage, { title: "AUTH-005: harden", head: "harden" });
  stage.sandbox.clock.advance(minute);
  const second = await stage.repository.openPull({ title: "ORG-006: the same commits", head: "harden", base: "release", by: "dev" });
  await stage.settle();
  await merge(stage, first.number);
  await stage.settle();
  const beside = new RegExp(`^#${first.number}: 1 promised, 1 done · \\w`);
  expect(titles(stage, first.headSha)).toEqual([expect.stringMatching(beside)]);
  expect(stage.repository.checks(first.headSha)[0]?.summary).toContain("ORG-006");

  stage.sandbox.clock.advance(minute);
  await stage.repository.closePull({ number: second.number, by: "dev" });
  await stage.settle();
  expect(titles(stage, first.headSha)).toHaveLength(1);
  expect(titles(stage, first.headSha)[0]).toContain("1 promised, 1 done");
  expect(await stage.problems()).toEqual([]);
});

test("nothing is told where nothing was promised: no task, closed unmerged, merged before the app came", async () => {
  const stage = await setStage({ files, people });
  const before = await open(stage, { title: "AUTH-004: refresh" });
  await merge(stage, before.number);
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  await stage.repository.label({ number: before.number, label: "late", by: "mira" });
  const idle = await open(stage, { title: "Tidy up" });
  const closed = await open(stage, { title: "AUTH-005: harden" });
  await stage.settle();
  const promise = titles(stage, closed.headSha);
  const written = checkWrites(stage);

  await merge(stage, idle.number);
  stage.sandbox.clock.advance(minute);
  await stage.repository.closePull({ number: closed.number, by: "dev" });
  await stage.settle();

  expect(titles(stage, before.headSha)).toEqual([]);
  expect(titles(stage, idle.headSha)).toEqual(["No task of the plan is named"]);
  expect(titles(stage, closed.headSha)).toEqual(promise);
  expect(checkWrites(stage)).toBe(written);
  expect(await stage.problems()).toEqual([]);
});

test("a check that is run again after the merge tells its outcome, in a new run", async () => {
  const stage = await installed();
  const { number, headSha } = await open(stage, { title: "AUTH-005: harden" });
  await stage.settle();
  await merge(stage, number);
  await stage.settle();
  await say(stage, number, "/reopen AUTH-005");
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  await stage.repository.rerequestCheck({ id: stage.repository.checks(headSha)[0]?.id ?? 0, by: "dev" });
  await stage.settle();

  expect(titles(stage, headSha)).toEqual(["1 promised, 1 done", "1 promised, 1 done"]);
  expect(stage.repository.checks(headSha).some(({ summary }) => summary?.includes("taken back"))).toBe(true);
  expect(await stage.problems()).toEqual([]);
});

test("observing, promise and outcome are recorded; when writing begins, what was never shown stays untold", async () => {
  const path = ".github/plankeeper.yml";
  const stage = await installed({ files: { ...files, [path]: `mode: observe\n${configuration}` } });
  const first = await open(stage, { title: "AUTH-005: harden" });
  await stage.settle();
  await together(stage, async () => {
    await open(stage, { title: "AUTH-005: more of it" });
    await merge(stage, first.number);
  });
  const [, second] = stage.repository.pulls;
  const { rows } = await stage.pool.query("select state, body from posts where key = $1", [`check:${first.headSha}`]);
  expect(rows).toMatchObject([
    {
      state: "observed",
      body: {
        title: expect.stringMatching(/^1 promised, 0 done: AUTH-005 is still in progress/),
        promises: [
          { pull: first.number, tasks: [{ id: "AUTH-005", before: "in-progress", after: "completed", words: "title: AUTH-005" }] },
        ],
        unkept: true,
      },
    },
  ]);

  stage.sandbox.clock.advance(minute);
  await stage.repository.push({ branch: "main", by: "mira", commits: [{ message: "Go live", files: { [path]: configuration } }] });
  await stage.settle();
  await merge(stage, second?.number ?? 0);
  await stage.settle();
  expect(stage.repository.checks(first.headSha)).toEqual([]);
  expect(titles(stage, second?.headSha ?? "")).toEqual(["1 promised, 1 done"]);
  expect(await stage.problems()).toEqual([]);
});

describe("killed between the merge and its outcome, nothing is lost", () => {
  const updating = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
  const asked: Point = (stage) =>
    holding(stage, {
      hold: "select from graphile_worker._private_job_queues for update",
      reached: "select count(*) from graphile_worker._private_jobs where key like '%:outcomes:%'",
    });

  test.each<readonly [string, Point]>([
    ["the merge about to be committed", beforeTheCommit],
    ["the merge committed, and nothing told", asked],
    ["GitHub having taken the outcome, its answer unheard", waitingFor(updating, "timeout-after")],
  ])("%s", async (_, point) => {
    const stage = await installed();
    const { number, headSha } = await open(stage, { title: "AUTH-005: harden" });
    await stage.settle();

    const armed = await point(stage);
    await merge(stage, number);
    await armed.reached();
    await stage.app().kill();
    await armed.release();
    await stage.start();
    await stage.settle();

    expect(titles(stage, headSha)).toEqual(["1 promised, 1 done"]);
    expect(await stage.problems()).toEqual([]);
  });

  test.each([
    ["a check that was made is told its outcome", "timeout-after", ["1 promised, 1 done"]],
    ["one that GitHub never heard of is not made any more", "timeout", []],
  ] as const)("merged while the app was dead: %s", async (_, fault, shown) => {
    const stage = await installed();
    const armed = await waitingFor("POST /repos/{owner}/{repo}/check-runs", fault)(stage);
    const { number, headSha } = await open(stage, { title: "AUTH-005: harden" });
    await armed.reached();
    await stage.app().kill();
    stage.sandbox.hold();
    await merge(stage, number);
    // What was begun is taken up again only when the merge is known.
    await stage.pool.query("update graphile_worker._private_jobs set run_at = now() + interval '1 hour' where key like '%:check:%'");
    await stage.start();
    await stage.sandbox.release();
    await until("the merge is drained", async () => {
      const { rows } = await stage.pool.query(
        "select count(*)::int as merged from facts where kind = 'pull' and body ->> 'state' = 'merged'",
      );
      return rows[0]?.merged > 0;
    });
    await stage.settle({ hasten: true });

    expect(titles(stage, headSha)).toEqual(shown);
    expect(await stage.problems()).toEqual([]);
  });
});
