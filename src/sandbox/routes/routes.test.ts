import { describe, expect, test } from "vitest";
import { type CallOptions, field, fields, listIn, openSandbox } from "../../../test/sandbox-client.ts";

const repo = "/repos/octo/plans";

async function opened(
  files: Readonly<Record<string, string | Buffer>> = { "plan.csv": "id\nA-1\n", "docs/a.md": "a\n", "docs/b/c.md": "c\n" },
) {
  const client = await openSandbox();
  const repository = client.sandbox.repository({ owner: "octo", name: "plans", files, people: { maria: "maintain" } });
  await client.sandbox.install([repository]);
  client.takeEvents();
  const get = async (rest: string, options?: CallOptions) => (await client.call(`GET ${repo}${rest}`, options)).body;
  const said = async (request: string, body: unknown) => {
    const answer = await client.call(request, { body });
    return `${answer.status} ${field(answer.body, "errors.0.message") || field(answer.body, "message").replace("Invalid request.\n\n", "")}`;
  };
  return { ...client, repository, get, said };
}

describe("files", () => {
  test("come with their contents, as text when asked so, at any branch or commit", async () => {
    const { get, repository } = await opened();
    const { before } = await repository.push({ branch: "main", by: "maria", commits: [{ message: "two", files: { "docs/a.md": "b\n" } }] });

    expect(Buffer.from(field(await get("/contents/docs/a.md"), "content"), "base64").toString()).toBe("b\n");
    expect(await get(`/contents/docs%2Fa.md?ref=${before}`, { headers: { accept: "application/vnd.github.raw" } })).toBe("a\n");
    expect(field(await get("/contents/docs/none.md"), "message")).toBe("Not Found");
    expect(field(await get("/contents/docs/a.md?ref=nowhere"), "message")).toBe("No commit found for the ref nowhere");
  });

  test("above a megabyte are told without their contents", async () => {
    const { get } = await opened({ "big.csv": "x".repeat(1_100_000) });

    expect(await get("/contents/big.csv")).toMatchObject({ size: 1_100_000, encoding: "none", content: "" });
  });

  test("are listed folder by folder, or as one tree", async () => {
    const { get } = await opened();

    expect(fields(await get("/contents/"), "path")).toEqual(["docs", "plan.csv"]);
    expect(fields(await get("/contents/docs"), "type")).toEqual(["file", "dir"]);
    const tree = await get("/git/trees/main?recursive=1");
    expect(fields(listIn(tree, "tree"), "path")).toEqual(["docs", "docs/a.md", "docs/b", "docs/b/c.md", "plan.csv"]);
    const blob = fields(listIn(tree, "tree"), "sha")[1];
    expect(await get(`/git/blobs/${blob}`)).toMatchObject({ encoding: "base64", content: "YQo=", size: 2 });
    const folder = fields(listIn(tree, "tree"), "sha")[0];
    expect(fields(listIn(await get(`/git/trees/${folder}`), "tree"), "path")).toEqual(["a.md", "b"]);
  });
});

describe("commits", () => {
  test("are listed by the files they touched, and by time", async () => {
    const { get, repository, sandbox } = await opened();
    for (const [message, path] of [
      ["one", "plan.csv"],
      ["two", "docs/a.md"],
      ["three", "plan.csv"],
    ] as const) {
      sandbox.clock.advance(60_000);
      await repository.push({ branch: "main", by: "maria", commits: [{ message, files: { [path]: message } }] });
    }
    const messages = async (rest: string) => fields(await get(`/commits${rest}`), "commit.message");

    expect(await messages("?path=plan.csv")).toEqual(["three", "one", "Initial commit"]);
    expect(await messages("?path=docs")).toEqual(["two", "Initial commit"]);
    expect(await messages("?path=plan.csv&per_page=1&page=2")).toEqual(["one"]);
    expect(await messages("?since=2026-03-02T10:02:00Z")).toEqual(["three", "two"]);
    expect(await messages("?until=2026-03-02T10:01:00Z&author=maria")).toEqual(["one"]);
  });

  test("of a path leave out a merge that changed nothing there", async () => {
    const { get, repository } = await opened();
    await repository.push({ branch: "side", by: "maria", commits: [{ message: "side", files: { "plan.csv": "s" } }] });
    await repository.push({ branch: "main", by: "maria", commits: [{ message: "main", files: { "m.md": "m" } }] });
    await repository.push({ branch: "main", by: "maria", commits: [{ message: "merge", merge: "side" }] });

    expect(fields(await get("/commits?path=plan.csv"), "commit.message")).toEqual(["side", "Initial commit"]);
  });

  test("are found by branch, by a shortened name, and by their name alone", async () => {
    const { call, get, repository } = await opened();
    const { after } = await repository.push({
      branch: "feature/one",
      by: "maria",
      commits: [{ message: "one", files: { "o.md": "1\n2" } }],
    });

    for (const name of ["feature/one", "feature%2Fone", "heads/feature/one", after, after.slice(0, 8)])
      expect(field(await get(`/commits/${name}`), "sha")).toBe(after);
    expect(await get("/commits/feature/one")).toMatchObject({
      stats: { additions: 2, deletions: 0 },
      files: [{ filename: "o.md", status: "added" }],
    });
    const accept = "application/vnd.github.sha";
    expect(await get("/commits/feature/one", { headers: { accept } })).toBe(after);
    const moved = await call(`GET ${repo}/commits/feature/one`, { headers: { accept, "if-none-match": `"${after}"` } });
    expect(moved.status).toBe(304);
    expect(field(await get("/git/ref/heads/feature/one"), "object.sha")).toBe(after);
    expect(field(await get("/branches/feature/one"), "commit.sha")).toBe(after);
  });

  test("of another repository are not found", async () => {
    const { sandbox, call, repository } = await opened();
    const other = sandbox.repository({ owner: "octo", name: "other" });
    await sandbox.install([other]);
    const { after } = await repository.push({ branch: "main", by: "maria", commits: [{ message: "ours" }] });

    expect((await call(`GET /repos/octo/other/commits/${after}`)).status).toBe(422);
  });

  test("are compared from where both sides parted", async () => {
    const { get, repository } = await opened();
    await repository.push({ branch: "side", by: "maria", commits: [{ message: "one", files: { "o.md": "1" } }, { message: "two" }] });
    expect(await get("/compare/main...side")).toMatchObject({ status: "ahead", ahead_by: 2, behind_by: 0, files: [{ filename: "o.md" }] });
    await repository.push({ branch: "main", by: "maria", commits: [{ message: "main", files: { "m.md": "m" } }] });

    expect(await get("/compare/main...side")).toMatchObject({
      status: "diverged",
      ahead_by: 2,
      behind_by: 1,
      files: [{ filename: "o.md" }],
    });
    expect(await get("/compare/side...octo:main")).toMatchObject({ status: "diverged", files: [{ filename: "m.md" }] });
    expect(await get("/compare/main...main")).toMatchObject({ status: "identical", commits: [], files: [] });
  });
});

describe("issues", () => {
  test("are found by label, author, state and milestone", async () => {
    const { get, repository, call } = await opened();
    await repository.openMilestone({ title: "Beta", by: "maria" });
    await repository.openIssue({ title: "One", by: "maria", labels: ["blocked", "bug"] });
    await repository.openIssue({ title: "Two", by: "stranger" });
    await repository.editIssue({ number: 2, by: "maria", milestone: 1 });
    await call(`POST ${repo}/issues`, { body: { title: "Ours", labels: ["plankeeper"] } });
    await repository.closeIssue({ number: 1, by: "maria" });
    const numbers = async (rest: string) => fields(await get(`/issues?${rest}`), "number");

    expect(await numbers("")).toEqual(["3", "2"]);
    expect(await numbers("state=closed&labels=Blocked,bug")).toEqual(["1"]);
    expect(await numbers("creator=plankeeper[bot]&labels=plankeeper")).toEqual(["3"]);
    expect(await numbers("milestone=1")).toEqual(["2"]);
  });

  test("changed by the app are told like any other change", async () => {
    const { repository, call, takeEvents, sandbox } = await opened();
    await repository.openIssue({ title: "One", by: "maria", labels: ["bug"] });
    takeEvents();

    await call(`PATCH ${repo}/issues/1`, { body: { title: "Uno", state: "closed", state_reason: "not_planned", labels: ["done"] } });
    await sandbox.settled();

    expect(repository.issues[0]).toMatchObject({ title: "Uno", state: "closed", reason: "not_planned", labels: ["done"] });
    expect(takeEvents()).toEqual(["issues.edited", "issues.closed", "issues.unlabeled", "label.created", "issues.labeled"]);
  });

  test("changed to what they are already are not told", async () => {
    const { repository, call, takeEvents, sandbox } = await opened();
    await repository.openIssue({ title: "One", body: "b", by: "maria" });
    takeEvents();

    await call(`PATCH ${repo}/issues/1`, { body: { title: "One", body: "b", state: "open", labels: [] } });
    await sandbox.settled();

    expect(takeEvents()).toEqual([]);
  });
});

describe("comments and reactions", () => {
  test("a body above 65 536 characters, or of nothing, is refused", async () => {
    const { repository, said } = await opened();
    await repository.openIssue({ title: "One", by: "maria" });
    const comment = (body: string) => said(`POST ${repo}/issues/1/comments`, { body });

    expect(await comment("x".repeat(65_537))).toBe("422 Body is too long (maximum is 65536 characters)");
    expect(await comment(" ")).toBe("422 body can't be blank");
    expect(await comment("x".repeat(65_536))).toBe("201 ");
    expect(await said(`POST ${repo}/issues`, { title: "One", body: "x".repeat(65_537) })).toBe(
      "422 body is too long (maximum is 65536 characters)",
    );
    expect(repository.comments(1)).toHaveLength(1);
  });

  test("the same reaction twice is one, and the app can take back its own", async () => {
    const { repository, call } = await opened();
    await repository.openIssue({ title: "One", by: "maria" });
    const { id } = await repository.comment({ issue: 1, body: "/status", by: "maria" });
    const react = (content: string) => call(`POST ${repo}/issues/comments/${id}/reactions`, { body: { content } });

    const first = await react("eyes");
    expect([first.status, (await react("eyes")).status, (await react("rocket")).status, (await react("nod")).status]).toEqual([
      201, 200, 201, 422,
    ]);
    await call(`DELETE ${repo}/issues/comments/${id}/reactions/${field(first.body, "id")}`);

    expect(repository.reactions(id)).toEqual([{ content: "rocket", by: "plankeeper[bot]" }]);
  });

  test("a deleted comment is gone", async () => {
    const { repository, call } = await opened();
    await repository.openIssue({ title: "One", by: "maria" });
    const { id } = await repository.comment({ issue: 1, body: "x", by: "maria" });
    await repository.deleteComment({ id, by: "maria" });

    expect((await call(`PATCH ${repo}/issues/comments/${id}`, { body: { body: "y" } })).status).toBe(404);
  });
});

describe("registering from a manifest", () => {
  test("leads back with a code that gives the app's credentials once", async () => {
    const { call } = await opened();
    const manifest = {
      name: "Plan Keeper",
      url: "https://app.test",
      redirect_url: "https://app.test/setup",
      default_permissions: { issues: "write" },
    };
    const form = String(new URLSearchParams({ manifest: JSON.stringify(manifest) }));
    const headers = { "content-type": "application/x-www-form-urlencoded" };

    const back = await call("POST /settings/apps/new?state=abc", { as: "nobody", body: form, headers });

    const location = new URL(back.headers.get("location") ?? "");
    expect([back.status, location.pathname, location.searchParams.get("state")]).toEqual([302, "/setup", "abc"]);
    const convert = () => call(`POST /app-manifests/${location.searchParams.get("code")}/conversions`, { as: "nobody" });
    const app = await convert();
    expect(app).toMatchObject({ status: 201, body: { slug: "plan-keeper", permissions: { issues: "write" } } });
    expect(field(app.body, "pem")).toContain("PRIVATE KEY");
    expect((await convert()).status).toBe(404);
  });
});
