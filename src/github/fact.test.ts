import { expect, test } from "vitest";
import { type Draft, makeFact } from "./fact.ts";

const commit = {
  kind: "commit",
  thing: "commit:abc",
  at: 1000,
  sha: "abc",
  branch: "main",
  pushHead: "abc",
  message: "AUTH-005: done",
  author: "octocat",
  files: ["a", "b"],
} satisfies Draft;
const branch = { kind: "branch", thing: "branch:main", at: 1000, name: "main", head: "abc", actor: "octocat" } satisfies Draft;
const plan = { kind: "plan", thing: "plan:p.csv", at: 1000, path: "p.csv", commit: "abc", blob: "def", readAt: 5000 } satisfies Draft;

test("an id names the thing and hides the rest in a short hash", () => {
  expect(makeFact(commit).id).toMatch(/^commit:abc#[0-9a-f]{24}$/);
});

test("the same content has the same id, in whatever order it was written down", () => {
  const { kind, thing, ...rest } = commit;

  expect(makeFact({ ...rest, thing, kind }).id).toBe(makeFact(commit).id);
});

test("a commit that two routes date differently is one fact", () => {
  expect(makeFact({ ...commit, at: 2000 }).id).toBe(makeFact(commit).id);
});

test("a plan version that is read twice is one fact", () => {
  expect(makeFact({ ...plan, at: 2000, readAt: 6000 }).id).toBe(makeFact(plan).id);
  expect(makeFact({ ...plan, blob: "other" }).id).not.toBe(makeFact(plan).id);
});

test("a branch that comes back to where it was is another happening", () => {
  expect(makeFact({ ...branch, at: 2000 }).id).not.toBe(makeFact(branch).id);
});

test("a branch told with and without where it points is one fact; that it is gone is another", () => {
  expect(makeFact({ ...branch, head: "0".repeat(40), actor: null }).id).toBe(makeFact(branch).id);
  expect(makeFact({ ...branch, head: null }).id).not.toBe(makeFact(branch).id);
});

test("any difference in content is another fact", () => {
  expect(makeFact({ ...commit, message: "AUTH-005: Done" }).id).not.toBe(makeFact(commit).id);
  expect(makeFact({ ...commit, branch: "other" }).id).not.toBe(makeFact(commit).id);
});

test("happenings that look alike are told apart by their occasion", () => {
  expect(makeFact(branch, "delivery-1").id).toBe(makeFact(branch, "delivery-1").id);
  expect(makeFact(branch, "delivery-1").id).not.toBe(makeFact(branch, "delivery-2").id);
});
