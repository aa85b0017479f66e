import fc from "fast-check";
import { expect, test } from "vitest";
import { isSyncBranch, revisionIn, syncBranchOf, syncTrailer } from "./own-work.ts";

test.each([
  ["docs/project-plan.csv", "plankeeper/sync/docs--project-plan.csv"],
  ["PLAN.md", "plankeeper/sync/PLAN.md"],
])("the branch for %s is %s", (path, branch) => {
  expect(syncBranchOf(path)).toBe(branch);
});

test.each([
  "a--b.csv",
  "a/b.csv",
  "plan v2.csv",
  "plan-v2.csv",
  "backlog/",
  "backlog",
  "a..b.md",
  ".plan",
  "plan.lock",
  "plän.md",
  "@{x}",
  "~^:?*[\\",
])("no other path than %s has its branch, and git takes the name", (path) => {
  const others = ["a--b.csv", "a/b.csv", "plan v2.csv", "plan-v2.csv", "backlog/", "backlog"].filter((other) => other !== path);
  expect(others.map(syncBranchOf)).not.toContain(syncBranchOf(path));
  expect(isName(syncBranchOf(path))).toBe(true);
});

test("whatever the path, the branch is ours and its name one that git takes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (path) => {
      expect(isSyncBranch(syncBranchOf(path))).toBe(true);
      expect(isName(syncBranchOf(path))).toBe(true);
      expect(isName(`${syncBranchOf(path)}.next`)).toBe(true);
    }),
  );
});

test("the trailer tells its revision", () => {
  expect(revisionIn(`docs(plan): mark A-1 done\n\n${syncTrailer("0123456789ab")}`)).toBe("0123456789ab");
  expect(revisionIn("Plankeeper-Sync: what is that?")).toBeNull();
});

/** `git check-ref-format`. */
const isName = (name: string): boolean =>
  name.split("/").every((part) => part !== "" && !part.startsWith(".") && !part.endsWith(".lock") && !part.endsWith(".")) &&
  /^[A-Za-z0-9._/-]+$/.test(name) &&
  !name.includes("..");
