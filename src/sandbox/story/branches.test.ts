import { describe, expect, test } from "vitest";
import { field, fields, listIn, openSandbox } from "../../../test/sandbox-client.ts";

const nothing = "0".repeat(40);

async function opened() {
  const client = await openSandbox();
  const repository = client.sandbox.repository({
    owner: "octo",
    name: "plans",
    files: { "plan.csv": "id\nA-1\n" },
    people: { maria: "maintain", wanda: "write", tom: "triage" },
  });
  await client.sandbox.install([repository]);
  client.takeEvents();
  const told = (event: string) => client.heard.filter((one) => one.event === event).map(({ payload }) => payload);
  return { ...client, repository, told };
}

describe("pushing", () => {
  test("a new branch is created and pushed, and asks for checks", async () => {
    const { repository, takeEvents, told } = await opened();

    const { before, after, shas } = await repository.push({
      branch: "a-1",
      by: "wanda",
      commits: [{ message: "One" }, { message: "Two" }],
    });

    const [push] = told("push");
    expect([before, shas.at(-1)]).toEqual([nothing, after]);
    expect([field(push, "created"), field(push, "forced"), field(push, "ref")]).toEqual(["true", "false", "refs/heads/a-1"]);
    expect(
      fields(
        told("push").flatMap((one) => Object(one).commits),
        "message",
      ),
    ).toEqual(["One", "Two"]);
    expect(field(told("create")[0], "ref")).toBe("a-1");
    expect(takeEvents()).toEqual(["create", "push", "check_suite.requested"]);
  });

  test("times of the repository are numbers in a push and text elsewhere", async () => {
    const { repository, told } = await opened();

    await repository.push({ branch: "a-1", by: "wanda", commits: [{ message: "One" }] });

    expect(field(told("push")[0], "repository.pushed_at")).toBe("1772445600");
    expect(field(told("create")[0], "repository.pushed_at")).toBe("2026-03-02T10:00:00Z");
  });

  test("a push lists each commit with the files it added, changed and removed", async () => {
    const { repository, told } = await opened();
    const files = { "plan.csv": "id\nA-2\n", "docs/new.md": "n\n" };

    await repository.push({
      branch: "main",
      by: "wanda",
      commits: [
        { message: "Both", files },
        { message: "Gone", files: { "docs/new.md": null } },
      ],
    });

    expect(told("push")[0]).toMatchObject({
      commits: [
        { message: "Both", added: ["docs/new.md"], modified: ["plan.csv"], removed: [], distinct: true },
        { message: "Gone", added: [], modified: [], removed: ["docs/new.md"], distinct: true },
      ],
    });
    expect([repository.file("main", "plan.csv"), repository.file("main", "docs/new.md")]).toEqual(["id\nA-2\n", null]);
  });

  test("a forced push starts where the branch left the default branch, and says that it is forced", async () => {
    const { repository, told } = await opened();
    await repository.push({ branch: "a-1", by: "wanda", commits: [{ message: "One", files: { "a.md": "1" } }] });
    await repository.push({ branch: "main", by: "wanda", commits: [{ message: "Meanwhile", files: { "m.md": "m" } }] });

    await repository.push({ branch: "a-1", by: "wanda", force: true, commits: [{ message: "Anew", files: { "b.md": "2" } }] });

    expect(told("push")[2]).toMatchObject({ forced: true, commits: [{ message: "Anew" }] });
    expect(["a.md", "b.md", "m.md"].map((path) => repository.file("a-1", path))).toEqual([null, "2", null]);
  });

  test("a commit can have a time and a name of its own, and merge another branch", async () => {
    const { repository, call } = await opened();
    const sha = "abcd".repeat(10);
    await repository.push({
      branch: "a-1",
      by: "wanda",
      commits: [{ message: "One", sha, at: Date.parse("2026-02-01T00:00:00Z"), files: { "a.md": "1" } }],
    });
    await repository.push({ branch: "main", by: "wanda", commits: [{ message: "Meanwhile", files: { "m.md": "m" } }] });

    await repository.push({ branch: "a-1", by: "wanda", commits: [{ message: "Merge branch 'main'", merge: "main" }] });

    expect(field((await call(`GET /repos/octo/plans/commits/${sha}`)).body, "commit.author.date")).toBe("2026-02-01T00:00:00Z");
    expect(listIn((await call("GET /repos/octo/plans/commits/a-1")).body, "parents")).toHaveLength(2);
    expect(repository.file("a-1", "m.md")).toBe("m");
  });

  test("an issue named by a closing word in a commit on the default branch is closed", async () => {
    const { repository } = await opened();
    const { number } = await repository.openIssue({ title: "A-1", by: "tom" });
    await repository.push({ branch: "side", by: "wanda", commits: [{ message: `fixes #${number}` }] });
    expect(repository.issues[0]?.state).toBe("open");

    await repository.push({ branch: "main", by: "wanda", commits: [{ message: `Ship it, fixes #${number}` }] });

    expect(repository.issues[0]).toMatchObject({ state: "closed", reason: "completed" });
  });

  test("a deleted branch is told as deletion and as a push to nothing, and closes its pull request", async () => {
    const { repository, takeEvents, told } = await opened();
    const { number } = await repository.openPull({ title: "A-1", head: "a-1", by: "wanda", files: { "a.md": "1" } });
    takeEvents();

    await repository.deleteBranch({ branch: "a-1", by: "wanda" });

    expect([field(told("push")[0], "after"), field(told("push")[0], "deleted")]).toEqual([nothing, "true"]);
    expect(takeEvents()).toEqual(["delete", "push", "pull_request.closed"]);
    expect(repository.pulls.find((pull) => pull.number === number)).toMatchObject({ state: "closed", merged: false });
  });
});

describe("who may do it", () => {
  test.each([
    ["tom", "push to main", "write"],
    ["stranger", "push to main", "write"],
  ])("%s may not %s without the role %s", async (by) => {
    const { repository, heard } = await opened();

    await expect(repository.push({ branch: "main", by, commits: [{ message: "x" }] })).rejects.toThrow(/needs "write" to push to main/);

    expect(heard).toEqual([]);
  });

  test("a stranger may comment and open issues in public, but not label; what they say of labels is dropped", async () => {
    const { repository } = await opened();

    const { number } = await repository.openIssue({ title: "A-1", by: "stranger", labels: ["blocked"] });
    await repository.comment({ issue: number, body: "hm", by: "stranger" });

    expect(repository.issues[0]).toMatchObject({ by: "stranger", labels: [] });
    await expect(repository.label({ number, label: "blocked", by: "stranger" })).rejects.toThrow(/needs "triage"/);
    await expect(repository.closeIssue({ number, by: "passer-by" })).rejects.toThrow(/needs "triage"/);
    await repository.closeIssue({ number, by: "stranger" });
    expect(repository.issues[0]?.state).toBe("closed");
  });

  test("a stranger sees nothing of a private repository", async () => {
    const { sandbox } = await opened();
    const secret = sandbox.repository({ owner: "octo", name: "secret", private: true });

    await expect(secret.openIssue({ title: "x", by: "stranger" })).rejects.toThrow(/has "none"/);
  });

  test("a permission is told in the old words and the exact one", async () => {
    const { call } = await opened();
    const said = async (login: string) => {
      const { status, body } = await call(`GET /repos/octo/plans/collaborators/${login}/permission`);
      return [status, field(body, "permission"), field(body, "role_name"), field(body, "user.permissions.triage")];
    };

    expect(await said("maria")).toEqual([200, "write", "maintain", "true"]);
    expect(await said("tom")).toEqual([200, "read", "triage", "true"]);
    expect(await said("octo")).toEqual([200, "admin", "admin", "true"]);
    expect(await said("app-owner")).toEqual([200, "read", "read", "false"]);
    expect(await said("nobody-ever")).toEqual([404, "", "", ""]);
  });
});
