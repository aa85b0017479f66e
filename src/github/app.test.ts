import nock from "nock";
import { pino } from "pino";
import { expect, test } from "vitest";
import { clientFor, faultOf, github, githubFor, newPlace, playGitHub, testApp } from "../../test/github-app.ts";
import { type Call, readOnly } from "./watch.ts";

playGitHub();

const ask = { login: "octocat", about: "comment:9" };
const permission = "/repos/octo/plans/collaborators/octocat/permission";
const answer = { permission: "write", user: null };

test("every request names the edition of the API, the one for the token too", async () => {
  const at = newPlace();
  const versioned = { reqheaders: { "x-github-api-version": "2022-11-28" } };
  nock("https://github.test", versioned)
    .defaultReplyHeaders({ date: new Date(0).toUTCString() })
    .post(`/app/installations/${at.installation}/access_tokens`)
    .reply(201, { token: "ghs_test", expires_at: "2099-01-01T00:00:00Z" })
    .get(permission)
    .reply(200, answer);

  const { read } = await clientFor(at);

  expect(await read.permission(at, ask)).toMatchObject({ body: { role: "write" } });
});

test("requests go where the settings say, with the installation's own token", async () => {
  const at = newPlace();
  nock("https://ghe.example/api/v3")
    .defaultReplyHeaders({ date: new Date(0).toUTCString() })
    .post(`/app/installations/${at.installation}/access_tokens`)
    .reply(201, { token: "ghs_own", expires_at: "2099-01-01T00:00:00Z" })
    .get(permission)
    .matchHeader("authorization", "token ghs_own")
    .reply(200, answer);

  const { read } = await clientFor(at, { apiUrl: "https://ghe.example/api/v3" });

  expect(await read.permission(at, ask)).toMatchObject({ body: { role: "write" } });
});

test("one token serves all clients of an installation", async () => {
  const at = newPlace();
  githubFor(at).get(permission).times(2).reply(200, answer);
  const app = await testApp();

  for (const client of [await app.client(at.installation, "live"), await app.client(at.installation, "observe")])
    expect(await client.read.permission(at, ask)).toMatchObject({ body: { role: "write" } });
});

test("a key that is none shows as a fault of the first call, which does not repeat the key", async () => {
  const at = newPlace();
  const { read } = await clientFor(at, { privateKey: "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----" });
  const fault = await faultOf(read.permission(at, ask));

  expect(fault).toMatchObject({ name: "Fault", message: expect.not.stringContaining("c2VjcmV0") });
});

test("in observe mode there is reading and finding, and no writer", async () => {
  const at = newPlace();
  githubFor(at).get(permission).reply(200, answer);
  const client = await clientFor(at, { mode: "observe" });

  expect(client.write).toBeNull();
  expect(await client.read.permission(at, ask)).toMatchObject({ body: { role: "write" } });
});

test.each(["POST", "PATCH", "PUT", "DELETE"])("in observe mode a %s is refused before it leaves, however it is made", async (method) => {
  const app = await testApp();
  const octokit = readOnly(await app.probot.auth(newPlace().installation));

  expect(await faultOf(octokit.request(`${method} /repos/octo/plans/issues`))).toMatchObject({ name: "Fault", next: { kind: "give-up" } });
});

test("in observe mode GraphQL, which can write, is refused too", async () => {
  const app = await testApp();
  const octokit = readOnly(await app.probot.auth(newPlace().installation));

  expect(await faultOf(octokit.graphql("mutation { x }"))).toMatchObject({ name: "Fault", next: { kind: "give-up" } });
});

test("every call is told with its route, status, installation and what is left of the hour", async () => {
  const at = newPlace();
  const calls: Call[] = [];
  const onCall = (call: Call) => calls.push(call);
  githubFor(at).get(permission).reply(200, answer, { "x-ratelimit-remaining": "4999" });
  const { read } = await clientFor(at, { onCall });

  await read.permission(at, ask);
  github().get(permission).reply(500, { message: "Server Error" });
  await faultOf(read.permission(at, ask));
  github().get(permission).replyWithError("socket hang up");
  await faultOf(read.permission(at, ask));

  const route = "GET /repos/{owner}/{repo}/collaborators/{username}/permission";
  const token = "POST /app/installations/{installation_id}/access_tokens";
  const { installation } = at;
  expect(calls).toEqual([
    { route: token, status: 201, ms: expect.any(Number), installation, rateLeft: null },
    { route, status: 200, ms: expect.any(Number), installation, rateLeft: 4999 },
    { route, status: 500, ms: expect.any(Number), installation, rateLeft: null },
    { route, status: 0, ms: expect.any(Number), installation, rateLeft: null },
  ]);
  expect(calls.every(({ ms }) => ms >= 0)).toBe(true);
});

test("pages of a list are told by the same route, so that they count together", async () => {
  const at = newPlace();
  const calls: Call[] = [];
  const path = "/repos/octo/plans/issues/7/comments";
  const next = { link: `<https://github.test${path}?page=2>; rel="next"` };
  githubFor(at).get(path).query({ per_page: "100", page: "1" }).reply(200, [], next);
  github().get(path).query({ per_page: "100", page: "2" }).reply(200, []);
  const { find } = await clientFor(at, { onCall: (call) => calls.push(call) });

  await find.comment(at, 7, "<!-- x -->");

  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/comments";
  expect(calls.map((call) => call.route).slice(-2)).toEqual([route, route]);
});

test("neither tokens nor what is written reaches a log line, whatever the level", async () => {
  const at = newPlace();
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line) => lines.push(line) });
  githubFor(at).post("/repos/octo/plans/issues/7/comments").reply(500, { message: "Server Error" });
  const client = await clientFor(at, { log });

  await faultOf(client.write?.createComment(at, 7, "words-of-a-person") ?? Promise.resolve());

  expect(lines.filter((line) => line.includes("ghs_test") || line.includes("words-of-a-person"))).toEqual([]);
});
