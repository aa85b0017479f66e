import { expect, test } from "vitest";
import { familyOf, knownFrom, meaningOf } from "./known.ts";

test("an alias may be a single id or a whole prefix", () => {
  const known = knownFrom({ ids: ["BACK-12", "BACK-222.1", "AUTH-009"], aliases: { task: "back", "SEC-3": "AUTH-009" } });

  expect(Object.fromEntries(known.aliases)).toEqual({ "TASK-12": "BACK-12", "TASK-222.1": "BACK-222.1", "SEC-3": "AUTH-9" });
  expect(meaningOf("TASK-12", known)).toEqual({ kind: "task", token: "BACK-12" });
});

test("an id in force is never read as an alias", () => {
  const known = knownFrom({ ids: ["TASK-1", "BACK-1"], aliases: { TASK: "BACK" } });

  expect(meaningOf("TASK-1", known)).toEqual({ kind: "task", token: "TASK-1" });
});

test("a single alias wins over the prefix it belongs to", () => {
  const known = knownFrom({ ids: ["BACK-1", "BACK-2"], aliases: { "TASK-1": "BACK-2", TASK: "BACK" } });

  expect(known.aliases.get("TASK-1")).toBe("BACK-2");
});

test("a prefix alias does not reach into longer prefixes", () => {
  const known = knownFrom({ ids: ["BACKEND-1"], aliases: { TASK: "BACK" } });

  expect(known.aliases.size).toBe(0);
});

test("an alias of a retired id is retired too", () => {
  const known = knownFrom({ ids: ["A-1"], aliases: { "B-2": "A-2" }, retired: ["A-002"] });

  expect(meaningOf("B-2", known)).toEqual({ kind: "retired" });
});

test("an id that is both in force and retired is in force", () => {
  expect(meaningOf("A-1", knownFrom({ ids: ["A-1"], retired: ["A-1"] }))).toEqual({ kind: "task", token: "A-1" });
});

test("an id stands as the plan first writes it; letter case alone makes no second spelling", () => {
  const known = knownFrom({ ids: ["a-007", "A-007"] });

  expect(known.ids.get("A-7")).toBe("a-007");
  expect(known.ambiguous).toBeUndefined();
});

test("two spellings that differ by zeros are kept apart", () => {
  expect(knownFrom({ ids: ["A-7", "A-007"] }).ambiguous?.get("A-7")).toEqual(["A-7", "A-007"]);
});

test.each([
  ["AUTH-5", "AUTH"],
  ["AUTH-5.1", "AUTH"],
  ["WO-NAV-FIX-1", "WO-NAV-FIX"],
  ["W1-5", "W1"],
  ["T25", "T#"],
  ["T25.1", "T#"],
  ["LI-W1-MON", null],
  ["1.2", null],
  ["12.1-1", null],
  ["PLAN", null],
])("%s belongs to the family %s", (token, family) => {
  expect(familyOf(token)).toBe(family);
});
