import { describe, expect, test } from "vitest";
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

test("who installs the app after the work ends with the same statuses, come to by the same steps, as who had it before", async () => {
  const steps = async ({ pool, statuses }: Stage) => {
    const { rows } = await pool.query("select token, before, after from transitions order by token, seq");
    return { statuses: await statuses(), steps: rows };
  };
  const before = await setStage({ files, people });
  await install(before);
  await work(before);
  await before.settle();
  const after = await setStage({ files, people });
  await work(after);
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
