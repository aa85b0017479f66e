import { expect, test } from "vitest";
import { fileUrl, lineUrl, sourceLink } from "./addresses.ts";

const web = "https://github.com/o/r";

test("a line of a plan is linked on its branch, and lines of Markdown files in their source view", () => {
  expect(lineUrl({ web, at: "main" }, "docs/plan.csv", 12)).toBe(`${web}/blob/main/docs/plan.csv#L12`);
  expect(lineUrl({ web, at: "release/1.0" }, "docs/PLAN.md", 3)).toBe(`${web}/blob/release/1.0/docs/PLAN.md?plain=1#L3`);
});

test("odd characters in paths and branches stay parts of the name", () => {
  expect(fileUrl({ web, at: "a#b" }, "docs/50% (new)?.csv")).toBe(`${web}/blob/a%23b/docs/50%25%20(new)%3F.csv`);
  expect(fileUrl({ web, at: "main" }, "docs/backlog/")).toBe(`${web}/tree/main/docs/backlog`);
});

test.each([
  ["pull/7", `[#7](${web}/pull/7)`],
  ["issues/3", `[#3](${web}/issues/3)`],
  ["issues/3#issuecomment-9", `[comment in #3](${web}/issues/3#issuecomment-9)`],
  ["commit/4f9d3a2b71c05e88", `[\`4f9d3a2\`](${web}/commit/4f9d3a2b71c05e88)`],
  ["tree/feat/auth-005 (x)#1", `[\`feat/auth-005 (x)#1\`](${web}/tree/feat/auth-005%20%28x%29%231)`],
  ["actions/runs/99", `[workflow run](${web}/actions/runs/99)`],
  ["somewhere/else", `[source](${web}/somewhere/else)`],
])("the source %s is linked in words that tell its kind", (source, expected) => {
  expect(sourceLink(web, source)).toBe(expected);
});
