import { describe, expect, test } from "vitest";
import { field, fields, listIn, openSandbox } from "../../../test/sandbox-client.ts";

const repo = "/repos/octo/plans";

async function opened() {
  const client = await openSandbox();
  const repository = client.sandbox.repository({ owner: "octo", name: "plans", people: { maria: "maintain" } });
  await client.sandbox.install([repository]);
  client.takeEvents();
  const get = async (rest: string) => (await client.call(`GET ${repo}${rest}`)).body;
  const said = async (request: string, body: unknown) => {
    const answer = await client.call(request, { body });
    return `${answer.status} ${field(answer.body, "message").replace("Invalid request.\n\n", "")}`;
  };
  return { ...client, repository, get, said };
}

describe("check runs", () => {
  const annotation = { path: "plan.csv", start_line: 1, end_line: 1, annotation_level: "warning", message: "m" };
  const output = (more: object = {}) => ({ title: "t", summary: "s", ...more });

  test("are within GitHub's limits", async () => {
    const { repository, said, get } = await opened();
    const sha = field(await get("/commits/main"), "sha");
    const create = (more: object) => said(`POST ${repo}/check-runs`, { name: "Plan", head_sha: sha, ...more });

    expect(await create({ head_sha: "f".repeat(40) })).toBe(`422 No commit found for SHA: ${"f".repeat(40)}`);
    expect(await create({ output: output({ summary: "x".repeat(65_536) }) })).toBe(
      "422 Only 65535 characters are allowed; 65536 were supplied.",
    );
    expect(await create({ output: output({ annotations: Array(51).fill(annotation) }) })).toBe(
      "422 No more than 50 items are allowed; 51 were supplied.",
    );
    expect(await create({ output: { title: "t" } })).toBe('422 "summary" wasn\'t supplied.');
    expect(await create({ output: output({ annotations: [{ ...annotation, end_line: 2, start_column: 1 }] }) })).toBe(
      "422 Columns are allowed only on one line.",
    );
    expect(await create({ conclusion: "great" })).toContain("422 For 'properties/conclusion'");
    expect(await create({ status: "completed" })).toBe('422 "conclusion" wasn\'t supplied.');
    expect(await create({ actions: [{ label: "x".repeat(21), description: "d", identifier: "i" }] })).toContain("422 Only 20 characters");
    expect(repository.checks()).toEqual([]);
  });

  test("gather annotations, and are told when they begin and when they end", async () => {
    const { repository, call, get, takeEvents, sandbox } = await opened();
    const sha = field(await get("/commits/main"), "sha");
    const made = await call(`POST ${repo}/check-runs`, {
      body: { name: "Plan", head_sha: sha, external_id: "e", output: output({ annotations: [annotation] }) },
    });
    const id = field(made.body, "id");
    await sandbox.settled();
    expect(takeEvents()).toEqual(["check_run.created"]);

    await call(`PATCH ${repo}/check-runs/${id}`, { body: { conclusion: "neutral", output: output({ annotations: [annotation] }) } });
    await sandbox.settled();

    expect(takeEvents()).toEqual(["check_run.completed", "check_suite.completed"]);
    expect(repository.checks(sha)).toMatchObject([
      { externalId: "e", status: "completed", conclusion: "neutral", annotations: [{ line: 1 }, { line: 1 }] },
    ]);
    expect(fields(await get(`/check-runs/${id}/annotations`), "message")).toEqual(["m", "m"]);
  });

  test("of one name are told by the newest, or all", async () => {
    const { call, get } = await opened();
    const sha = field(await get("/commits/main"), "sha");
    const ids: string[] = [];
    for (const name of ["Plan", "Plan", "Other"])
      ids.push(field((await call(`POST ${repo}/check-runs`, { body: { name, head_sha: sha, conclusion: "success" } })).body, "id"));
    const listed = async (rest: string) => fields(listIn(await get(`/commits/main/check-runs${rest}`), "check_runs"), "id");

    expect(await listed("")).toEqual([ids[2], ids[1]]);
    expect(await listed("?filter=all&check_name=Plan")).toEqual([ids[1], ids[0]]);
    expect(await listed("?app_id=1")).toEqual([]);
  });

  test("asked for again reset their suite, and stay as they are until the app acts", async () => {
    const { repository, call, get, takeEvents, sandbox, heard } = await opened();
    const sha = field(await get("/commits/main"), "sha");
    const id = Number(
      field((await call(`POST ${repo}/check-runs`, { body: { name: "Plan", head_sha: sha, conclusion: "success" } })).body, "id"),
    );
    await sandbox.settled();
    takeEvents();

    await repository.rerequestCheck({ id, by: "maria" });

    expect(heard[0]?.payload).toMatchObject({
      action: "rerequested",
      check_run: { conclusion: "success", check_suite: { status: "queued" } },
    });
    await call(`PATCH ${repo}/check-runs/${id}`, { body: { conclusion: "failure" } });
    await sandbox.settled();
    expect(takeEvents()).toEqual(["check_run.rerequested", "check_run.completed", "check_suite.completed"]);
    expect(heard).toEqual([]);
  });
});
