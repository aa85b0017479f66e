import { expect, test } from "vitest";
import type { SandboxRepository } from "../../src/sandbox/sandbox.ts";
import { configuration, csvPlan, files, people, planPath } from "./plans.ts";
import { open as openJobs, type Stage, setStage } from "./stage.ts";
import { until } from "./until.ts";

const minute = 60_000;
const path = ".github/plankeeper.yml";

async function installed(options: Partial<Parameters<typeof setStage>[0]> = {}): Promise<Stage> {
  const stage = await setStage({ files, people, ...options });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  return stage;
}

/** A pull request on a branch of its own, with one commit. */
async function open(
  { sandbox, repository }: Stage,
  pull: Partial<Parameters<SandboxRepository["openPull"]>[0]> & { readonly title: string },
) {
  const head = pull.head ?? `work-${repository.pulls.length + 1}`;
  sandbox.clock.advance(minute);
  return repository.openPull({ head, by: "dev", files: { [`${head}.txt`]: "1" }, ...pull });
}

/** Presses a button of the newest check of a commit, or asks for it to run again. */
async function press({ sandbox, repository, settle }: Stage, sha: string, action: string | null) {
  sandbox.clock.advance(minute);
  const id = repository.checks(sha).at(-1)?.id ?? 0;
  await (action === null ? repository.rerequestCheck({ id, by: "dev" }) : repository.requestAction({ id, action, by: "dev" }));
  await settle();
}

test("a failing check is ignored by a button, over pushes, until it is run again; someone whose role is unknown cannot", async () => {
  const stage = await installed({ files: { ...files, [path]: `${configuration}check: {fail_on: [no-task]}\n` } });
  const { repository, sandbox } = stage;
  const { number, headSha } = await open(stage, { title: "Tidy up", head: "tidy" });
  await stage.settle();
  const last = (sha: string) => repository.checks(sha).at(-1);
  expect(last(headSha)?.conclusion).toBe("failure");
  const buttons = sandbox.exchanges.flatMap(({ route, requestBody }) => (route?.startsWith("POST") === true ? [requestBody] : []));
  expect(JSON.stringify(buttons)).toContain('"label":"Ignore for this PR"');

  await press(stage, headSha, "ignore");
  expect(last(headSha)).toMatchObject({ conclusion: "neutral", status: "completed" });
  expect(last(headSha)?.title).toContain("Ignored by dev");

  sandbox.clock.advance(minute);
  const pushed = await repository.push({ branch: "tidy", by: "dev", commits: [{ message: "More", files: { "tidy.txt": "2" } }] });
  await stage.settle();
  const next = repository.pulls.find((pull) => pull.number === number)?.headSha ?? "";
  expect(pushed).toBeDefined();
  expect(next).not.toBe(headSha);
  expect(last(next)?.conclusion).toBe("neutral");

  await press(stage, next, null);
  expect(last(next)?.conclusion).toBe("failure");

  expect(await stage.problems()).toEqual([]);

  const permission = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
  sandbox.fault({ route: permission, kind: "500-before", times: 50 });
  sandbox.clock.advance(minute);
  await repository.requestAction({ id: last(next)?.id ?? 0, action: "ignore", by: "dev" });
  await until("the role was asked for in vain", () => sandbox.exchanges.some(({ route, fault }) => route === permission && fault !== null));
  expect(last(next)?.conclusion).toBe("failure");
});

test("with every reading of GitHub failing the check still concludes, and says what it does not know", async () => {
  const stage = await installed();
  const { sandbox, repository, pool } = stage;
  const pulls = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
  const seen = sandbox.exchanges.flatMap(({ route }) => (route?.startsWith("GET ") === true ? [route] : []));
  for (const route of new Set([pulls, `${pulls}/commits`, `${pulls}/files`, ...seen]))
    sandbox.fault({ route, kind: "500-before", times: 1000 });
  const { headSha } = await open(stage, { title: "Tidy up" });

  await until("the check is there", async () => {
    await pool.query("update graphile_worker._private_jobs set run_at = now() where key like '%:fallback' and locked_at is null");
    return repository.checks(headSha).length > 0;
  });

  expect(repository.checks(headSha)).toMatchObject([{ status: "completed", conclusion: "neutral" }]);
  expect(repository.checks(headSha)[0]?.summary).toContain("could not be read yet");
});

test("drafts have their check, one that is retargeted is told what the new base does, a closed one is left as it is until it is reopened", async () => {
  const stage = await installed();
  const { repository, sandbox } = stage;
  await repository.push({ branch: "develop", by: "mira", commits: [{ message: "Begin", files: { "begin.txt": "1" } }] });
  const { number, headSha } = await open(stage, { title: "AUTH-005: harden", draft: true });
  await stage.settle();
  expect(repository.checks(headSha)).toMatchObject([{ status: "completed", conclusion: "success" }]);
  expect(repository.checks(headSha)[0]?.title).toContain("Completes 1");

  sandbox.clock.advance(minute);
  await repository.editPull({ number, base: "develop", by: "dev" });
  await stage.settle();
  expect(repository.checks(headSha).map(({ title }) => title)).toEqual(["Names 1 task · merging into develop completes nothing"]);

  sandbox.clock.advance(minute);
  await repository.editPull({ number, base: "main", by: "dev" });
  await stage.settle();
  const standing = repository.checks(headSha);
  expect(standing[0]?.title).toContain("Completes 1");

  sandbox.clock.advance(minute);
  await repository.closePull({ number, by: "dev" });
  sandbox.clock.advance(minute);
  await repository.push({ branch: "main", by: "mira", commits: [{ message: "closes AUTH-005", files: { "done.txt": "1" } }] });
  await stage.settle();
  expect(repository.checks(headSha)).toEqual(standing);

  sandbox.clock.advance(minute);
  await repository.reopenPull({ number, by: "dev" });
  await stage.settle();
  expect(repository.checks(headSha).map(({ title }) => title)).toEqual(["Names 1 task · changes nothing"]);
  expect(await stage.problems()).toEqual([]);
});

test("of stacked pull requests each says what its own base does, and no run of a head that was pushed over is left pending", async () => {
  const stage = await installed();
  const { repository, sandbox } = stage;
  const lower = await open(stage, { title: "AUTH-005: harden", head: "lower" });
  const upper = await open(stage, { title: "ORG-006: memberships", head: "upper", base: "lower" });
  for (const text of ["2", "3"]) {
    sandbox.clock.advance(minute);
    await repository.push({ branch: "lower", by: "dev", commits: [{ message: "More", files: { "lower.txt": text } }] });
  }
  await stage.settle();

  const titles = (number: number) =>
    repository.checks(repository.pulls.find((pull) => pull.number === number)?.headSha).map(({ title }) => title);
  expect(titles(lower.number)[0]).toContain("Completes 1");
  expect(titles(upper.number)).toEqual(["Names 1 task · merging into lower completes nothing"]);
  expect(repository.checks().filter(({ status }) => status !== "completed")).toEqual([]);
  expect(await stage.problems()).toEqual([]);
});

/** Everything has been taken in and performed but what gathers for a minute. */
async function untilOnlyMovesWait({ sandbox, pool }: Stage): Promise<void> {
  await until("only what gathers is left", async () => {
    await sandbox.settled();
    const { rows } = await pool.query(
      `select (select count(*) from inbox where state = 'waiting')
            + (select count(*) from graphile_worker._private_jobs where ${openJobs} and key not like '%:moved') as left`,
    );
    return Number(rows[0]?.left) === 0;
  });
}

/** The plan says so of AUTH-005, one commit after the other. */
async function editPlan(stage: Stage, states: readonly string[]): Promise<void> {
  for (const status of states) {
    stage.sandbox.clock.advance(2000);
    const change = { [planPath]: csvPlan({ "AUTH-005": status }) };
    await stage.repository.push({ branch: "main", by: "mira", commits: [{ message: `plan: ${status}`, files: change }] });
    await untilOnlyMovesWait(stage);
  }
}

test("five quick moves of the base rewrite a check once, a minute after the first; a re-run waits for none of them", async () => {
  const stage = await installed();
  const { repository, sandbox, pool } = stage;
  const { headSha } = await open(stage, { title: "AUTH-005: harden" });
  await stage.settle();
  const writes = () => sandbox.exchanges.filter(({ route, method }) => method !== "GET" && route?.includes("/check-runs") === true).length;
  const before = writes();

  await editPlan(stage, ["in-progress", "deferred", "todo", "blocked", "completed"]);
  expect(writes()).toBe(before);
  const { rows } = await pool.query(
    "select extract(epoch from run_at - created_at)::int as wait from graphile_worker._private_jobs where key like '%:moved'",
  );
  expect(rows).toEqual([{ wait: 60 }]);
  await stage.settle();
  expect(writes()).toBe(before + 1);

  await editPlan(stage, ["deferred"]);
  await repository.rerequestCheck({ id: repository.checks(headSha)[0]?.id ?? 0, by: "dev" });
  await untilOnlyMovesWait(stage);
  expect(repository.checks(headSha)).toHaveLength(2);
  expect(writes()).toBe(before + 2);
  await stage.settle();
  expect(writes()).toBe(before + 2);
  expect(await stage.problems()).toEqual([]);
});

test("a head that was pushed over keeps its check as it was, though a move of the base still waited to be told on it", async () => {
  const stage = await installed();
  const { repository, sandbox } = stage;
  const { number, headSha } = await open(stage, { title: "AUTH-005: harden", head: "harden" });
  await stage.settle();
  const standing = repository.checks(headSha);

  await editPlan(stage, ["completed"]);
  sandbox.clock.advance(minute);
  await repository.push({ branch: "harden", by: "dev", commits: [{ message: "More", files: { "harden.txt": "2" } }] });
  await stage.settle();
  expect(repository.checks(headSha)).toEqual(standing);
  const next = repository.pulls.find((pull) => pull.number === number)?.headSha;
  expect(repository.checks(next).map(({ title }) => title)).toEqual(["Names 1 task · changes nothing"]);
  expect(await stage.problems()).toEqual([]);
});
