import { describe, expect, test } from "vitest";
import { operations, validateExchange, validateWebhook, webhooks } from "../../test/contracts/openapi.ts";
import { type Client, field, openSandbox } from "../../test/sandbox-client.ts";
import { webhookExamples } from "../../test/webhook-examples.ts";
import { routes } from "./routes/routes.ts";
import type { SandboxRepository } from "./sandbox.ts";

describe("everything that can happen, told in GitHub's shapes", () => {
  test("every act of people is told as GitHub's description says, and every event of the cut is told", async () => {
    const client = await openSandbox();
    await playEverything(client);

    const complaints = client.sandbox.deliveries.flatMap(({ event, action, payload }) => validateWebhook(event, action, payload));
    expect(new Set(complaints)).toEqual(new Set());
    const told = new Set(
      client.sandbox.deliveries.map(({ event, action }) => [event, action].filter(Boolean).join("-").replaceAll("_", "-")),
    );
    expect(webhooks.filter((name) => !told.has(name))).toEqual([]);
  });

  test("no payload lacks a field that GitHub's own examples of the same event all have", async () => {
    const client = await openSandbox();
    await playEverything(client);

    const lacking = client.sandbox.deliveries.flatMap(({ event, action, payload }) => {
      const examples = webhookExamples.filter((one) => one.event === event && (action === null || one.payload.action === action));
      const [first, ...rest] = examples.map((example) => keysOf(example.payload));
      const always = [...(first ?? [])].filter((key) => rest.every((keys) => keys.has(key)) && !onlyThere.has(key));
      const own = keysOf(payload);
      return always.filter((key) => !own.has(key) && own.has(key.split("/")[0] ?? "")).map((key) => `${event}.${action ?? ""} ${key}`);
    });
    expect(new Set(lacking)).toEqual(new Set());
  });

  test("every operation answers as GitHub's description says", async () => {
    const client = await openSandbox();
    const { repository, pull, issue, comment, check } = await playEverything(client);
    await callEverything(client, { repository, pull, issue, comment, check });

    expect(new Set(client.sandbox.exchanges.flatMap(validateExchange))).toEqual(new Set());
    const succeeded = new Set(client.sandbox.exchanges.filter(({ status }) => status < 300).map(({ route }) => route));
    expect(operations.filter((operation) => !succeeded.has(operation))).toEqual([]);
    const served = routes.filter(({ page, operation }) => page === undefined && operation !== "POST /graphql");
    expect(served.map(({ operation }) => operation).sort()).toEqual([...operations].sort());
  });
});

type Played = {
  readonly repository: SandboxRepository;
  readonly pull: number;
  readonly issue: number;
  readonly comment: number;
  readonly check: string;
};

/** A story with every act and every event in it. */
async function playEverything({ sandbox, call }: Client): Promise<Played> {
  const people = { maria: "maintain", tom: "triage", wanda: "write" } as const;
  const files = { "plan.csv": "id,title\nA-1,One\n", "docs/a.md": "# A\n" };
  const repository = sandbox.repository({ owner: "octo", name: "plans", files, people });
  const other = sandbox.repository({ owner: "octo", name: "other" });
  await sandbox.install([repository]);
  await sandbox.install([other]);
  await sandbox.withdraw([other]);

  await repository.push({ branch: "a-1", by: "wanda", commits: [{ message: "Begin A-1", files: { "src/a.ts": "1\n2\n3\n" } }] });
  const { number: pull, headSha } = await repository.openPull({ title: "A-1: begin", head: "a-1", by: "wanda", draft: true });
  await repository.readyPull({ number: pull, by: "wanda" });
  await repository.draftPull({ number: pull, by: "wanda" });
  await repository.editPull({ number: pull, by: "maria", title: "A-1: one", body: "Closes #2" });
  await repository.closePull({ number: pull, by: "tom" });
  await repository.reopenPull({ number: pull, by: "tom" });
  await repository.readyPull({ number: pull, by: "wanda" });

  const { number: issue } = await repository.openIssue({ title: "A-2", body: "text", by: "tom", labels: ["bug"] });
  await repository.openMilestone({ title: "Beta", by: "maria", dueOn: sandbox.clock.now() });
  await repository.editIssue({ number: issue, by: "tom", body: "more", milestone: 1 });
  await repository.editIssue({ number: issue, by: "tom", milestone: null });
  for (const number of [issue, pull]) {
    await repository.label({ number, label: "blocked", by: "tom" });
    await repository.unlabel({ number, label: "blocked", by: "tom" });
  }
  const { id: comment } = await repository.comment({ issue: pull, body: "/status", by: "stranger" });
  await repository.editComment({ id: comment, body: "/status A-1", by: "stranger" });
  const { id: gone } = await repository.comment({ issue, body: "hm", by: "tom" });
  await repository.deleteComment({ id: gone, by: "maria" });

  const output = {
    title: "One",
    summary: "Two",
    annotations: [{ path: "plan.csv", start_line: 1, end_line: 1, annotation_level: "notice", message: "m" }],
  };
  const made = await call("POST /repos/octo/plans/check-runs", {
    body: { name: "Plan impact", head_sha: headSha, conclusion: "success", output },
  });
  const check = field(made.body, "id");
  await repository.rerequestCheck({ id: Number(check), by: "wanda" });
  await repository.rerequestSuite({ sha: headSha, by: "wanda" });
  await repository.requestAction({ id: Number(check), action: "ignore", by: "wanda" });

  await repository.runWorkflow({ name: "tests", file: ".github/workflows/tests.yml", branch: "main", conclusion: "failure" });
  await repository.runWorkflow({ name: "tests", file: ".github/workflows/tests.yml", branch: "main", conclusion: "success", attempt: 2 });
  await repository.runWorkflow({ name: "tests", file: ".github/workflows/tests.yml", branch: "main", conclusion: "success", fork: true });
  const forked = await repository.openPull({
    title: "From afar",
    head: "fix",
    fork: "stranger",
    by: "stranger",
    files: { "docs/a.md": "# B\n" },
  });
  await repository.synchronize({ number: forked.number, by: "stranger", commits: [{ message: "more", files: { "docs/b.md": "b\n" } }] });
  const group = await repository.mergeGroup({ pulls: [forked.number], by: "maria" });
  await repository.endMergeGroup({ headSha: group.headSha, reason: "merged" });
  const { id: review } = await repository.review({ number: pull, verdict: "changes_requested", by: "tom" });
  await repository.dismissReview({ id: review, by: "maria" });
  await repository.mergePull({ number: pull, by: "maria", deleteBranch: true });
  await repository.reopenIssue({ number: issue, by: "tom" });
  await repository.closeIssue({ number: issue, by: "tom", reason: "not_planned" });
  await repository.deploy({ ref: "main", environment: "production", by: "wanda" });
  const { number: first } = await repository.openIssue({ title: "First", by: "tom" });
  for (const ended of [false, true]) await repository.relate({ issue, waitsFor: first, part: first, ended, by: "tom" });
  const { number: second } = await repository.openIssue({ title: "Second", by: "tom" });
  await repository.relate({ issue, waitsFor: second, part: second, by: "tom" });
  await repository.assign({ number: first, to: "wanda", by: "tom" });
  await repository.unassign({ number: first, to: "wanda", by: "tom" });
  await repository.transferIssue({ number: first, to: "octo/other", by: "maria" });
  await repository.label({ number: issue, label: "later", by: "tom" });
  await repository.renameLabel({ label: "later", name: "much later", by: "wanda" });
  await repository.deleteLabel({ label: "much later", by: "wanda" });
  const { number: mistaken } = await repository.openIssue({ title: "By mistake", by: "tom" });
  await repository.deleteIssue({ number: mistaken, by: "octo" });
  await repository.rename({ name: "plan" });
  await repository.rename({ name: "plans" });
  const passing = sandbox.repository({ owner: "brief", name: "visit" });
  await sandbox.install([passing]);
  await sandbox.uninstall("brief");
  await sandbox.settled();
  return { repository, pull, issue, comment, check };
}

async function callEverything({ sandbox, call }: Client, { repository, pull, issue, comment, check }: Played): Promise<void> {
  const at = "/repos/octo/plans";
  const head = repository.pulls.find(({ number }) => number === pull)?.headSha ?? "";
  const tree = field((await call(`GET ${at}/git/commits/${head}`)).body, "tree.sha");
  const blob = field((await call(`GET ${at}/contents/plan.csv`)).body, "sha");
  const reaction = field((await call(`POST ${at}/issues/comments/${comment}/reactions`, { body: { content: "eyes" } })).body, "id");
  await call(`POST ${at}/issues/comments/${comment}/reactions`, { body: { content: "rocket" } });
  const note = field((await call(`POST ${at}/issues/${issue}/comments`, { body: { body: "Noted." } })).body, "id");
  const reads = `/branches /branches/main /check-runs/${check} /check-runs/${check}/annotations /collaborators/maria/permission
    /collaborators/stranger/permission /commits /commits?path=docs&per_page=1 /commits/main /commits/${head}/pulls /commits/${head}/check-runs
    /commits/main/check-runs?filter=all /compare/a...main /compare/main~...main /compare/${head}...main /contents/ /contents/docs
    /contents/docs/a.md?ref=main /git/blobs/${blob} /git/commits/${head} /git/matching-refs/heads/ma /git/ref/heads/main
    /git/trees/${tree} /git/trees/main?recursive=1 /issues?state=all&labels=bug /issues/${issue} /issues/${pull} /issues/comments/${comment}
    /issues/comments/${comment}/reactions /issues/${issue}/comments /issues/${issue}/labels /labels /labels/bug /milestones /milestones/1
    /pulls?state=all /pulls?state=closed&head=octo:a-1 /pulls/${pull} /pulls/${pull}/commits /pulls/${pull}/files /actions/runs
    /issues/${issue}/events /issues/${issue}/dependencies/blocked_by /issues/${issue}/sub_issues /pulls/${pull}/reviews
    /actions/runs?branch=main&status=success`;
  for (const rest of ["", ...reads.trim().split(/\s+/)]) await call(`GET ${at}${rest}`);
  await call(`DELETE ${at}/issues/comments/${comment}/reactions/${reaction}`);
  await call(`POST ${at}/git/refs`, { body: { ref: "refs/heads/sync/plan", sha: head } });
  const target = { repositoryNameWithOwner: "octo/plans", branchName: "sync/plan" };
  const input = { branch: target, expectedHeadOid: head, message: { headline: "Mark" }, fileChanges: { additions: [addition] } };
  const made = await call("POST /graphql", { body: { query: commitQuery, variables: { input } } });
  const oid = field(made.body, "data.createCommitOnBranch.commit.oid");
  const proposed = field(
    (await call(`POST ${at}/pulls`, { body: { title: "Sync", body: "b", head: "sync/plan", base: "main" } })).body,
    "number",
  );
  await call(`PATCH ${at}/git/refs/heads/sync/plan`, { body: { sha: oid, force: true } });
  await call(`PATCH ${at}/pulls/${proposed}`, { body: { title: "Sync plan", body: "", state: "closed" } });
  await call(`DELETE ${at}/git/refs/heads/sync/plan`);
  await call(`POST ${at}/labels`, { body: { name: "plankeeper", color: "112233", description: "ours" } });
  await call(`POST ${at}/issues`, { body: { title: "Plan summary", body: "…", labels: ["plankeeper"] } });
  await call(`POST ${at}/issues/${issue}/labels`, { body: { labels: ["blocked"] } });
  await call(`DELETE ${at}/issues/${issue}/labels/blocked`);
  await call(`PATCH ${at}/issues/${issue}`, { body: { body: "new", state: "open", labels: ["question"], milestone: 1 } });
  await call(`PATCH ${at}/issues/comments/${note}`, { body: { body: "Changed." } });
  await call(`PATCH ${at}/check-runs/${check}`, { body: { status: "in_progress", output: { title: "t", summary: "s", text: "x" } } });
  await call("GET /app", { as: "app" });
  const installation = field((await call(`GET ${at}/installation`, { as: "app" })).body, "id");
  await call(`GET /app/installations/${installation}`, { as: "app" });
  await call("GET /installation/repositories");
  await call("GET /rate_limit");
  const list = await call("GET /app/hook/deliveries?per_page=2", { as: "app" });
  const delivery = field(list.body, "0.id");
  await call(`GET /app/hook/deliveries/${delivery}`, { as: "app" });
  await call(`POST /app/hook/deliveries/${delivery}/attempts`, { as: "app" });
  const manifest = JSON.stringify({ name: "Other app", url: "https://app.test", redirect_url: "https://app.test/setup" });
  const form = { body: String(new URLSearchParams({ manifest })), headers: { "content-type": "application/x-www-form-urlencoded" } };
  const registered = await call("POST /settings/apps/new?state=s", { ...form, as: "nobody" });
  const code = new URL(registered.headers.get("location") ?? "").searchParams.get("code");
  await call(`POST /app-manifests/${code}/conversions`, { as: "nobody" });
  await call("POST /graphql", { body: { query: "{ viewer { login } rateLimit { cost } }" } });
  await sandbox.settled();
}

const addition = { path: "docs/plan.csv", contents: Buffer.from("id\n").toString("base64") };
const commitQuery = "mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }";

/** What the examples say because they come from pull requests, from years when every issue said it, or from another change of a label. */
const onlyThere = new Set(["issue/draft", "issue/pull_request", "changes/color"]);

/** The names of a payload's fields, and of those one level below. */
function keysOf(payload: unknown): Set<string> {
  const names = (value: unknown) => (typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : []);
  return new Set(names(payload).flatMap(([name, value]) => [name, ...names(value).map(([below]) => `${name}/${below}`)]));
}
