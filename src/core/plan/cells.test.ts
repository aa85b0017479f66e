import { expect, test } from "vitest";
import { readHours } from "./estimate.ts";
import { readDate } from "./iso-date.ts";
import { readPriority } from "./priority.ts";

test.each([
  ["P0", 0],
  ["p4", 4],
  ["P7", 4],
  ["critical", 0],
  ["High", 1],
  ["medium", 2],
  ["LOW", 3],
  ["🔴 P0", 0],
  ["🟠 High", 1],
  ["🟡", 2],
  ["🟢", 3],
  ["3", 3],
  ["12", 4],
  ["P1 (high)", 1],
  ["", null],
  ["—", null],
  ["frontend", undefined],
  ["-1", undefined],
])("priority %j is rank %s", (written, rank) => {
  expect(readPriority(written)).toBe(rank);
});

test.each([
  ["4h", 4],
  ["6", 6],
  ["1.5 d", 12],
  ["1,5d", 12],
  ["2 days", 16],
  ["90 min", 1.5],
  ["1w", 40],
  ["~3h", 3],
  ["", null],
  ["TBD", null],
  ["4-6h", undefined],
  ["3 points", undefined],
  ["-2", undefined],
  ["1e9", undefined],
])("estimate %j is %s hours", (written, expected) => {
  expect(readHours(written, "hours")).toBe(expected);
});

test("an estimate in a column of days counts eight hours a day", () => {
  expect([readHours("2", "days"), readHours("2h", "days")]).toEqual([16, 2]);
});

test.each([
  ["2025-10-16", "2025-10-16"],
  ["2024-02-29", "2024-02-29"],
  ["2025-10-16T10:00:00Z", "2025-10-16"],
  ["", null],
  ["—", null],
  ["2025-02-29", { wrong: true, suggestion: null }],
  ["CHAT-001", { wrong: true, suggestion: null }],
  ["2025/11/7", { wrong: true, suggestion: "2025-11-07" }],
  ["07.11.2025", { wrong: true, suggestion: null }],
])("date %j is read as %j", (written, expected) => {
  expect(readDate(written)).toEqual(expected);
});
