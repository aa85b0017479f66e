import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { appId, field, fields, jwt, openSandbox, storyStart } from "../../../test/sandbox-client.ts";

const repo = "/repos/octo/plans";

async function opened(options: Parameters<typeof openSandbox>[0] = {}) {
  const client = await openSandbox(options);
  const repository = client.sandbox.repository({ owner: "octo", name: "plans", people: { maria: "maintain" } });
  await client.sandbox.install([repository]);
  client.takeEvents();
  return { ...client, repository };
}

describe("credentials", () => {
  test("the app is known by its signed token, and only while that token is fresh", async () => {
    const { call } = await opened();
    const now = Math.floor(Date.now() / 1000);
    const { privateKey: foreign } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    const answers = async (token: string) => {
      const { status, body } = await call("GET /app", { as: token });
      return `${status} ${field(body, "message") || field(body, "id")}`;
    };

    expect(await answers(jwt())).toBe(`200 ${appId}`);
    expect(await answers(jwt({}, foreign))).toBe("401 A JSON web token could not be decoded");
    expect(await answers(jwt({ exp: now - 1 }))).toContain("401 'Expiration time' claim ('exp') must be");
    expect(await answers(jwt({ exp: now + 700 }))).toBe("401 'Expiration time' claim ('exp') is too far in the future");
    expect(await answers(jwt({ iat: now + 100 }))).toContain("401 'Issued at' claim ('iat')");
    expect(await answers(jwt({ iss: 1 }))).toBe("404 Integration not found");
    expect(await answers("nobody")).toBe("401 A JSON web token could not be decoded");
  });

  test("a signed token without a signature, or of another algorithm, is refused", async () => {
    const { call } = await opened();
    const [, claims] = jwt().split(".");
    const none = Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url");

    expect((await call("GET /app", { as: `${none}.${claims}.` })).status).toBe(401);
  });

  test("an installation's token is long and opaque, and nothing else opens a repository", async () => {
    const { call, token } = await opened();
    const own = await token();

    expect(own).toMatch(/^ghs_4711_[\w.-]{500,}$/);
    expect((await call(`GET ${repo}`, { as: own })).status).toBe(200);
    expect((await call(`GET ${repo}`, { as: `${own}x` })).status).toBe(401);
    expect((await call(`GET ${repo}`, { as: "nobody" })).status).toBe(401);
    expect((await call(`GET ${repo}`, { as: "app" })).status).toBe(403);
  });

  test("tokens can be made to expire, while the story's clock may jump without harm", async () => {
    const { sandbox, call, token } = await opened();
    const own = await token();
    sandbox.clock.advance(86_400_000);
    expect((await call(`GET ${repo}`, { as: own })).status).toBe(200);

    sandbox.expireTokens();

    expect((await call(`GET ${repo}`, { as: own })).status).toBe(401);
  });

  test("a token can be narrowed to permissions and repositories, and then reaches no further", async () => {
    const { sandbox, repository, call, token } = await opened();
    const secret = sandbox.repository({ owner: "octo", name: "secret", private: true });
    await sandbox.install([secret]);
    const { number } = await repository.openIssue({ title: "One", by: "maria" });
    const narrow = await token({ permissions: { issues: "read" }, repositories: ["plans"] });

    const refused = await call(`POST ${repo}/issues/${number}/comments`, { as: narrow, body: { body: "hi" } });
    expect(refused.status).toBe(403);
    expect(refused.headers.get("x-accepted-github-permissions")).toBe("issues=write; pull_requests=write");
    expect((await call(`GET ${repo}/issues/${number}`, { as: narrow })).status).toBe(200);
    expect((await call("GET /repos/octo/secret", { as: narrow })).status).toBe(404);
    expect((await call("GET /repos/octo/secret")).status).toBe(200);
  });

  test("what the app has no installation for can be read when public, written never, and is not there when private", async () => {
    const { sandbox, call } = await opened();
    sandbox.repository({ owner: "else", name: "public" });
    sandbox.repository({ owner: "else", name: "private", private: true });

    expect((await call("GET /repos/else/public")).status).toBe(200);
    expect((await call("POST /repos/else/public/issues", { body: { title: "x" } })).status).toBe(403);
    expect((await call("GET /repos/else/private")).status).toBe(404);
  });

  test("a sandbox does not start with a key that is none", async () => {
    await expect(openSandbox({ publicKey: "not a key" })).rejects.toThrow();
  });
});

describe("answers", () => {
  test("all times come from the story's clock, to the second", async () => {
    const { sandbox, call } = await opened();
    sandbox.clock.set(storyStart + 90_999);

    const made = await call(`POST ${repo}/issues`, { body: { title: "One" } });

    expect(field(made.body, "created_at")).toBe("2026-03-02T10:01:30Z");
    expect(made.headers.get("date")).toBe("Mon, 02 Mar 2026 10:01:30 GMT");
  });

  test("a read that did not change is 304 and costs nothing; after a change it is told again", async () => {
    const { call, repository } = await opened();
    const { number } = await repository.openIssue({ title: "One", by: "maria" });
    const first = await call(`GET ${repo}/issues/${number}`);
    const headers = { "if-none-match": first.headers.get("etag") ?? "" };

    const second = await call(`GET ${repo}/issues/${number}`, { headers });
    expect([second.status, second.body]).toEqual([304, null]);
    expect(second.headers.get("x-ratelimit-used")).toBe(first.headers.get("x-ratelimit-used"));

    await repository.comment({ issue: number, body: "hm", by: "maria" });
    expect((await call(`GET ${repo}/issues/${number}`, { headers })).status).toBe(200);
  });

  test("a list comes in pages that lead to each other", async () => {
    const { sandbox, call, repository } = await opened();
    for (let number = 1; number <= 5; number += 1) await repository.openIssue({ title: `Issue ${number}`, by: "maria" });

    const first = await call(`GET ${repo}/issues?per_page=2&direction=asc`);
    const last = await call(`GET ${repo}/issues?per_page=2&direction=asc&page=3`);

    const at = `${sandbox.url}${repo}/issues?per_page=2&direction=asc&page=`;
    expect(fields(first.body, "number")).toEqual(["1", "2"]);
    expect(first.headers.get("link")).toBe(`<${at}2>; rel="next", <${at}3>; rel="last"`);
    expect(fields(last.body, "number")).toEqual(["5"]);
    expect(last.headers.get("link")).toBe(`<${at}2>; rel="prev", <${at}1>; rel="first"`);
  });

  test("a hundred entries are the most a page has, and thirty the usual", async () => {
    const { call, repository } = await opened();
    const commits = Array.from({ length: 120 }, (_, index) => ({ message: `Commit ${index}` }));
    await repository.push({ branch: "main", by: "maria", commits });

    expect(fields((await call(`GET ${repo}/commits`)).body, "sha")).toHaveLength(30);
    expect(fields((await call(`GET ${repo}/commits?per_page=1000`)).body, "sha")).toHaveLength(100);
  });

  test("what is not there, not JSON or not of the right type is refused as GitHub does", async () => {
    const { call } = await opened();
    const message = async (...request: Parameters<typeof call>) => {
      const { status, body } = await call(...request);
      return `${status} ${field(body, "message")}`;
    };

    expect(await message("GET /nothing/here")).toBe("404 Not Found");
    expect(await message(`GET ${repo}/issues/7`)).toBe("404 Not Found");
    expect(await message(`GET ${repo}/contents/%E0%A4%A`)).toBe("404 Not Found");
    expect(await message(`POST ${repo}/issues`, { body: "{" })).toBe("400 Problems parsing JSON");
    expect(await message(`POST ${repo}/issues`, { body: "[]" })).toBe("400 Body should be a JSON object");
    expect(await message(`POST ${repo}/issues`, { body: {} })).toContain("422 Invalid request.");
    expect(await message(`POST ${repo}/issues`, { body: { title: 1 } })).toContain("422 Invalid request.");
    expect(await message(`POST ${repo}/issues`, { body: { title: " " } })).toBe("422 Validation Failed");
  });

  test("a renamed repository sends readers on, writers without a change of method, and is found by its id", async () => {
    const { sandbox, call, repository } = await opened();
    await repository.rename({ name: "roadmap" });

    const read = await call(`GET ${repo}/issues?state=all`);
    const write = await call(`POST ${repo}/issues`, { body: { title: "x" } });

    expect([read.status, read.headers.get("location")]).toEqual([301, `${sandbox.url}/repositories/${repository.id}/issues?state=all`]);
    expect([write.status, write.headers.get("location")]).toEqual([307, `${sandbox.url}/repositories/${repository.id}/issues`]);
    expect(field((await call(`GET /repositories/${repository.id}`)).body, "full_name")).toBe("octo/roadmap");
    expect((await call(`GET /repositories/${repository.id}/issues`)).status).toBe(200);
  });
});

describe("limits", () => {
  test("an installation's hour has so many requests, and then GitHub says when the next begins", async () => {
    const { sandbox, call, token } = await opened({ rateLimit: 3 });
    const as = await token();
    const uses = async () => (await call(`GET ${repo}`, { as })).headers.get("x-ratelimit-remaining");
    expect([await uses(), await uses(), await uses()]).toEqual(["2", "1", "0"]);

    const refused = await call(`GET ${repo}`, { as });
    expect([refused.status, refused.headers.get("x-ratelimit-remaining")]).toEqual([403, "0"]);
    expect(refused.headers.get("x-ratelimit-reset")).toBe(String(storyStart / 1000 + 3600));
    expect(field((await call("GET /rate_limit", { as })).body, "resources.core.remaining")).toBe("0");

    sandbox.clock.advance(3_600_000);
    expect(await uses()).toBe("2");
  });
});

describe("faults", () => {
  const route = "POST /repos/{owner}/{repo}/issues";

  test.each([
    ["500-before", 500, 0],
    ["500-after", 500, 1],
    ["409", 409, 0],
    ["403-secondary", 403, 0],
    ["403-primary", 403, 0],
  ] as const)("%s answers %i, and then %i issues stand", async (kind, status, standing) => {
    const { sandbox, call, repository } = await opened();
    sandbox.fault({ route, kind, times: 1, retryAfter: 7 });

    const answer = await call(`POST ${repo}/issues`, { body: { title: "One" } });

    expect(answer.status).toBe(status);
    expect(repository.issues).toHaveLength(standing);
    expect(sandbox.exchanges.at(-1)).toMatchObject({ route, fault: kind, status });
    expect((await call(`POST ${repo}/issues`, { body: { title: "Two" } })).status).toBe(201);
  });

  test("a secondary limit says how long to wait, a primary one until when", async () => {
    const { sandbox, call } = await opened();
    sandbox.fault({ route, kind: "403-secondary", times: 1, retryAfter: 7 });
    sandbox.fault({ route, kind: "403-primary", times: 1, retryAfter: 90 });

    const first = await call(`POST ${repo}/issues`, { body: { title: "One" } });
    const second = await call(`POST ${repo}/issues`, { body: { title: "One" } });

    expect(first.headers.get("retry-after")).toBe("7");
    expect(second.headers.get("x-ratelimit-remaining")).toBe("0");
    expect(second.headers.get("x-ratelimit-reset")).toBe(String(storyStart / 1000 + 90));
  });

  test("a dropped answer breaks the connection although the request took effect", async () => {
    const { sandbox, call, repository } = await opened();
    sandbox.fault({ route, kind: "drop-after", times: 1 });

    await expect(call(`POST ${repo}/issues`, { body: { title: "One" } })).rejects.toThrow();

    expect(repository.issues).toHaveLength(1);
    expect(sandbox.exchanges.at(-1)).toMatchObject({ status: 0, fault: "drop-after" });
  });

  test.each([
    ["timeout", 0],
    ["timeout-after", 1],
  ] as const)("a %s never answers, and then %i issues stand; the sandbox can still be closed", async (kind, standing) => {
    const { sandbox, call, repository } = await opened();
    sandbox.fault({ kind, times: 1, route });
    const befallen = new Promise<void>((resolve) => sandbox.onExchange(({ fault }) => fault === kind && resolve()));
    const waiting = call(`POST ${repo}/issues`, { body: { title: "One" } }).catch((error: Error) => error.message);

    await befallen;
    await sandbox.close();

    expect(await waiting).toBe("fetch failed");
    expect(repository.issues).toHaveLength(standing);
  });

  test("a fault befalls only its route, and as often as it says", async () => {
    const { sandbox, call } = await opened();
    sandbox.fault({ route, kind: "500-before", times: 2 });

    const statuses = [];
    for (const request of [`GET ${repo}`, `POST ${repo}/issues`, `POST ${repo}/issues`, `POST ${repo}/issues`])
      statuses.push((await call(request, request.startsWith("POST") ? { body: { title: "x" } } : {})).status);

    expect(statuses).toEqual([200, 500, 500, 201]);
  });
});

test("an exchange tells who asked what, never with which credential", async () => {
  const { sandbox, call, token } = await opened();
  const as = await token();

  await call(`POST ${repo}/issues?x=1`, { as, body: { title: "One" }, headers: { "x-mine": "yes" } });

  const exchange = sandbox.exchanges.at(-1);
  expect(exchange).toMatchObject({
    method: "POST",
    path: `${repo}/issues`,
    query: { x: "1" },
    requestBody: { title: "One" },
    status: 201,
    route: "POST /repos/{owner}/{repo}/issues",
    at: storyStart,
  });
  expect(exchange?.requestHeaders["x-mine"]).toBe("yes");
  expect(exchange?.installation).toBeGreaterThan(0);
  expect(JSON.stringify(sandbox.exchanges.map(({ requestHeaders }) => requestHeaders))).not.toContain(as);
});
