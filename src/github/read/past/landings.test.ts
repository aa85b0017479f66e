import fc from "fast-check";
import { expect, test } from "vitest";
import { type Landings, type Listed, landed, landingsFrom } from "./landings.ts";

const commit = (sha: string, ...parents: readonly string[]): Listed => ({ sha, parents });

/** Newest first: two merges, the older one (m1) of a branch that the newer one's branch had merged too, and a line of plain commits. */
const list = [
  commit("m2", "c3", "b2"),
  commit("c3", "m1"),
  commit("b2", "b1", "a2"),
  commit("m1", "c2", "a2"),
  commit("b1", "c2"),
  commit("a2", "a1"),
  commit("a1", "c1"),
  commit("c2", "c1"),
  commit("c1"),
];
const heads = { m2: "m2", c3: "c3", b2: "m2", m1: "m1", b1: "m2", a2: "m1", a1: "m1", c2: "c2", c1: "c1" };

test("a commit came with itself, or with the oldest merge that has it", () => {
  expect(Object.fromEntries(landed(list, landingsFrom("m2")).heads)).toEqual(heads);
});

test("it makes no difference where a page ends", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: list.length })), (ends) => {
      const cuts = [0, ...ends.toSorted((a, b) => a - b), list.length];
      let onward: Landings = landingsFrom("m2");
      const found = new Map<string, string>();
      for (const [index, start] of cuts.slice(0, -1).entries()) {
        const page = landed(list.slice(start, cuts[index + 1]), onward);
        for (const [sha, head] of page.heads) found.set(sha, head);
        onward = JSON.parse(JSON.stringify(page.onward));
      }
      expect(Object.fromEntries(found)).toEqual(heads);
    }),
  );
});

test("one whose child was not listed stands for itself", () => {
  expect(Object.fromEntries(landed([commit("x", "y"), commit("y")], landingsFrom("m")).heads)).toEqual({ x: "x", y: "y" });
});
