import { describe, expect, test } from "vitest";
import { askForHistory, historyOf } from "../../src/postgres/ask-for-history.ts";
import { configuration, csvPlan, files, people, planPath } from "./plans.ts";
import { waitingFor } from "./points.ts";
import { type Stage, type StageOptions, setStage } from "./stage.ts";
import { until } from "./until.ts";

const minute = 60_000;

/** Work on tasks by every route. */
async function work({ sandbox: { clock }, repository }: Stage): Promise<void> {
  const later = () => clock.advance(10 * minute);
  later();
  await repository.push({ branch: "auth-005-csrf", by: "dev", commits: [{ message: "Add CSRF tests", files: { "csrf.py": "1" } }] });
  later();
  const merged = await repository.openPull({ title: "AUTH-005: CSRF and rate-limit tests", head: "auth-005-csrf", by: "dev" });
  later();
  await repository.mergePull({ number: merged.number, by: "mira", method: "squash", deleteBranch: true });
  later();
  await repository.push({ branch: "main", by: "dev", commits: [{ message: "Closes ORG-006", files: { "org.py": "1" } }] });
  later();
  const plan = csvPlan({ "AUTH-004": "in-progress" });
  await repository.push({ branch: "main", by: "mira", commits: [{ message: "plan: start", files: { [planPath]: plan } }] });
  later();
  const words = { "README.md": "# More\n", ".github/plankeeper.yml": `${configuration}completion: title\n` };
  await repository.push({ branch: "main", by: "mira", commits: [{ message: "words", files: words }] });
  later();
  await repository.push({ branch: "fe-004-login", by: "dev", commits: [{ message: "Sketch the form", files: { "form.tsx": "1" } }] });
  later();
  await repository.push({ branch: "me-refresh", by: "dev", commits: [{ message: "Add refresh", files: { "me.py": "1" } }] });
  await repository.openPull({ title: "AUTH-004: refresh flow", head: "me-refresh", by: "dev" });
  later();
  const issue = await repository.openIssue({ title: "DEVOPS-035: Prod deploy", by: "mira" });
  await repository.label({ number: issue.number, label: "blocked", by: "mira" });
  later();
}

/** Work that was done before anybody installed the app, and an issue with a command of old, which is to stay without an answer. */
async function withHistory(options: Partial<StageOptions> = {}): Promise<Stage & { readonly issue: number }> {
  const stage = await setStage({ files, people, ...options });
  await work(stage);
  const { number } = await stage.repository.openIssue({ title: "Old talk", by: "mira" });
  await stage.repository.comment({ issue: number, body: "/done DEVOPS-035", by: "mira" });
  stage.sandbox.clock.advance(10 * minute);
  return { ...stage, issue: number };
}

const known = {
  "AUTH-004": "in-progress",
  "AUTH-005": "completed",
  "ORG-006": "completed",
  "FE-004": "in-progress",
  "DEVOPS-035": "blocked",
};

const install = async (stage: Stage) => {
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
};

/** What is known, without the order in which it came. */
async function knowledge({ pool, statuses }: Stage) {
  const { rows: transitions } = await pool.query("select token, at, before, after from transitions order by token, seq");
  const { rows: audit } = await pool.query("select action, count(*)::int from audit_log group by action order by action");
  const { rows: stages } = await pool.query("select kind, done, state, error from backfills order by position");
  return { statuses: await statuses(), transitions, audit, stages };
}

const saidByApp = (stage: Stage, issue: number) => stage.repository.comments(issue).filter(({ byApp }) => byApp);

describe("an installed app knows what happened before", () => {
  test("statuses come from the history, and nothing is announced but one summary and the check of the open pull request", async () => {
    const stage = await withHistory();
    await install(stage);

    expect(await stage.statuses()).toMatchObject(known);
    const issues = stage.repository.issues.filter(({ byApp }) => byApp);
    expect(issues).toHaveLength(1);
    expect(saidByApp(stage, issues[0]?.number ?? 0)).toHaveLength(1);
    expect(saidByApp(stage, issues[0]?.number ?? 0)[0]?.body).toContain("5 of 8 tasks completed");
    expect(saidByApp(stage, stage.issue)).toEqual([]);
    expect(stage.repository.checks().map(({ title }) => title)).toEqual([expect.stringContaining("Completes 1")]);
    // Creating is what people are told of. The summary is edited when all of its past is known.
    const created = stage.sandbox.exchanges.filter(({ method, path }) => method === "POST" && !path.endsWith("/access_tokens"));
    expect(created.map(({ route }) => route?.split("/").at(-1)).toSorted()).toEqual(["check-runs", "comments", "issues"]);
    const { rows } = await stage.pool.query("select distinct action from audit_log order by 1");
    expect(rows.map(({ action }) => action)).toEqual(["plan.imported"]);
    expect(await stage.problems()).toEqual([]);
  });
});

/** What becomes of tasks by their issues. */
async function issueWork({ sandbox: { clock }, repository }: Stage): Promise<void> {
  const later = () => clock.advance(10 * minute);
  const issue = async (title: string, by = "mira") => {
    later();
    const { number } = await repository.openIssue({ title, by });
    later();
    return number;
  };
  await repository.closeIssue({ number: await issue("AUTH-005: CSRF"), by: "mira" });
  await repository.closeIssue({ number: await issue("FE-004: Login page"), by: "mira", reason: "not_planned" });
  await repository.closeIssue({ number: await issue("ORG-006: Orgs", "tess"), by: "tess" });
  const again = await issue("AUTH-003: Login");
  await repository.closeIssue({ number: again, by: "mira" });
  later();
  await repository.reopenIssue({ number: again, by: "mira" });
  later();
}

test.each([
  ["work", work],
  ["work on issues", issueWork],
])("who installs the app after the %s ends with the same statuses, come to by the same steps, as who had it before", async (_, done) => {
  const steps = async ({ pool, statuses }: Stage) => {
    const { rows } = await pool.query("select token, before, after from transitions order by token, seq");
    return { statuses: await statuses(), steps: rows };
  };
  const before = await setStage({ files, people });
  await install(before);
  await done(before);
  await before.settle();
  const after = await setStage({ files, people });
  await done(after);
  await install(after);

  expect(await steps(after)).toEqual(await steps(before));
  expect(await after.problems()).toEqual([]);
});

const compare = "GET /repos/{owner}/{repo}/compare/{basehead}";

describe("/plan sync", () => {
  test("by a maintainer reads again, tells how far that is, and changes nothing that was known", async () => {
    const stage = await withHistory();
    await install(stage);
    const before = await knowledge(stage);
    const asked = await stage.repository.comment({ issue: stage.issue, body: "/plan sync", by: "mira" });
    await stage.settle();

    const [reply, ...more] = saidByApp(stage, stage.issue);
    expect(more).toEqual([]);
    expect(reply?.body).toContain("**The history since 2025-12-02 has been read.**");
    expect(reply?.body).toContain("| Commits of the default branch | done | 5 | 0 |");
    expect(stage.repository.reactions(asked.id).map(({ content }) => content)).toEqual(["rocket"]);
    const { statuses, transitions, stages } = await knowledge(stage);
    expect({ statuses, transitions, stages }).toEqual({
      statuses: before.statuses,
      transitions: before.transitions,
      stages: before.stages,
    });
    expect(await stage.problems()).toEqual([]);
  });

  test("tells of a page that cannot be read what went wrong, that it was given up and what to do, and goes on there when it is said again", async () => {
    const stage = await withHistory();
    const { sandbox, repository, pool } = stage;
    await install(stage);
    sandbox.fault({ route: compare, kind: "500-before", times: 2 });
    await repository.comment({ issue: stage.issue, body: "/plan sync", by: "mira" });
    const page = "key like '%:backfill-page'";
    await until("a page has failed", async () => {
      const { rows } = await pool.query(`select from graphile_worker.jobs where ${page} and attempts = 1 and locked_at is null`);
      return rows.length > 0;
    });
    await pool.query(`update graphile_worker._private_jobs set attempts = max_attempts - 1, run_at = now() where ${page}`);
    await stage.settle({ hasten: true });

    const [reply] = saidByApp(stage, stage.issue);
    expect(reply?.body).toContain("**The history since 2025-12-02 has been read in part only.**");
    expect(reply?.body).toContain("`/plan sync` goes on where it stopped.");
    expect(reply?.body).toContain("| Other branches | stopped | 0 |");
    expect(reply?.body).toContain("compare/{basehead} answered 500");

    const asked = sandbox.exchanges.length;
    await repository.comment({ issue: stage.issue, body: "/plan sync", by: "mira" });
    await stage.settle();
    expect(saidByApp(stage, stage.issue).at(-1)?.body).toContain("has been read.**");
    // What was read before the page that failed is not read again.
    expect(sandbox.exchanges.slice(asked).map(({ route }) => route)).not.toContain("GET /repos/{owner}/{repo}/pulls");
    expect(await stage.problems()).toEqual([]);
  });

  test("is asked for at the command line too, which tells how far it is", async () => {
    const stage = await withHistory();
    await install(stage);
    const asked = stage.sandbox.exchanges.length;
    const { sandbox, pool } = stage;
    const armed = await waitingFor(compare, "timeout")(stage);
    expect(await askForHistory(pool, "octo/none")).toBeNull();
    expect(await askForHistory(pool, "Octo/Plans")).toBe("octo/plans");
    expect(await historyOf(pool, "octo/plans")).toMatchObject({ repository: "octo/plans", asked: true });
    await armed.reached();

    expect(await historyOf(pool, "octo/plans")).toMatchObject({ asked: false, backfill: { stopped: false } });
    await stage.app().kill();
    await stage.start();
    await stage.settle({ hasten: true });
    const { backfill, ...so } = (await historyOf(pool, "octo/plans")) ?? {};
    expect(so).toEqual({ repository: "octo/plans", asked: false });
    expect(backfill?.stages.every(({ state }) => state === "done")).toBe(true);
    expect(sandbox.exchanges.slice(asked).map(({ route }) => route)).toContain("GET /repos/{owner}/{repo}/pulls");
    expect(await stage.problems()).toEqual([]);
  });

  test("by somebody who may not is refused, and reads nothing", async () => {
    const stage = await withHistory();
    await install(stage);
    const { number } = await stage.repository.openIssue({ title: "Questions", by: "mira" });
    await stage.settle();
    const asked = stage.sandbox.exchanges.length;
    await stage.repository.comment({ issue: number, body: "/plan sync", by: "tess" });
    await stage.settle();

    expect(saidByApp(stage, number)[0]?.body).toContain("this needs the maintain role or more");
    const routes = stage.sandbox.exchanges.slice(asked).map(({ route }) => route);
    expect(routes).not.toContain("GET /repos/{owner}/{repo}/commits");
    expect(await stage.problems()).toEqual([]);
  });
});

/** What people do between two looks of the app, of which only the lists tell later. */
async function unheard({ sandbox: { clock }, repository }: Stage, so: Begun): Promise<void> {
  const later = () => clock.advance(10 * minute);
  later();
  await repository.closeIssue({ number: so.closed, by: "mira" });
  later();
  await repository.closeIssue({ number: so.byStranger, by: "tess" });
  later();
  await repository.unlabel({ number: so.blocked, label: "blocked", by: "mira" });
  later();
  await repository.deleteIssue({ number: so.deleted, by: "octo" });
  later();
  await repository.closePull({ number: so.pull, by: "dev" });
  later();
  await repository.deleteBranch({ branch: "me-refresh", by: "dev" });
  later();
  await repository.deleteBranch({ branch: "fe-004-login", by: "dev" });
  later();
  const { number } = await repository.openIssue({ title: "ORG-006: Orgs", by: "mira" });
  later();
  await repository.closeIssue({ number, by: "mira", reason: "not_planned" });
  later();
}

type Begun = Readonly<Record<"closed" | "byStranger" | "blocked" | "deleted" | "pull", number>>;

/** Work that the app sees begin. */
async function begun({ sandbox: { clock }, repository }: Stage): Promise<Begun> {
  const later = () => clock.advance(10 * minute);
  const issue = async (title: string, by: string, ...labels: readonly string[]) => {
    later();
    return (await repository.openIssue({ title, by, labels })).number;
  };
  const numbers = {
    closed: await issue("AUTH-005: CSRF", "mira"),
    byStranger: await issue("Deploy", "tess"),
    blocked: await issue("DEVOPS-035: Prod deploy", "mira", "blocked"),
    deleted: await issue("AUTH-001: Login", "mira", "blocked"),
  };
  later();
  await repository.label({ number: numbers.byStranger, label: "task: DEVOPS-035", by: "mira" });
  later();
  await repository.push({ branch: "fe-004-login", by: "dev", commits: [{ message: "Sketch the form", files: { "form.tsx": "1" } }] });
  later();
  await repository.push({ branch: "me-refresh", by: "dev", commits: [{ message: "Add refresh", files: { "me.py": "1" } }] });
  const { number: pull } = await repository.openPull({ title: "AUTH-004: refresh flow", head: "me-refresh", by: "dev" });
  return { ...numbers, pull };
}

/** What the lists of things do not tell: edges, who opened an issue again, reviews. */
async function unheardAside({ sandbox: { clock }, repository }: Stage, so: BegunAside): Promise<void> {
  const later = () => clock.advance(10 * minute);
  const by = "mira";
  later();
  await repository.relate({ issue: so.waiting, waitsFor: so.keys, by, ended: true });
  later();
  await repository.relate({ issue: so.waiting, waitsFor: so.other, by });
  later();
  await repository.relate({ issue: so.waiting, part: so.keys, by });
  later();
  await repository.closeIssue({ number: so.keys, by });
  later();
  await repository.reopenIssue({ number: so.reopened, by });
  later();
  await repository.review({ number: so.pull, verdict: "changes_requested", by });
  later();
  await repository.dismissReview({ id: so.review, by });
  later();
  await repository.deleteLabel({ label: "blocked", by });
  later();
}

type BegunAside = Readonly<Record<"waiting" | "keys" | "other" | "reopened" | "pull" | "review", number>>;

async function begunAside({ sandbox: { clock }, repository }: Stage): Promise<BegunAside> {
  const later = () => clock.advance(10 * minute);
  const issue = async (title: string) => {
    later();
    return (await repository.openIssue({ title, by: "mira" })).number;
  };
  const issues = {
    waiting: await issue("AUTH-005: CSRF"),
    keys: await issue("Get keys"),
    other: await issue("Get more keys"),
    reopened: await issue("ORG-006: Orgs"),
  };
  later();
  await repository.label({ number: await issue("DEVOPS-035: Deploy"), label: "blocked", by: "mira" });
  later();
  await repository.relate({ issue: issues.waiting, waitsFor: issues.keys, by: "mira" });
  later();
  await repository.closeIssue({ number: issues.reopened, by: "mira" });
  later();
  await repository.push({ branch: "me-refresh", by: "dev", commits: [{ message: "Add refresh", files: { "me.py": "1" } }] });
  const { number: pull } = await repository.openPull({ title: "AUTH-004: refresh flow", head: "me-refresh", by: "dev" });
  later();
  const { id: review } = await repository.review({ number: pull, verdict: "approved", by: "octo" });
  return { ...issues, pull, review };
}

/** What the app sees begin, and what goes on after that. */
const stories: readonly (readonly [string, (stage: Stage) => Promise<() => Promise<void>>])[] = [
  [
    "things came to their end",
    async (stage) => {
      const so = await begun(stage);
      return () => unheard(stage, so);
    },
  ],
  [
    "issues got other edges, one was opened again, a label was deleted, and reviews were given and dismissed",
    async (stage) => {
      const so = await begunAside(stage);
      return () => unheardAside(stage, so);
    },
  ],
];

test.each(stories)("after /plan sync the board is what it would be, had no delivery been lost while %s", async (_, begins) => {
  const boardOf = async ({ pool, statuses }: Stage) => {
    const { rows } = await pool.query("select token, before, after from transitions order by token, seq");
    const { rows: states } = await pool.query(
      "select token, folded -> 'state' -> 'issues' as issues, folded -> 'state' -> 'holds' as holds, folded -> 'state' -> 'findings' as findings from tasks order by token",
    );
    return { statuses: await statuses(), steps: rows, states };
  };
  const stages = await Promise.all([setStage({ files, people }), setStage({ files, people })]);
  const [heard, away] = stages;
  for (const stage of stages) await install(stage);
  for (const stage of stages) {
    const goesOn = await begins(stage);
    await stage.settle();
    if (stage === away) stage.sandbox.hold();
    await goesOn();
    if (stage === away) await stage.sandbox.release(() => []);
    await stage.settle();
  }
  expect(await boardOf(away)).not.toEqual(await boardOf(heard));
  const { number } = await away.repository.openIssue({ title: "Talk", by: "mira" });
  await away.repository.comment({ issue: number, body: "/plan sync", by: "mira" });
  await away.settle();

  expect(await boardOf(away)).toEqual(await boardOf(heard));
  const first = await knowledge(away);
  await away.repository.comment({ issue: number, body: "/plan sync", by: "mira" });
  await away.settle();
  expect(await knowledge(away)).toMatchObject({ statuses: first.statuses, transitions: first.transitions });
  for (const stage of stages) expect(await stage.problems()).toEqual([]);
});

describe("while the history is read", () => {
  test("people are answered, what happens is taken in first, and kill -9 doubles nothing and leaves nothing out", async () => {
    const undisturbed = await withHistory();
    await install(undisturbed);
    const stage = await withHistory();
    const armed = await waitingFor(compare, "timeout")(stage);
    await stage.sandbox.install([stage.repository]);
    await armed.reached();

    await stage.repository.comment({ issue: stage.issue, body: "/plan sync", by: "mira" });
    await stage.repository.comment({ issue: stage.issue, body: "/status AUTH-001", by: "dev" });
    await until("both are answered", () => saidByApp(stage, stage.issue).length === 2);
    const [progress] = saidByApp(stage, stage.issue).filter(({ body }) => body.includes("is being read"));
    expect(progress?.body).toContain("| Pull requests merged or closed | done | 1 | 0 |");
    expect(progress?.body).toContain("| Other branches | reading | 0 |");
    await stage.app().kill();
    await armed.release();
    await stage.start();
    await stage.settle({ hasten: true });

    expect(saidByApp(stage, stage.issue).find(({ id }) => id === progress?.id)?.body).toContain("has been read.**");
    const { audit: _, ...known } = await knowledge(undisturbed);
    expect(await knowledge(stage)).toMatchObject(known);
    expect(await stage.problems()).toEqual([]);
  });

  test("a fifth of GitHub's quota is left to daily work, and it goes on when there is more", async () => {
    const rateLimit = 50;
    const stage = await withHistory({ rateLimit });
    await stage.sandbox.install([stage.repository]);
    await until("it rests", async () => {
      const { rows } = await stage.pool.query("select from backfills where not_before is not null");
      return rows.length > 0;
    });
    const left = () => Math.min(...stage.sandbox.exchanges.map((one) => Number(one.responseHeaders["x-ratelimit-remaining"] ?? rateLimit)));
    // What was asked together when the reserve began is answered still.
    expect(left()).toBeGreaterThan(rateLimit * 0.2 - 6);
    const { number } = await stage.repository.openIssue({ title: "Questions", by: "mira" });
    await stage.repository.comment({ issue: number, body: "/plan sync", by: "mira" });
    await until("it is told", () => saidByApp(stage, number).length > 0);
    expect(saidByApp(stage, number)[0]?.body).toContain("is kept for daily work");

    for (let hours = 0; hours < 4; hours += 1) {
      stage.sandbox.clock.advance(61 * minute);
      await stage.settle({ hasten: true });
    }

    expect(await stage.statuses()).toMatchObject(known);
    expect(saidByApp(stage, number)[0]?.body).toContain("has been read.**");
    expect(await stage.problems()).toEqual([]);
  });
});
