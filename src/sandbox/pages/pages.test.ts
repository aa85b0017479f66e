import { expect, test } from "vitest";
import { field, openSandbox } from "../../../test/sandbox-client.ts";

test("a person sees in the browser what was written, and nothing of it runs", async () => {
  const { sandbox, call } = await openSandbox();
  const repository = sandbox.repository({ owner: "octo", name: "plans", people: { maria: "maintain" } });
  await sandbox.install([repository]);
  const { number, headSha } = await repository.openPull({ title: "A-1 <b>", head: "a", by: "maria", files: { "a.md": "a" } });
  const { id } = await repository.comment({ issue: number, body: `<script>alert("x")</script>`, by: "stranger" });
  await call(`POST /repos/octo/plans/issues/comments/${id}/reactions`, { body: { content: "rocket" } });
  await call("POST /repos/octo/plans/check-runs", {
    body: { name: "Plan impact", head_sha: headSha, conclusion: "success", output: { title: "Completes 1", summary: "| A-1 |" } },
  });
  const exchanges = sandbox.exchanges.length;

  const page = await call(`GET /octo/plans/pull/${number}`, { as: "nobody" });

  expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  for (const text of ["#1 A-1 &lt;b&gt;", "&lt;script&gt;alert(&quot;x&quot;)", "🚀", "Plan impact: success. Completes 1", "| A-1 |"])
    expect(page.body).toContain(text);
  expect(page.body).not.toContain("<script>");
  expect((await call("GET /octo/plans", { as: "nobody" })).body).toContain(`<a href="/octo/plans/pull/1">`);
  expect(sandbox.exchanges.length).toBe(exchanges);
  expect((await call("GET /octo/plan", { as: "nobody" })).status).toBe(404);
  expect(sandbox.exchanges.at(-1)).toMatchObject({ path: "/octo/plan", status: 404, route: null });
  const told = sandbox.deliveries.find(({ event, action }) => event === "pull_request" && action === "opened");
  expect(field(told?.payload, "pull_request.html_url")).toBe(`${sandbox.url}/octo/plans/pull/1`);
});
