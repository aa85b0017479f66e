import { expect, test } from "vitest";
import type { Exchange } from "../words.ts";
import { received } from "./received.ts";

function exchange(route: string, asked: unknown, made: unknown, rest: Partial<Exchange> = {}): Exchange {
  const [method = "", path = ""] = route.split(" ");
  const full = { at: 0, query: {}, requestHeaders: {}, responseHeaders: {}, installation: 1, fault: null };
  return {
    ...full,
    method,
    path,
    status: 201,
    route: route.replace(" ", " /repos/{owner}/{repo}"),
    requestBody: asked,
    responseBody: made,
    ...rest,
  };
}

const posted = (body: string, rest?: Partial<Exchange>) =>
  exchange("POST /issues/{issue_number}/comments", { body }, { id: 7, issue_url: "http://github.test/repos/a/b/issues/3" }, rest);
const patched = (body: string) =>
  exchange("PATCH /issues/comments/{comment_id}", { body }, { id: 7, issue_url: "http://github.test/repos/a/b/issues/3" }, { status: 200 });

test("a comment that was rewritten counts once, with its newest text", () => {
  expect(received([posted("old"), patched("new")]).comments).toEqual([{ kind: "comment", id: 7, issue: 3, fresh: false, body: "new" }]);
});

test("two comments with the same text are two", () => {
  const other = exchange(
    "POST /issues/{issue_number}/comments",
    { body: "same" },
    { id: 8, issue_url: "http://github.test/repos/a/b/issues/3" },
  );

  expect(received([posted("same"), other]).comments).toHaveLength(2);
});

test("what GitHub declined or never answered does not count", () => {
  expect(received([posted("no", { status: 403 }), posted("lost", { status: 0 })]).comments).toEqual([]);
});

test("reading writes nothing", () => {
  expect(received([exchange("GET /issues", null, [], { status: 200 })])).toEqual({ issues: [], comments: [], checks: [], reactions: [] });
});
