import { describe, expect, test } from "vitest";
import { type Exchange, operations, validateExchange, validateWebhook } from "./openapi.ts";

const label = {
  id: 1,
  node_id: "n",
  url: "https://api.github.test/labels/bug",
  name: "bug",
  description: null,
  color: "d73a4a",
  default: true,
};
const made: Exchange = {
  method: "POST",
  path: "/repos/octo/plans/labels",
  query: {},
  requestBody: { name: "bug" },
  status: 201,
  responseBody: label,
};
const listed: Exchange = {
  method: "GET",
  path: "/repos/octo/plans/issues",
  query: { state: "open", per_page: "100" },
  requestBody: null,
  status: 200,
  responseBody: [],
};

describe("an exchange", () => {
  test("that is as GitHub describes it draws no complaint", () => {
    expect(validateExchange(made)).toEqual([]);
    expect(validateExchange(listed)).toEqual([]);
  });

  test.each([
    ["an operation that is not in the cut", { ...made, path: "/repos/octo/plans/nothing" }, /is not in the cut/],
    ["another method", { ...made, method: "DELETE" }, /is not in the cut/],
    ["a body without what is required", { ...made, requestBody: {} }, /request must have required property 'name'/],
    ["no body where one is required", { ...made, requestBody: null }, /the request body is missing/],
    ["a field of the wrong type", { ...made, requestBody: { name: 7 } }, /request\/name must be string/],
    ["a field that GitHub does not know", { ...made, requestBody: { name: "bug", colour: "red" } }, /unknown field "colour"/],
    ["a body where none is taken", { ...listed, requestBody: { state: "open" } }, /takes no request body/],
    ["a query parameter that GitHub does not know", { ...listed, query: { sate: "open" } }, /there is no query parameter "sate"/],
    ["a value that a query parameter cannot have", { ...listed, query: { state: "ajar" } }, /query "state" must be equal to one of/],
    ["a word where a query wants a number", { ...listed, query: { per_page: "many" } }, /query "per_page" must be integer/],
    ["an answer without what is required", { ...made, responseBody: { ...label, color: undefined } }, /required property 'color'/],
    ["an answer with null where null is not meant", { ...made, responseBody: { ...label, name: null } }, /answer 201\/name must be string/],
    ["a status that is not described", { ...made, status: 200 }, /status 200 is not described/],
    ["an error without GitHub's form", { ...made, status: 422, responseBody: { errors: [] } }, /required property 'message'/],
  ])("with %s draws one", (_, exchange, complaint) => {
    expect(validateExchange(exchange)).toEqual([expect.stringMatching(complaint)]);
  });

  test("with null where the description allows it draws none", () => {
    expect(validateExchange({ ...made, responseBody: { ...label, description: null } })).toEqual([]);
  });

  test("may fail as every operation can fail", () => {
    for (const status of [401, 403, 404, 429, 500, 502])
      expect(validateExchange({ ...listed, status, responseBody: { message: "No" } })).toEqual([]);
  });

  test("without an answer is judged by its request alone", () => {
    expect(validateExchange({ ...made, status: 0, responseBody: null })).toEqual([]);
    expect(validateExchange({ ...made, status: 0, requestBody: {} })).toHaveLength(1);
  });

  test("finds its operation where paths have slashes inside, or look alike", () => {
    const named = (path: string) => validateExchange({ ...listed, query: { x: "1" }, path }).map((complaint) => complaint.split(":")[0]);

    expect(named("/repos/octo/plans/contents/docs/plan.csv")).toEqual(["GET /repos/{owner}/{repo}/contents/{path}"]);
    expect(named("/repos/octo/plans/commits/feature/one/check-runs")[0]).toBe("GET /repos/{owner}/{repo}/commits/{ref}/check-runs");
    expect(named("/repos/octo/plans/issues/comments/5")[0]).toBe("GET /repos/{owner}/{repo}/issues/comments/{comment_id}");
    expect(named("/repositories/7/issues/5")[0]).toBe("GET /repos/{owner}/{repo}/issues/{issue_number}");
  });

  test("with GraphQL is judged by its envelope", () => {
    const asked = { ...made, path: "/graphql", status: 200, requestBody: { query: "{ x }" } };

    expect(validateExchange({ ...asked, responseBody: { data: {} } })).toEqual([]);
    expect(validateExchange({ ...asked, responseBody: { errors: [{}] } })).toHaveLength(1);
    expect(validateExchange({ ...asked, requestBody: {}, responseBody: {} })).toHaveLength(2);
  });
});

test("a webhook is judged by its event and action", () => {
  expect(validateWebhook("label", "created", { action: "created" })).toEqual([expect.stringContaining("required property 'label'")]);
  expect(validateWebhook("star", "created", {})).toEqual(["star-created is not in the cut"]);
});

test("the cut holds each operation once", () => {
  expect(new Set(operations).size).toBe(operations.length);
  expect(operations).toContain("POST /repos/{owner}/{repo}/check-runs");
});
