import { describe, expect, test } from "vitest";
import { apiUrl, appId, clientFor, githubFor, head, newPlace, playGitHub, repo } from "../../../test/github-app.ts";

playGitHub();

const second = Date.parse("2026-03-02T09:00:00Z");
const user = { login: "mira", id: 3, type: "User" };
const named = (...names: readonly string[]) => names.map((name) => ({ name }));

const issue = {
  ...{ id: 900, number: 3, state: "open", title: "AUTH-005: harden", body: null, user, labels: named("blocked", "bug") },
  ...{ assignees: [user], milestone: { title: "Beta" }, updated_at: "2026-03-02T09:00:00Z", repository_url: `${apiUrl}/repos/Octo/plans` },
};
const side = (ref: string) => ({ ref, sha: head, repo: { id: 42 } });
const pull = {
  ...{
    number: 7,
    state: "closed",
    title: "AUTH-005: harden",
    body: "",
    user,
    labels: named("bug"),
    head: side("work"),
    base: side("main"),
  },
  ...{ created_at: "2026-03-01T09:00:00Z", updated_at: "2026-03-02T09:00:00Z", closed_at: "2026-03-02T08:59:59Z", merged_at: null },
};

const asked = { number: 3, of: "issue", at: second, settles: ["issue:3#a", "issue:3#b"] } as const;

async function seen(answer: object, ask: Parameters<Awaited<ReturnType<typeof clientFor>>["read"]["snapshot"]>[1], status = 200) {
  const at = newPlace();
  githubFor(at).get(`${repo}/${ask.of}s/${ask.number}`).reply(status, answer);
  const { read } = await clientFor(at);
  return read.snapshot(at, ask).catch((error: unknown) => error);
}

describe("a thing that is read for the sake of one second", () => {
  test("is told as it stands, with the snapshots that it settles, and without who did what", async () => {
    expect(await seen(issue, asked)).toMatchObject({
      kind: "told",
      body: {
        repository: 42,
        facts: [
          {
            ...{ kind: "issue", thing: "issue:3", at: second, labels: ["blocked", "bug"], assignees: ["mira"], milestone: "Beta" },
            ...{ act: null, actor: null, settles: asked.settles },
          },
        ],
      },
    });
  });

  test("a pull request is as it stands, and not as it was when it was closed", async () => {
    expect(await seen(pull, { ...asked, of: "pull", number: 7 })).toMatchObject({
      body: { facts: [{ kind: "pull", thing: "pull:7", state: "closed", at: second, labels: ["bug"], settles: asked.settles }] },
    });
  });

  test("is told as something newer where it has changed since: how that second ended is not known then", async () => {
    expect(await seen(issue, { ...asked, at: second - 1000 })).toMatchObject({ body: { facts: [{ at: second, settles: [] }] } });
  });

  test("is asked for again while GitHub shows it older than it is", async () => {
    expect(await seen(issue, { ...asked, at: second + 1000 })).toMatchObject({ next: { kind: "retry", at: null } });
  });

  test.each([
    ["is gone", { message: "Not Found" }, 404],
    ["went to another repository, where GitHub leads us", { ...issue, repository_url: `${apiUrl}/repos/octo/other` }, 200],
    ["is our own", { ...issue, performed_via_github_app: { id: appId } }, 200],
  ])("tells nothing where it %s", async (_, answer, status) => {
    expect(await seen(answer, asked, status)).toMatchObject({ kind: "told", body: { repository: 42, facts: [] } });
  });

  test("is one reading however often it is made for the same snapshots, and another one for more", async () => {
    const [once, twice, more] = [
      await seen(issue, asked),
      await seen(issue, asked),
      await seen(issue, { ...asked, settles: ["issue:3#a"] }),
    ];
    expect(once).toHaveProperty("id", expect.stringMatching(/^snapshot:42:issue:3:/));
    expect(twice).toEqual(once);
    expect(more).not.toEqual(once);
  });
});
