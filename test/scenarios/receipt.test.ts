import { createHash, createHmac } from "node:crypto";
import { request } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { startTcpProxy, type TcpProxy } from "../tcp-proxy.ts";
import { files, people } from "./plans.ts";
import { beforeTheDrain } from "./points.ts";
import { type Stage, setStage } from "./stage.ts";
import { until } from "./until.ts";

const minute = 60_000;
const path = "/api/github/webhooks";

async function installed(): Promise<Stage> {
  const stage = await setStage({ files, people });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  return stage;
}

const inbox = async ({ pool }: Stage, id: string) => {
  const { rows } = await pool.query("select event, state, attempts, error, encode(sha256(body), 'hex') as bytes from inbox where id = $1", [
    id,
  ]);
  return rows[0];
};

const bytesOf = (body: Buffer): string => createHash("sha256").update(body).digest("hex");

/** A request to the app as it is, signed or not. Gives the status; 0 where the body need not be sent to be refused. */
function post({ app, secrets }: Stage, body: Buffer, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const signature = createHmac("sha256", secrets.webhookSecret).update(body).digest("hex");
  const usual = { "content-type": "application/json", "x-github-delivery": "d-1", "x-github-event": "star" };
  return new Promise((resolve, reject) => {
    const asked = request(`${app().url}${path}`, {
      method: "POST",
      headers: { ...usual, "x-hub-signature-256": `sha256=${signature}`, ...headers },
    });
    asked.on("response", (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

const show = async ({ app }: Stage, page: string) => {
  const answer = await fetch(`${app().url}${page}`);
  return { status: answer.status, text: await answer.text() };
};

test("a delivery that comes again is accepted again, and changes nothing", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  const { number } = await repository.openIssue({ title: "Questions", by: "mira" });
  await repository.comment({ issue: number, body: "/status FE-004", by: "mira" });
  await stage.settle();
  const { guid } = sandbox.deliveries.find(({ event }) => event === "issue_comment") ?? { guid: "" };
  const before = await stage.pool.query("select count(*)::int as facts, (select count(*)::int from audit_log) as audited from facts");
  const calls = sandbox.exchanges.length;

  expect(await sandbox.redeliver(guid)).toBe(202);
  await stage.settle();

  const after = await stage.pool.query("select count(*)::int as facts, (select count(*)::int from audit_log) as audited from facts");
  expect(after.rows).toEqual(before.rows);
  expect(sandbox.exchanges).toHaveLength(calls);
  expect(repository.comments(number).filter(({ byApp }) => byApp)).toHaveLength(1);
});

test("what GitHub cannot have sent is refused, and nothing of it is kept", async () => {
  const stage = await setStage({ files, people });
  const body = Buffer.from("{}");
  const tooLarge = String(25 * 1024 * 1024 + 1);

  expect(await post(stage, body, { "x-hub-signature-256": "" })).toBe(401);
  expect(await post(stage, body, { "x-hub-signature-256": `sha256=${"0".repeat(64)}` })).toBe(401);
  expect(await post(stage, body, { "content-type": "application/x-www-form-urlencoded" })).toBe(415);
  expect(await post(stage, Buffer.alloc(0), { "content-length": tooLarge })).toBe(413);
  expect(await post(stage, body, { "x-github-delivery": "" })).toBe(400);

  expect((await stage.pool.query("select from inbox")).rows).toEqual([]);
  expect(await post(stage, body)).toBe(202);
  expect((await stage.pool.query("select id from inbox")).rows).toEqual([{ id: "d-1" }]);
});

test("a payload as large as GitHub sends them is taken whole", async () => {
  const stage = await setStage({ files, people });
  const body = Buffer.from(JSON.stringify({ action: "created", pad: "" }).padEnd(25 * 1024 * 1024));

  expect(await post(stage, body)).toBe(202);

  await stage.settle();
  expect(await inbox(stage, "d-1")).toMatchObject({ state: "done", bytes: bytesOf(body) });
});

test("a commit message with a NUL and half a character is a normal delivery", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;

  const message = "refs FE-004: \u0000 and \ud83d";
  await repository.push({ branch: "main", by: "dev", commits: [{ message, files: { "a.txt": "1" } }] });
  await stage.settle();

  const { guid, payload } = sandbox.deliveries.findLast(({ event }) => event === "push") ?? { guid: "", payload: null };
  const sent = Buffer.from(JSON.stringify(payload));
  expect(sent.includes("\\u0000") && sent.includes("\\ud83d")).toBe(true);
  expect(await inbox(stage, guid)).toMatchObject({ state: "done", bytes: bytesOf(sent) });
  const { rows } = await stage.pool.query(
    "select body ->> 'message' as message from facts where kind = 'commit' and body ->> 'message' like 'refs%'",
  );
  expect(rows).toEqual([{ message: "refs FE-004: \ufffd and \ufffd" }]);
  expect((await stage.statuses())["FE-004"]).toBe("in-progress");
  expect(await stage.problems()).toEqual([]);
});

test("a payload that cannot be read is parked with its error, and does not stop its lane", async () => {
  const stage = await installed();
  const { sandbox, repository, pool } = stage;

  const broken = { repository: { id: repository.id }, ref: 7 };
  expect(await sandbox.send("push", broken, { guid: "broken" })).toBe(202);
  expect(await sandbox.send("push", "{ this is no JSON", { guid: "no-json" })).toBe(202);
  await repository.push({ branch: "main", by: "dev", commits: [{ message: "refs FE-004", files: { "a.txt": "1" } }] });
  await stage.settle();

  expect(await inbox(stage, "broken")).toMatchObject({ state: "parked", error: expect.stringContaining("ref") });
  expect(await inbox(stage, "no-json")).toMatchObject({ state: "parked", error: expect.stringMatching(/JSON/i) });
  expect((await stage.statuses())["FE-004"]).toBe("in-progress");
  expect(JSON.parse((await show(stage, "/api/health")).text)).toMatchObject({ inbox: { waiting: 0, parked: 2 } });
  const { rows } = await pool.query("select count(*)::int as parked from inbox where state = 'parked'");
  expect(rows).toEqual([{ parked: 2 }]);
});

test("a delivery that was parked is drained when it is sent again", async () => {
  const stage = await installed();
  const { sandbox, repository, pool } = stage;
  const held = await beforeTheDrain(stage);
  await repository.push({ branch: "main", by: "dev", commits: [{ message: "refs FE-004", files: { "a.txt": "1" } }] });
  await pool.query("update inbox set state = 'parked', attempts = 8, error = 'a bug that was mended since' where state = 'waiting'");
  await held.release();
  await stage.settle();
  expect((await stage.statuses())["FE-004"]).toBe("todo");

  const { guid } = sandbox.deliveries.findLast(({ event }) => event === "push") ?? { guid: "" };
  expect(await sandbox.redeliver(guid)).toBe(202);
  await stage.settle();

  expect((await stage.statuses())["FE-004"]).toBe("in-progress");
  expect(await inbox(stage, guid)).toMatchObject({ state: "done", error: null });
  expect(await stage.problems()).toEqual([]);
});

test("no secret, token, cookie or signature reaches a log line, however much is logged and whatever fails", async () => {
  const stage = await setStage({ files, people, environment: { LOG_LEVEL: "trace" } });
  const { sandbox, repository, secrets, app } = stage;
  sandbox.fault({ route: "POST /app/installations/{installation_id}/access_tokens", kind: "500-before", times: 1 });
  sandbox.fault({ route: "GET /repos/{owner}/{repo}", kind: "403-secondary", retryAfter: 1, times: 1 });
  sandbox.fault({ route: "POST /repos/{owner}/{repo}/issues", kind: "drop-after", times: 1 });
  await sandbox.install([repository]);
  await stage.settle();
  sandbox.expireTokens();
  await repository.push({ branch: "main", by: "dev", commits: [{ message: "refs FE-004", files: { "a.txt": "1" } }] });
  const forged = {
    "x-hub-signature-256": `sha256=${"ab".repeat(32)}`,
    cookie: "session=do-not-log-me",
    authorization: "Bearer nor-do-log-me",
  };
  expect(await post(stage, Buffer.from("{}"), forged)).toBe(401);
  await sandbox.send("push", { repository: { id: repository.id }, ref: secrets.webhookSecret });
  await stage.settle();
  await app().stop();

  const log = app().lines.join("\n");
  const { password } = new URL(stage.pool.options.connectionString ?? "");
  expect(app().lines.filter((line) => !line.startsWith("{"))).toEqual([]);
  expect(log).toContain('"msg":"effect"');
  const keyLines = secrets.privateKey.split("\n").filter((line) => line.length > 20 && !line.startsWith("-"));
  const secret = [
    secrets.webhookSecret,
    ...keyLines,
    "do-not-log-me",
    "nor-do-log-me",
    "ab".repeat(32),
    ...(password === "" ? [] : [password]),
  ];
  expect(secret.filter((one) => log.includes(one))).toEqual([]);
  expect(log).not.toMatch(/gh[a-z]_|sha256=|eyJ|set-cookie|BEGIN/i);
});

test("a running app says that it lives, how it is, and what it has done", async () => {
  const stage = await installed();
  const { repository } = stage;
  await repository.push({ branch: "auth-005-csrf", by: "dev", commits: [{ message: "Add CSRF tests", files: { "csrf.py": "1" } }] });
  await repository.openPull({ title: "AUTH-005: CSRF", head: "auth-005-csrf", by: "dev" });
  await stage.settle();

  expect(await show(stage, "/alive")).toEqual({ status: 200, text: '{"status":"alive"}' });
  const health = await show(stage, "/api/health");
  expect(health.status).toBe(200);
  expect(JSON.parse(health.text)).toMatchObject({ status: "ready", database: "up", inbox: { waiting: 0, oldestSeconds: null, parked: 0 } });
  const { text } = await show(stage, "/metrics");
  const value = (series: string) =>
    Number(
      text
        .split("\n")
        .find((line) => line.startsWith(`${series} `))
        ?.split(" ")
        .at(-1) ?? Number.NaN,
    );
  expect(value('plankeeper_deliveries_total{event="push",outcome="stored"}')).toBe(1);
  expect(value('plankeeper_deliveries_total{event="pull_request",outcome="stored"}')).toBe(1);
  expect(value("plankeeper_inbox_waiting")).toBe(0);
  expect(value("plankeeper_inbox_parked")).toBe(0);
  expect(value("plankeeper_drain_seconds_count")).toBeGreaterThan(0);
  expect(value("plankeeper_drained_rows_total")).toBeGreaterThan(3);
  expect(value('plankeeper_perform_seconds_count{kind="check",outcome="done"}')).toBeGreaterThan(0);
  expect(value('plankeeper_github_call_seconds_count{route="POST /repos/{owner}/{repo}/check-runs",status="201"}')).toBe(1);
  expect(text).toMatch(/^plankeeper_github_rate_left\{installation="\d+"\} 4\d\d\d$/m);
});

/** A web process whose way to the database can fail, with a worker beside it that has its own. */
async function behindProxy(): Promise<Stage & { readonly proxy: TcpProxy }> {
  let proxy: TcpProxy | null = null;
  const between = async (databaseUrl: string) => {
    const url = new URL(databaseUrl);
    const started = await startTcpProxy({ host: url.hostname, port: Number(url.port || 5432) });
    onTestFinished(() => started.close());
    proxy = started;
    url.hostname = "127.0.0.1";
    url.port = String(started.port);
    return url.href;
  };
  const stage = await setStage({ files, people, roles: ["web"], between });
  if (proxy === null) throw new Error("nothing stands between");
  return { ...stage, proxy };
}

test.each([
  ["is cut", (proxy: TcpProxy) => proxy.cut()],
  ["swallows everything", (proxy: TcpProxy) => proxy.freeze()],
])("while the way to the database %s no delivery is accepted, and those that are sent again are not lost", async (_, fail) => {
  const stage = await behindProxy();
  const { sandbox, repository, proxy, pool } = stage;
  await sandbox.install([repository]);
  const stored = async () => (await pool.query("select id from inbox")).rows.map(({ id }) => id);
  expect(await stored()).toHaveLength(1);

  await fail(proxy);
  sandbox.clock.advance(minute);
  await repository.push({ branch: "main", by: "dev", commits: [{ message: "refs FE-004", files: { "a.txt": "1" } }] });
  await sandbox.settled();
  const refused = sandbox.deliveries.slice(1);
  expect(refused.map(({ event, attempts }) => [event, ...attempts.map(({ status }) => status)])).toEqual([
    ["push", 503],
    ["check_suite", 503],
  ]);
  expect(await stored()).toHaveLength(1);
  expect(await show(stage, "/api/health")).toMatchObject({ status: 503, text: expect.stringContaining('"database":"down"') });
  expect(await show(stage, "/alive")).toMatchObject({ status: 200 });
  expect(await show(stage, "/metrics")).toMatchObject({ status: 200 });

  await proxy.restore();
  await until("the app is ready again", async () => (await show(stage, "/api/health")).status === 200);
  for (const { guid } of refused) expect(await sandbox.redeliver(guid)).toBe(202);
  expect(await stored()).toHaveLength(3);
  await stage.start("worker", { DATABASE_URL: pool.options.connectionString ?? "" });
  await stage.settle();
  expect((await stage.statuses())["FE-004"]).toBe("in-progress");
  expect(await stage.problems()).toEqual([]);
});
