import fc from "fast-check";
import { expect, test } from "vitest";
import { waiting } from "../../../test/diagrams.ts";
import { type Arrow, arrowsAmong } from "./graph-arrows.ts";

test("an arrow that a longer way says as well is not drawn", () => {
  const { arrows } = arrowsAmong([waiting("A"), waiting("B", ["A"]), waiting("C", ["A", "B", "B", "X", "C"])]);

  expect(arrows).toEqual([
    { from: 0, to: 1, thick: false },
    { from: 1, to: 2, thick: false },
  ]);
});

test("an arrow between two critical tasks is thick", () => {
  const [a, b, c] = [waiting("A", [], { critical: true }), waiting("B", ["A"], { critical: true }), waiting("C", ["B"])];

  expect(arrowsAmong([a, b, c]).arrows.map(({ thick }) => thick)).toEqual([true, false]);
});

test("what is left says the same: who waits for whom, near or far, also in circles", () => {
  const anyTasks = fc.array(fc.array(fc.nat(9), { maxLength: 5 }), { maxLength: 10 });
  fc.assert(
    fc.property(anyTasks, (rows) => {
      const tasks = rows.map((waits, at) => waiting(`${at}`, waits.map(String)));
      const all = rows.flatMap((waits, to) => waits.filter((from) => from < rows.length).map((from) => ({ from, to, thick: false })));
      const { arrows, dropped } = arrowsAmong(tasks);

      expect(dropped).toBe(0);
      expect(reached(rows.length, arrows)).toEqual(
        reached(
          rows.length,
          all.filter(({ from, to }) => from !== to),
        ),
      );
      const acyclic = rows.every((waits, to) => waits.every((from) => from < to));
      for (const arrow of acyclic ? arrows : []) {
        expect(
          reached(
            rows.length,
            arrows.filter((other) => other !== arrow),
          ),
        ).not.toEqual(reached(rows.length, arrows));
      }
    }),
  );
});

/** Every pair of tasks with a way from one to the other, by Warshall's algorithm. */
function reached(size: number, arrows: readonly Arrow[]): readonly (readonly boolean[])[] {
  const all = Array.from({ length: size }, (_, from) =>
    Array.from({ length: size }, (__, to) => arrows.some((one) => one.from === from && one.to === to)),
  );
  for (const over of all.keys()) {
    for (const row of all) if (row[over]) for (const [to, leads] of (all[over] ?? []).entries()) if (leads) row[to] = true;
  }
  return all;
}
