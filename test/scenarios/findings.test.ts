import { expect, test } from "vitest";
import { configuration, csvPlan, files, people, planPath, rows } from "./plans.ts";
import { type Stage, type StageOptions, setStage } from "./stage.ts";

const minute = 60_000;

async function installed(options: Partial<StageOptions> = {}): Promise<Stage> {
  const stage = await setStage({ files, people, ...options });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  return stage;
}

/** The findings that the summary shows, as people read them. */
function shown({ repository }: Stage): string {
  const issue = repository.issues.find(({ byApp }) => byApp);
  const body = repository.comments(issue?.number ?? 0)[0]?.body ?? "";
  const [, from = ""] = body.split("### Findings\n");
  return (from.split(/\n### |\n_Last change/)[0] ?? "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/&#8203;|\u200B|`/g, "");
}

const push = (stage: Stage, branch: string, message: string) =>
  stage.repository.push({ branch, by: "dev", commits: [{ message, files: { [`${branch}-${message.length}.txt`]: message } }] });

/** What the crontab does every five minutes, when a day has gone by. */
async function dayGoesBy({ pool, settle }: Stage): Promise<void> {
  await pool.query("select graphile_worker.add_job('claim-due-work')");
  await settle();
  await pool.query("update due_work set due_at = '-infinity'");
  await pool.query("select graphile_worker.add_job('claim-due-work')");
  await settle();
}

const summaryWrites = ({ sandbox }: Stage): number =>
  sandbox.exchanges.filter(({ method, path }) => method === "PATCH" && /\/issues\/comments\/\d+$/.test(path)).length;

test("a task without a sign of work becomes stale by itself: one rewrite of the summary, no delivery, whichever process looks", async () => {
  const stage = await installed({ start: Date.parse("2025-03-03T10:00:00Z"), roles: ["all", "worker"] });
  await push(stage, "auth-005-csrf", "AUTH-005: headers");
  await stage.settle();
  expect(shown(stage)).not.toContain("Nothing heard");
  const before = { writes: summaryWrites(stage), sent: stage.sandbox.deliveries.length };

  await dayGoesBy(stage);
  expect(shown(stage)).toContain("Nothing heard for 10 days.");
  expect(shown(stage)).toMatch(/- AUTH-005: the last sign of work was a commit on 2025-03-03 \([0-9a-f]{7}\)\./);
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "in-progress" });
  await dayGoesBy(stage);
  expect(summaryWrites(stage)).toBe(before.writes + 1);
  // What GitHub tells of the rewriting itself comes after it.
  expect(stage.sandbox.deliveries.slice(before.sent).map(({ event }) => event)).toEqual(["issue_comment"]);

  const { number } = await stage.repository.openIssue({ title: "Questions", by: "mira" });
  await stage.repository.comment({ issue: number, body: "/status AUTH-005", by: "mira" });
  await stage.settle();
  expect(stage.repository.comments(number).find(({ byApp }) => byApp)?.body).toContain("the last sign of work was a commit on 2025-03-03");
  expect(await stage.problems()).toEqual([]);
});

test("to say how a stale task stands takes the finding away", async () => {
  const stage = await installed({ start: Date.parse("2025-03-03T10:00:00Z") });
  await push(stage, "auth-005-csrf", "AUTH-005: headers");
  await stage.settle();
  await dayGoesBy(stage);
  expect(shown(stage)).toContain("AUTH-005: the last sign of work");
  const { number } = await stage.repository.openIssue({ title: "Questions", by: "mira" });
  await stage.repository.comment({ issue: number, body: "/block AUTH-005 waiting for the audit", by: "mira" });
  await stage.settle();
  expect(shown(stage)).not.toContain("Nothing heard");
});

test("a new id that two open pull requests share is told in the summary and on both checks, until one of them takes another", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  const withRow = (id: string, title: string) => ({ [planPath]: csvPlan({}, [...rows, { id, title }]) });
  const openWith = async (branch: string, id: string, title: string) => {
    await repository.push({ branch, by: "dev", commits: [{ message: "Plan more", files: withRow(id, title) }] });
    const pull = await repository.openPull({ title: `Plan: ${title}`, head: branch, by: "dev" });
    await stage.settle();
    sandbox.clock.advance(minute);
    return pull;
  };
  const first = await openWith("plan-a", "AUTH-014", "Refresh tokens");
  const told = (sha: string) =>
    repository
      .checks(sha)
      .at(-1)
      ?.summary?.replace(/&#8203;|\u200B/g, "") ?? "";
  expect(told(first.headSha)).not.toContain("each add a task");
  const second = await openWith("plan-b", "AUTH-014", "Single sign-on");

  const words = `#${first.number} and #${second.number} each add a task with this id`;
  expect(shown(stage)).toContain(`AUTH-014: ${words}`);
  expect(told(first.headSha)).toContain(words);
  expect(told(second.headSha)).toContain(words);

  const moved = await repository.synchronize({
    number: second.number,
    by: "dev",
    commits: [{ message: "Take another id", files: withRow("AUTH-015", "Single sign-on") }],
  });
  await stage.settle();
  expect(shown(stage)).not.toContain("each add a task");
  expect(told(first.headSha)).not.toContain("each add a task");
  expect(told(moved.headSha)).not.toContain("each add a task");

  const third = await openWith("plan-c", "AUTH-014", "Passkeys");
  expect(told(first.headSha)).toContain(`#${first.number} and #${third.number} each add a task`);
  await repository.closePull({ number: third.number, by: "dev" });
  await stage.settle();
  expect(shown(stage)).not.toContain("each add a task");
  expect(told(first.headSha)).not.toContain("each add a task");
  expect(await stage.problems()).toEqual([]);
});

test("what is odd is told by kind and changes no status", async () => {
  const retiring = configuration.replace("    snapshot:", "    retired: [AUTH-013]\n    snapshot:");
  const stage = await installed({ files: { ...files, ".github/plankeeper.yml": retiring } });
  const { sandbox, repository } = stage;
  const pulled = async (branch: string, title: string, merge: boolean) => {
    await push(stage, branch, "Work");
    const { number } = await repository.openPull({ title, head: branch, by: "dev" });
    sandbox.clock.advance(minute);
    if (merge) await repository.mergePull({ number, by: "mira", method: "squash", deleteBranch: true });
    sandbox.clock.advance(minute);
    return number;
  };
  const part = await pulled("headers", "Part of ORG-006: model", true);
  const page = await pulled("page", "FE-004: Login page", true);
  await push(stage, "auth-004-me", "AUTH-005: headers");
  const retired = await pulled("again", "AUTH-013: Again", false);
  await stage.settle();

  expect(await stage.statuses()).toMatchObject({
    "ORG-006": "in-progress",
    "FE-004": "completed",
    "AUTH-005": "in-progress",
    "AUTH-004": "in-progress",
  });
  expect(
    shown(stage)
      .split("\n")
      .filter((line) => line.startsWith("- ")),
  ).toEqual([
    `- AUTH-013: it is retired, but #${retired} cites it (#${retired}).`,
    `- FE-004: it is completed, but AUTH-005, which it depends on, is in progress (#${page}).`,
    `- ORG-006: #${part} was merged, but by its words (title: Part of ORG-006) it completes nothing (#${part}).`,
    expect.stringMatching(/^- AUTH-005: a commit names it, on a branch that is named for AUTH-004 \([0-9a-f]{7}\)\.$/),
  ]);
  expect(await stage.problems()).toEqual([]);
});

test("a plan with a hundred odd rows begins with a handful of them and a number", async () => {
  const early = Array.from({ length: 100 }, (_, i) => ({
    id: `OPS-${i + 1}`,
    title: `Step ${i + 1}`,
    status: "completed",
    dependencies: "AUTH-005",
  }));
  const stage = await installed({ files: { [planPath]: csvPlan({}, [...rows, ...early]) } });
  expect(shown(stage)).toContain("… and 95 more findings.");
  expect(stage.repository.comments(stage.repository.issues.find(({ byApp }) => byApp)?.number ?? 0)).toHaveLength(1);
});
