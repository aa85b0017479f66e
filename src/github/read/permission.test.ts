import { describe, expect, test } from "vitest";
import { answeredAt, clientFor, faultOf, github, githubFor, newPlace, ourTime, playGitHub, repo } from "../../../test/github-app.ts";

playGitHub();

describe("a permission", () => {
  const ask = { login: "octocat", about: "comment:9" };
  const permission = `${repo}/collaborators/octocat/permission`;
  const may = (...names: string[]) => ({
    permissions: Object.fromEntries(["pull", "triage", "push", "maintain", "admin"].map((name) => [name, names.includes(name)])),
  });

  test.each([
    ["admin", { permission: "admin", role_name: "admin", user: may("pull", "triage", "push", "maintain", "admin") }],
    ["maintain", { permission: "write", role_name: "maintain", user: may("pull", "triage", "push", "maintain") }],
    ["write", { permission: "write", role_name: "made-up-role", user: may("pull", "triage", "push") }],
    ["triage", { permission: "read", role_name: "triage", user: may("pull", "triage") }],
    ["read", { permission: "read", role_name: "read", user: may("pull") }],
    ["none", { permission: "none", role_name: "none", user: may() }],
    ["triage", { permission: "read", role_name: "triage", user: null }],
    ["write", { permission: "write", role_name: "made-up-role", user: {} }],
    ["none", { permission: "something new", user: null }],
  ])("%s is read from %j", async (role, answer) => {
    const at = newPlace();
    githubFor(at).get(permission).reply(200, answer);

    const { read } = await clientFor(at);

    expect(await read.permission(at, ask)).toEqual({
      id: "permission:42:comment:9:octocat",
      kind: "permission",
      body: { repository: 42, about: "comment:9", login: "octocat", role, readAt: answeredAt },
    });
  });

  test("somebody whom GitHub does not know may do nothing", async () => {
    const at = newPlace();
    githubFor(at).get(permission).reply(404, { message: "Not Found" });

    const { read } = await clientFor(at);

    expect(await read.permission(at, ask)).toMatchObject({ body: { role: "none", readAt: answeredAt } });
  });

  test("a login that is no path stays one step of the path", async () => {
    const at = newPlace();
    githubFor(at).get(`${repo}/collaborators/..%2F..%2Fsecrets/permission`).reply(404, { message: "Not Found" });

    const { read } = await clientFor(at);

    expect(await read.permission(at, { ...ask, login: "../../secrets" })).toMatchObject({ body: { role: "none" } });
  });

  test.each([500, 502])("a failed answer (%i) is neither yes nor no", async (status) => {
    const at = newPlace();
    githubFor(at).get(permission).reply(status, { message: "Server Error" });

    const { read } = await clientFor(at);

    expect(await faultOf(read.permission(at, ask))).toMatchObject({ name: "Fault", ambiguous: false, next: { kind: "retry", at: null } });
  });

  test("neither is an uninstalled app, a broken connection or an answer that is cut off", async () => {
    const uninstalled = newPlace();
    github().post(`/app/installations/${uninstalled.installation}/access_tokens`).reply(404, { message: "Not Found" });
    const broken = newPlace();
    githubFor(broken).get(permission).replyWithError("socket hang up");
    const cut = newPlace();
    githubFor(cut).get(permission).reply(200, '{"permission": "ad', { "content-type": "application/json" });

    for (const at of [uninstalled, broken, cut]) {
      const { read } = await clientFor(at);
      expect(await faultOf(read.permission(at, ask))).toMatchObject({ name: "Fault" });
    }
  });

  test("a rate limit is waited out", async () => {
    const at = newPlace();
    githubFor(at).get(permission).reply(429, { message: "slow down" }, { "retry-after": "30" });

    const { read } = await clientFor(at);

    expect(await faultOf(read.permission(at, ask))).toMatchObject({ next: { kind: "retry", at: ourTime + 30_000 } });
  });
});
