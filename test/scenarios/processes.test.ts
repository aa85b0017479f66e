import { describe, expect, test } from "vitest";
import type { FaultKind } from "../../src/sandbox/sandbox.ts";
import { begun, install, undisturbed, work } from "./chapters.ts";
import { endOf } from "./end-of.ts";
import { files, people } from "./plans.ts";
import { afterTheCommit } from "./points.ts";
import { freePort, type Stage, setStage } from "./stage.ts";
import { until } from "./until.ts";

const minute = 60_000;

const checkRuns = "POST /repos/{owner}/{repo}/check-runs";
const calls = [
  "GET /repos/{owner}/{repo}",
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}",
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits",
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
  "POST /repos/{owner}/{repo}/issues",
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments",
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}",
  "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
  checkRuns,
];

test("what another version derived is derived again once a process of this one starts, and nothing is said of it", async () => {
  const stage = await setStage({ files, people });
  for (const chapter of [install, work]) {
    await chapter(stage);
    await stage.settle();
  }
  const end = await endOf(stage);
  await stage.app().kill();
  await stage.pool.query("update repositories set rules = 0; delete from plan_changes; delete from mentions where token like 'AUTH%'");
  expect(await stage.problems()).toEqual(["it waits to be derived again"]);

  await stage.start();
  await until("it is derived", async () => (await stage.problems()).length === 0);
  await stage.settle();

  expect(await endOf(stage)).toEqual(end);
});

describe("processes side by side", () => {
  test("one that receives and one that works come to the same end as one that does both", async () => {
    const end = await undisturbed(install, work);
    const stage = await setStage({ files, people, roles: ["web", "worker"] });
    for (const chapter of [install, work]) {
      await chapter(stage);
      await stage.settle();
    }

    expect(await endOf(stage)).toEqual(end);
    expect(await stage.problems()).toEqual([]);
  });

  test("two that do everything share a burst to many repositories, and nothing is done twice", async () => {
    const stage = await setStage({ files, people });
    const { sandbox, pool } = stage;
    const one = stage.app();
    const other = await stage.start("all", { PORT: String(await freePort()) });
    const names = ["red", "green", "blue", "white", "black"];
    const repositories = [stage.repository, ...names.map((name) => sandbox.repository({ owner: "octo", name, files, people }))];
    await sandbox.install(repositories);

    for (const [index, repository] of repositories.entries()) {
      sandbox.deliverTo(`${(index % 2 === 0 ? one : other).url}/api/github/webhooks`);
      sandbox.clock.advance(minute);
      await repository.push({ branch: "auth-005-csrf", by: "dev", commits: [{ message: "Add CSRF tests", files: { "csrf.py": "1" } }] });
      await repository.openPull({ title: "AUTH-005: CSRF", head: "auth-005-csrf", by: "dev" });
      const { number } = await repository.openIssue({ title: "Questions", by: "mira" });
      await repository.comment({ issue: number, body: "/status AUTH-003", by: "mira" });
    }
    const again = await Promise.all(sandbox.deliveries.map(({ guid }) => sandbox.redeliver(guid)));
    await stage.settle();

    expect(new Set(again)).toEqual(new Set([202]));
    for (const repository of repositories) {
      const byApp = repository.issues.filter((issue) => issue.byApp);
      expect(byApp).toHaveLength(1);
      expect(repository.checks()).toMatchObject([{ conclusion: "success" }]);
      const numbers = [...repository.issues, ...repository.pulls].map(({ number }) => number);
      const comments = numbers.flatMap((number) => repository.comments(number)).filter((comment) => comment.byApp);
      expect(comments).toHaveLength(2);
    }
    const { rows } = await pool.query("select count(*)::int as rows from inbox where state = 'done'");
    expect(drainedBy(one) + drainedBy(other)).toBe(rows[0]?.rows);
    expect(await stage.problems()).toEqual([]);
  });
});

/** Inbox rows that a process drained, by its log. */
function drainedBy({ lines }: ReturnType<Stage["app"]>): number {
  const drained = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "drained");
  return drained.reduce((sum, { rows }) => sum + Number(rows), 0);
}

describe("when GitHub fails", () => {
  test.each<FaultKind>(["500-before", "500-after", "drop-after", "409"])(
    "%s of every kind of call ends with everything written once",
    async (kind) => {
      const end = await undisturbed(install, work);
      const stage = await setStage({ files, people });
      for (const route of calls) stage.sandbox.fault({ route, kind, times: 1 });

      for (const chapter of [install, work]) {
        await chapter(stage);
        await stage.settle({ hasten: true });
      }

      expect(
        stage.sandbox.exchanges
          .filter(({ fault }) => fault === kind)
          .map(({ route }) => route)
          .sort(),
      ).toEqual([...calls].sort());
      expect(await endOf(stage)).toEqual(end);
      expect(await stage.problems()).toEqual([]);
    },
  );

  test.each<FaultKind>(["403-secondary", "403-primary"])(
    "%s puts a write off to the time that GitHub names, and holds no worker",
    async (kind) => {
      const end = await undisturbed(install, work);
      const stage = await begun([install]);
      stage.sandbox.fault({ route: checkRuns, kind, times: 1, retryAfter: 300 });

      await work(stage);
      await until("the check is put off", async () => {
        const { rows } = await stage.pool.query(
          `select run_at between now() + interval '4 minutes' and now() + interval '6 minutes' as later, locked_at is null as free
         from graphile_worker.jobs where key like '%:check:%' and key not like '%:fallback' and key not like '%:moved' and run_at > now()`,
        );
        return rows.length === 1 && rows[0]?.later === true && rows[0]?.free === true;
      });
      expect(stage.repository.checks()).toEqual([]);
      await stage.settle({ hasten: true });

      expect(await endOf(stage)).toEqual(end);
      expect(await stage.problems()).toEqual([]);
    },
  );

  test.each<FaultKind>(["500-before", "500-after"])("%s when a check is asked for again still ends with one more run", async (kind) => {
    const stage = await begun([install, work]);
    const { sandbox, repository } = stage;
    const [first] = repository.checks();
    sandbox.clock.advance(minute);
    sandbox.fault({ route: checkRuns, kind, times: 1 });

    await repository.rerequestCheck({ id: first?.id ?? 0, by: "dev" });
    await stage.settle({ hasten: true });

    const runs = repository.checks();
    expect(runs.map(({ status }) => status)).toEqual(["completed", "completed"]);
    expect(runs[1]).toMatchObject({ headSha: first?.headSha, title: first?.title });
    expect(await stage.problems()).toEqual([]);
  });
});

describe("when the app may be there no longer", () => {
  const suspension = ({ sandbox }: Stage, action: "suspend" | "unsuspend") => {
    const { payload } = sandbox.deliveries.find(({ event }) => event === "installation") ?? { payload: null };
    const at = new Date(sandbox.clock.now()).toISOString();
    const { installation } = Object(payload);
    const now = { ...installation, updated_at: at, suspended_at: action === "suspend" ? at : null };
    return sandbox.send("installation", { ...Object(payload), action, repositories: undefined, installation: now });
  };

  test.each<readonly [string, (stage: Stage) => Promise<unknown>]>([
    ["the repository was taken out of the installation", ({ sandbox, repository }) => sandbox.withdraw([repository])],
    ["the app was uninstalled", ({ sandbox }) => sandbox.uninstall("octo")],
    ["the installation was suspended", (stage) => suspension(stage, "suspend")],
  ])("nothing more is written once %s, be it asked for before or told after", async (_, leave) => {
    const stage = await begun([install]);
    const { sandbox, repository } = stage;
    const queue = await afterTheCommit(stage);
    await work(stage);
    await queue.reached();
    sandbox.clock.advance(minute);
    await repository.push({ branch: "main", by: "dev", commits: [{ message: "refs FE-004", files: { "a.txt": "1" } }] });
    const late = sandbox.deliveries.findLast(({ event }) => event === "push");
    sandbox.clock.advance(minute);
    await leave(stage);
    await until("it is known that the app has left", async () => {
      const { rows } = await stage.pool.query("select present from repositories");
      return rows.every(({ present }) => present === false);
    });
    const before = sandbox.exchanges.length;

    await queue.release();
    await sandbox.send("push", late?.payload, { guid: "late" });
    await stage.settle();

    expect(sandbox.exchanges.slice(before).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(repository.checks()).toEqual([]);
    expect(await stage.problems()).toEqual([]);
  });

  test("an installation that is woken again is served again", async () => {
    const stage = await begun([install]);
    stage.sandbox.clock.advance(minute);
    await suspension(stage, "suspend");
    await stage.settle();
    stage.sandbox.clock.advance(minute);
    await suspension(stage, "unsuspend");
    await stage.settle();

    await work(stage);
    await stage.settle();

    expect(stage.repository.checks()).toHaveLength(1);
    expect(await stage.problems()).toEqual([]);
  });
});
