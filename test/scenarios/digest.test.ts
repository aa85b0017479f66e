import { expect, test } from "vitest";
import { configuration, csvPlan, files, people, planPath } from "./plans.ts";
import { waitingFor } from "./points.ts";
import { makeDue, type Stage, type StageOptions, setStage } from "./stage.ts";
import { until } from "./until.ts";

const minute = 60_000;
const comments = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";

async function installed(options: Partial<StageOptions> = {}): Promise<Stage> {
  const stage = await setStage({ files, people, ...options });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  return stage;
}

/** Somebody completes one task, starts another, and says that a third waits for something. */
async function work({ sandbox, repository, settle }: Stage): Promise<void> {
  const push = (branch: string) =>
    repository.push({ branch, by: "dev", commits: [{ message: "Work", files: { [`${branch}.txt`]: "1" } }] });
  await push("auth-005-csrf");
  const { number } = await repository.openPull({ title: "AUTH-005: headers", head: "auth-005-csrf", by: "dev" });
  sandbox.clock.advance(minute);
  await repository.mergePull({ number, by: "mira", method: "squash", deleteBranch: true });
  sandbox.clock.advance(minute);
  await push("auth-004-me");
  const issue = await repository.openIssue({ title: "Questions", by: "mira" });
  await repository.comment({ issue: issue.number, body: "/block ORG-006 waiting for @legal", by: "mira" });
  await settle();
  sandbox.clock.advance(minute);
}

/** What the crontab does every five minutes, `late` after the digest was due. */
async function digestIsDue({ pool, settle }: Stage, late = "1 minute"): Promise<void> {
  await askFor({ pool });
  await settle();
  await pool.query("update due_work set due_at = now() - $1::interval where what = 'digest'", [late]);
  await askFor({ pool });
}

const askFor = ({ pool }: Pick<Stage, "pool">) => pool.query("select graphile_worker.add_job('claim-due-work')");

/** The digests in the summary's issue. */
function digests({ repository }: Stage): readonly string[] {
  const issue = repository.issues.find(({ byApp }) => byApp)?.number ?? 0;
  const bodies = repository.comments(issue).map(({ body }) => body);
  return bodies.filter((body) => body.startsWith("<!-- plankeeper:digest:"));
}

/** As people read it. */
const read = (digest = ""): string => digest.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/&#8203;|\u200B|`/g, "");

test("two processes post one digest of what happened: completed, started, blocked, ready; and the first sight of the plan is not in it", async () => {
  const stage = await installed({ roles: ["all", "worker"] });
  await work(stage);
  await digestIsDue(stage);
  await askFor(stage);
  await stage.settle();

  expect(digests(stage)).toHaveLength(1);
  const digest = read(digests(stage)[0]);
  expect(digest).toContain("\n\n**1 completed, 1 newly started, 1 newly blocked**.\n\n");
  expect(digest).toContain("_From 2026-03-02 10:00 UTC to ");
  expect(digest).toMatch(/### Completed\n\n.*\n.*\n\| AUTH-005 Security hardening &amp; tests \| backend \| 2026-03-02, #2 \|\n\n/);
  expect(digest).toMatch(/### Newly started\n\n.*\n.*\n\| AUTH-004 /);
  expect(digest).toMatch(/### Newly blocked\n\n.*\n.*\n\| ORG-006 Org model \+ memberships \| waiting for @legal \|/);
  expect(digest).toMatch(/### Ready next\n\n.*\n.*\n\| FE-004 /);
  expect(digest).not.toContain("AUTH-001");
  expect(digests(stage)[0]).not.toMatch(/@legal/);

  await digestIsDue(stage);
  await stage.settle();
  expect(digests(stage)).toHaveLength(1);
  expect(await stage.problems()).toEqual([]);
});

test("where nothing happened nothing is posted, though tasks are blocked, were finished before, and time goes by", async () => {
  const stage = await installed({ files: { ...files, [planPath]: csvPlan({ "ORG-006": "blocked" }) } });
  await digestIsDue(stage);
  await stage.settle();
  await digestIsDue(stage);
  await stage.settle();

  expect(digests(stage)).toEqual([]);
  const { rows } = await stage.pool.query("select key from posts where key like 'digest%'");
  expect(rows).toEqual([{ key: "digest-memory" }]);
});

test("the next digest tells what came since, and which milestones moved away meanwhile", async () => {
  const stage = await installed();
  await work(stage);
  await digestIsDue(stage);
  await stage.settle();
  stage.sandbox.clock.advance(2 * 24 * 60 * minute);
  // As if the first had been posted now, and had promised M1 earlier.
  await stage.pool.query(
    `update posts set body = body || jsonb_build_object('until', $1::bigint) || '{"ends": {"M1\\n0": "2026-03-01"}}' where key = 'digest-memory'`,
    [stage.sandbox.clock.now()],
  );
  stage.sandbox.clock.advance(minute);
  const { number } = await stage.repository.openIssue({ title: "More", by: "mira" });
  await stage.repository.comment({ issue: number, body: "/unblock ORG-006", by: "mira" });
  await stage.settle();
  await digestIsDue(stage, "30 seconds");
  await stage.settle();

  expect(digests(stage)).toHaveLength(2);
  const second = read(digests(stage)[1]);
  expect(second).toMatch(/## What happened from 2026-03-04 to .*\n\n\*\*1 moved otherwise\*\*, 1 milestone slipping\.\n/);
  expect(second).toMatch(/### Also moved\n\n.*\n.*\n\| ORG-006 Org model \+ memberships \| blocked \| todo \| 2026-03-04, /);
  expect(second).toMatch(/### Slipping\n\n.*\n.*\n\| M1 Login for everyone \| 2026-03-01 \| 2026-\d\d-\d\d \| 2026-03-20, missed \|/);
});

test("killed when GitHub has made the comment and before the answer came, the app makes no second one", async () => {
  const stage = await installed();
  await work(stage);
  const armed = await waitingFor(comments, "timeout-after")(stage);
  await digestIsDue(stage);
  await armed.reached();
  await stage.app().kill();
  await armed.release();
  await stage.start();
  await stage.settle();

  expect(digests(stage)).toHaveLength(1);
  const { rows } = await stage.pool.query("select state, remote_id is not null as known from posts where key like 'digest:%'");
  expect(rows).toEqual([{ state: "written", known: true }]);
  expect(await stage.problems()).toEqual([]);
});

test("a digest that was missed is caught up with for a day, after that not", async () => {
  const stage = await installed();
  await work(stage);
  await digestIsDue(stage, "25 hours");
  await stage.settle();
  expect(digests(stage)).toEqual([]);

  await digestIsDue(stage, "23 hours");
  await stage.settle();
  expect(digests(stage)).toHaveLength(1);
});

test("a digest waits, a minute at a time, for the issue that it belongs in, and is posted once that is there", async () => {
  const stage = await installed();
  await work(stage);
  // As if GitHub had not let the summary make its issue yet.
  await stage.pool.query("delete from posts where key = 'summary-issue'");
  await digestIsDue(stage);
  const inAMinute = "run_at > now() + interval '20 seconds' and run_at <= now() + interval '60 seconds'";
  const waits = async () =>
    (await stage.pool.query(`select from graphile_worker._private_jobs where ${isDigest} and ${inAMinute}`)).rowCount;
  await until("the digest is put off", async () => (await waits()) === 1);
  expect(digests(stage)).toEqual([]);

  const known = async () => (await stage.pool.query("select from posts where key = 'summary-issue' and remote_id is not null")).rowCount;
  const { number } = await stage.repository.openIssue({ title: "More", by: "mira" });
  await stage.repository.comment({ issue: number, body: "/unblock ORG-006", by: "mira" });
  await until("the summary has its issue", async () => (await known()) === 1);
  expect(digests(stage)).toEqual([]);
  await makeDue(stage.pool, isDigest);
  await stage.settle();

  expect(digests(stage)).toHaveLength(1);
  expect(await stage.problems()).toEqual([]);
});

const isDigest = "key like '%:digest:%'";

test("with a time zone of its own the team reads its own days", async () => {
  const berlin = `${configuration}summary: {timezone: Europe/Berlin}\n`;
  const stage = await installed({ files: { ...files, ".github/plankeeper.yml": berlin } });
  await work(stage);
  await digestIsDue(stage);
  await stage.settle();

  expect(digests(stage)[0]).toContain("_From 2026-03-02 11:00 UTC+1 to ");
});

test("in observe mode the digest is recorded and not posted", async () => {
  const stage = await installed({ mode: "observe" });
  await work(stage);
  await digestIsDue(stage);
  await stage.settle();

  const { rows } = await stage.pool.query("select state, body ->> 'text' as text from posts where key like 'digest:%'");
  expect(rows).toHaveLength(1);
  expect(rows[0].state).toBe("observed");
  expect(rows[0].text).toContain("1 completed");
  expect(stage.sandbox.exchanges.filter(({ route }) => route === comments)).toEqual([]);
});

test("with the summary off there is no digest", async () => {
  const off = `${configuration}summary: {issue: off}\n`;
  const stage = await installed({ files: { ...files, ".github/plankeeper.yml": off } });
  await work(stage);
  await digestIsDue(stage);
  await stage.settle();

  const { rows } = await stage.pool.query("select key from posts where key like 'digest%'");
  expect(rows).toEqual([]);
});
