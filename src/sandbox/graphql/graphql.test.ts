import { describe, expect, test } from "vitest";
import { field, openSandbox } from "../../../test/sandbox-client.ts";

async function opened() {
  const client = await openSandbox();
  const files = { "plan.csv": "id\nA-1\n", "docs/a.md": "a\n", "logo.png": Buffer.from([137, 80, 0, 1]) };
  const repository = client.sandbox.repository({ owner: "octo", name: "plans", files, people: { maria: "maintain" } });
  await client.sandbox.install([repository]);
  client.takeEvents();
  const ask = async (query: string, variables: object = {}, as?: string) =>
    (await client.call("POST /graphql", { body: { query, variables }, ...(as === undefined ? {} : { as }) })).body;
  return { ...client, repository, ask };
}

describe("reading", () => {
  test("many files come with one query", async () => {
    const { ask } = await opened();
    const query = `query ($owner: String!, $name: String = "x", $first: String!) {
      repository(owner: $owner, name: $name) {
        # the plan
        f0: object(expression: $first) { ... on Blob { oid text byteSize isTruncated isBinary } }
        f1: object(expression: "HEAD:docs/a.md") { __typename ... on Blob { text } ... on Commit { message } }
        f2: object(expression: "main:none.md") { ... on Blob { text } }
        f3: object(expression: "main:logo.png") { ... on Blob { text isBinary byteSize } }
        defaultBranchRef { name target { messageHeadline } }
      }
    }`;

    expect(await ask(query, { owner: "octo", name: "plans", first: "main:plan.csv" })).toEqual({
      data: {
        repository: {
          f0: { oid: "c693da5612b7f2a463d9573f0b15f8ddd9a9019c", text: "id\nA-1\n", byteSize: 7, isTruncated: false, isBinary: false },
          f1: { __typename: "Blob", text: "a\n" },
          f2: null,
          f3: { text: null, isBinary: true, byteSize: 4 },
          defaultBranchRef: { name: "main", target: { messageHeadline: "Initial commit" } },
        },
      },
    });
  });

  test("what is not there or not understood is said with status 200", async () => {
    const { ask, sandbox } = await opened();
    sandbox.repository({ owner: "octo", name: "secret", private: true });
    const missing = { type: "NOT_FOUND", path: ["repository"], message: "Could not resolve to a Repository with the name 'octo/secret'." };

    expect(await ask('{ repository(owner: "octo", name: "secret") { id } }')).toEqual({ data: { repository: null }, errors: [missing] });
    expect(field(await ask("{ viewer { shoeSize } }"), "errors.0.message")).toBe("Field 'shoeSize' doesn't exist on type 'Bot'");
    expect(field(await ask("{ viewer { login }"), "errors.0.message")).toBe("Unexpected end of document");
    expect(field(await ask('{ repository(owner: "a\\q") { id } }'), "errors.0.message")).toContain("Parse error");
    expect(field(await ask("subscription { x }"), "errors.0.message")).toContain("Parse error");
  });
});

describe("committing", () => {
  const mutation = `mutation ($input: CreateCommitOnBranchInput!) {
    createCommitOnBranch(input: $input) { commit { oid messageHeadline } ref { name } }
  }`;
  const input = (expectedHeadOid: string) => ({
    branch: { repositoryNameWithOwner: "octo/plans", branchName: "main" },
    message: { headline: "Plan: A-1 done", body: "Because." },
    expectedHeadOid,
    fileChanges: {
      additions: [{ path: "plan.csv", contents: Buffer.from("id\nA-1 ✓\n").toString("base64") }],
      deletions: [{ path: "docs/a.md" }],
    },
  });

  test("on the head that was expected is pushed by the app", async () => {
    const { ask, call, repository, takeEvents, sandbox, heard } = await opened();
    const head = field((await call("GET /repos/octo/plans/commits/main")).body, "sha");

    const answer = await ask(mutation, { input: input(head) });
    await sandbox.settled();

    const after = field((await call("GET /repos/octo/plans/commits/main")).body, "sha");
    expect(field(answer, "data.createCommitOnBranch.commit.oid")).toBe(after);
    expect([repository.file("main", "plan.csv"), repository.file("main", "docs/a.md")]).toEqual(["id\nA-1 ✓\n", null]);
    expect(field(heard[0]?.payload, "head_commit.message")).toBe("Plan: A-1 done\n\nBecause.");
    expect(field(heard[0]?.payload, "sender.login")).toBe("plankeeper[bot]");
    expect(takeEvents()).toEqual(["push", "check_suite.requested"]);
  });

  test("on another head is refused as stale, and nothing changes", async () => {
    const { ask, repository } = await opened();

    const answer = await ask(mutation, { input: input("f".repeat(40)) });

    expect(field(answer, "errors.0.type")).toBe("STALE_DATA");
    expect(repository.file("main", "plan.csv")).toBe("id\nA-1\n");
  });

  test("needs the right to write", async () => {
    const { ask, call, token, repository } = await opened();
    const head = field((await call("GET /repos/octo/plans/commits/main")).body, "sha");

    const answer = await ask(mutation, { input: input(head) }, await token({ permissions: { contents: "read" } }));

    expect(field(answer, "errors.0.type")).toBe("FORBIDDEN");
    expect(repository.file("main", "plan.csv")).toBe("id\nA-1\n");
  });
});
