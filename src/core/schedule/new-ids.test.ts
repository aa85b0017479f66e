import { expect, test } from "vitest";
import { task } from "../../../test/board.ts";
import { type PlanAtHead, sharedBy, takenTwice } from "./new-ids.ts";

type Row = readonly [id: string, title: string];

const head = (pull: number, rows: readonly Row[], change: Partial<PlanAtHead> = {}): PlanAtHead => ({
  pull,
  headSha: `head ${pull}`,
  path: "docs/plan.csv",
  tasks: rows.map(([id, title]) => ({ scope: "docs/plan.csv", token: id.toUpperCase().replace(/-0+/, "-"), id, title })),
  ...change,
});
const told = (...heads: readonly PlanAtHead[]) =>
  takenTwice(heads, [task("AUTH-005")]).map(({ finding }) => `${finding.id}: ${finding.message}`);

test("one new id for two tasks of two open pull requests is told, however it is padded", () => {
  expect(told(head(8, [["auth-14", "Sign on"]]), head(7, [["AUTH-014", "Refresh"]]))).toEqual([
    "AUTH-014: #7 and #8 each add a task with this id",
  ]);
});

test("three pull requests are told at once", () => {
  expect(told(head(7, [["A-1", "x"]]), head(8, [["A-1", "y"]]), head(9, [["A-1", "x"]]))).toEqual([
    "A-1: #7, #8 and #9 each add a task with this id",
  ]);
});

test("an id of the base is not new, whatever becomes of its title", () => {
  expect(told(head(7, [["AUTH-005", "x"]]), head(8, [["AUTH-005", "y"]]))).toEqual([]);
});

test("the same task in two pull requests, as where one builds on the other, is one task", () => {
  expect(told(head(7, [["A-1", "Sign on"]]), head(8, [["A-1", "sign-on!"]]))).toEqual([]);
});

test("one pull request that has an id in two plans, or twice, shares it with nobody", () => {
  const other = { path: "b.csv", tasks: [{ scope: "b.csv", token: "A-1", id: "A-1", title: "y" }] };
  expect(told(head(7, [["A-1", "x"]]), head(7, [], other), head(8, [["A-2", "y"]]))).toEqual([]);
  expect(
    told(
      head(7, [
        ["A-1", "x"],
        ["A-1", "y"],
      ]),
    ),
  ).toEqual([]);
});

test("each of the two is pointed to the other, and a third to nobody", () => {
  const taken = takenTwice([head(7, [["A-1", "x"]]), head(8, [["A-1", "y"]]), head(9, [["A-2", "z"]])], []);
  expect(sharedBy(7, taken).map(({ link }) => link)).toEqual(["pull/8"]);
  expect(sharedBy(8, taken).map(({ link }) => link)).toEqual(["pull/7"]);
  expect(sharedBy(9, taken)).toEqual([]);
});
