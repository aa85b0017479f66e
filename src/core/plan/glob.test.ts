import { expect, test } from "vitest";
import { matchesGlob } from "./glob.ts";

test.each([
  ["main", "main", true],
  ["main", "maintenance", false],
  ["release/*", "release/1.2", true],
  ["release/*", "release/1/2", false],
  ["specs/*/tasks.md", "specs/014-roadmap/tasks.md", true],
  ["specs/*/tasks.md", "specs/a/b/tasks.md", false],
  ["docs/**", "docs/a/b.csv", true],
  ["**/plan.csv", "plan.csv", true],
  ["**/plan.csv", "a/b/plan.csv", true],
  ["**/plan.csv", "a/myplan.csv", false],
  ["AUTH-*", "AUTH-005", true],
  ["AUTH-*", "OAUTH-005", false],
  ["v?", "v1", true],
  ["v?", "v12", false],
  ["*", "", true],
])("%s against %s is %s", (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected);
});

test("a pattern of many stars ends at once", () => {
  expect(matchesGlob(`${"*a".repeat(200)}b`, "a".repeat(2000))).toBe(false);
});
