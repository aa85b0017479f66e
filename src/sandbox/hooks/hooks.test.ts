import { describe, expect, test } from "vitest";
import { field, fields, openSandbox } from "../../../test/sandbox-client.ts";

async function opened(options: Parameters<typeof openSandbox>[0] = {}) {
  const client = await openSandbox(options);
  const repository = client.sandbox.repository({ owner: "octo", name: "plans", people: { maria: "maintain" } });
  await client.sandbox.install([repository]);
  client.takeEvents();
  return { ...client, repository };
}

describe("a delivery", () => {
  test("is signed over its bytes and carries GitHub's headers", async () => {
    const { heard, repository } = await opened();

    await repository.openIssue({ title: "Ünïcode \u{1F600}", by: "maria" });

    const [delivery] = heard;
    expect(delivery?.signed).toBe(true);
    expect(delivery?.headers).toMatchObject({
      "content-type": "application/json",
      "x-github-event": "issues",
      "x-github-hook-installation-target-id": "4711",
      "x-github-hook-installation-target-type": "integration",
    });
    expect(delivery?.headers["user-agent"]).toMatch(/^GitHub-Hookshot\//);
    expect(delivery?.guid).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("is logged with the app's answer, even when the app fails, hangs up or is away", async () => {
    const { sandbox, repository, answerWith } = await opened();
    for (const status of [500, 0, 202]) {
      answerWith(status);
      await repository.openIssue({ title: "One", by: "maria" });
    }

    expect(sandbox.deliveries.slice(-3).map(({ attempts }) => attempts.map(({ status }) => status))).toEqual([[500], [0], [202]]);
  });

  test("is given up when the app does not answer in time", async () => {
    const { sandbox, repository, answerWith } = await opened({ answerWithin: 20 });
    answerWith(-1);

    await repository.openIssue({ title: "One", by: "maria" });

    expect(sandbox.deliveries.at(-1)?.attempts).toMatchObject([{ status: 0, answer: "timed out" }]);
  });

  test("goes where the app is to be found now", async () => {
    const { sandbox, heard, repository } = await opened();
    const elsewhere = await openSandbox();

    sandbox.deliverTo(`${elsewhere.sandbox.url}/hooks`);
    await repository.openIssue({ title: "One", by: "maria" });

    expect(heard).toEqual([]);
    expect(elsewhere.sandbox.exchanges.at(-1)).toMatchObject({ method: "POST", path: "/hooks", requestBody: { action: "opened" } });
  });

  test("can be sent again under the same guid, by hand and by the app", async () => {
    const { sandbox, heard, repository, call, answerWith } = await opened();
    answerWith(503);
    await repository.openIssue({ title: "One", by: "maria" });
    answerWith(202);
    const guid = heard[0]?.guid ?? "";

    expect(await sandbox.redeliver(guid)).toBe(202);
    const failed = await call("GET /app/hook/deliveries?status=failure", { as: "app" });
    expect(fields(failed.body, "guid")).toEqual([guid]);
    expect((await call(`POST /app/hook/deliveries/${field(failed.body, "0.id")}/attempts`, { as: "app" })).status).toBe(202);
    await sandbox.settled();

    expect(heard.map((one) => one.guid)).toEqual([guid, guid, guid]);
    expect(new Set(heard.map(({ body }) => body)).size).toBe(1);
    expect(sandbox.deliveries.at(-1)?.attempts.map(({ redelivery }) => redelivery)).toEqual([false, true, true]);
  });

  test("is found again in the app's log of deliveries, page by page", async () => {
    const { repository, call, heard } = await opened();
    for (const title of ["One", "Two", "Three"]) await repository.openIssue({ title, by: "maria" });

    const first = await call("GET /app/hook/deliveries?per_page=2", { as: "app" });
    const [, next = ""] = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "") ?? [];
    const second = await call(`GET ${next.slice(next.indexOf("/app"))}`, { as: "app" });

    expect(fields(first.body, "guid")).toEqual([heard[2]?.guid, heard[1]?.guid]);
    expect(fields(second.body, "guid").slice(0, 1)).toEqual([heard[0]?.guid]);
    const whole = await call(`GET /app/hook/deliveries/${field(first.body, "0.id")}`, { as: "app" });
    expect(field(whole.body, "request.payload.issue.title")).toBe("Three");
    expect(field(whole.body, "response.payload")).toBe("heard");
  });
});

describe("held deliveries", () => {
  test("wait, and go out in the order in which things happened", async () => {
    const { sandbox, repository, takeEvents, heard } = await opened();
    sandbox.hold();
    await repository.openIssue({ title: "One", by: "maria" });
    await repository.openIssue({ title: "Two", by: "maria" });
    expect(heard).toEqual([]);

    await sandbox.release();

    expect(heard.map(({ payload }) => field(payload, "issue.title"))).toEqual(["One", "Two"]);
    takeEvents();
    await repository.openIssue({ title: "Three", by: "maria" });
    expect(takeEvents()).toEqual(["issues.opened"]);
  });

  test("can be sent in another order, twice, or never", async () => {
    const { sandbox, repository, heard } = await opened();
    sandbox.hold();
    for (const title of ["One", "Two", "Three"]) await repository.openIssue({ title, by: "maria" });

    await sandbox.release(([one, , three]) => [three, one, three].filter((delivery) => delivery !== undefined));

    expect(heard.map(({ payload }) => field(payload, "issue.title"))).toEqual(["Three", "One", "Three"]);
    expect(sandbox.deliveries.slice(-3).map(({ attempts }) => attempts.length)).toEqual([1, 0, 2]);
  });
});

describe("any webhook", () => {
  test("can be sent, also one that is no JSON, byte for byte", async () => {
    const { sandbox, heard } = await opened();

    expect(await sandbox.send("ping", { zen: "Keep it logically awesome.", action: "x" }, { guid: "g-1" })).toBe(202);
    expect(await sandbox.send("push", '{"message":"\\u0000\\ud800"')).toBe(202);

    expect(heard.map(({ event, guid, body, signed }) => [event, signed, body, guid === "g-1"])).toEqual([
      ["ping", true, '{"zen":"Keep it logically awesome.","action":"x"}', true],
      ["push", true, '{"message":"\\u0000\\ud800"', false],
    ]);
  });

  test("a message with NUL and half a surrogate pair is told as JSON writes it", async () => {
    const { heard, repository } = await opened();

    await repository.push({ branch: "main", by: "maria", commits: [{ message: "a\u0000b\ud800c" }] });

    expect(heard[0]?.body).toContain('"message":"a\\u0000b\\ud800c"');
    expect(field(heard[0]?.payload, "head_commit.message")).toBe("a\u0000b\ud800c");
  });
});

describe("who is told", () => {
  test("nobody, where the app is not installed or was taken away", async () => {
    const { sandbox, repository, takeEvents } = await opened();
    const other = sandbox.repository({ owner: "octo", name: "other" });
    await other.openIssue({ title: "Unheard", by: "octo" });
    expect(takeEvents()).toEqual([]);

    await sandbox.install([other]);
    await other.openIssue({ title: "Heard", by: "octo" });
    await sandbox.withdraw([other]);
    await other.openIssue({ title: "Unheard", by: "octo" });
    expect(takeEvents()).toEqual(["installation_repositories.added", "issues.opened", "installation_repositories.removed"]);

    await sandbox.uninstall("octo");
    await repository.openIssue({ title: "Unheard", by: "maria" });
    expect(takeEvents()).toEqual(["installation.deleted"]);
  });

  test("an app that may not write checks hears nothing of them", async () => {
    const { repository, takeEvents } = await opened({ permissions: { contents: "read", metadata: "read" } });

    await repository.push({ branch: "a", by: "maria", commits: [{ message: "a" }] });

    expect(takeEvents()).toEqual(["create", "push"]);
  });

  test("the app itself, of its own writes, as a bot", async () => {
    const { sandbox, repository, call, heard } = await opened();
    const { number } = await repository.openIssue({ title: "One", by: "maria" });

    await call(`POST /repos/octo/plans/issues/${number}/comments`, { body: { body: "Noted." } });
    await sandbox.settled();

    const told = heard.at(-1);
    expect(told?.event).toBe("issue_comment");
    expect(field(told?.payload, "sender.login")).toBe("plankeeper[bot]");
    expect(field(told?.payload, "sender.type")).toBe("Bot");
    expect(field(told?.payload, "comment.performed_via_github_app.id")).toBe("4711");
  });
});
