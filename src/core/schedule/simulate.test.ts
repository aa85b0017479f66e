import fc from "fast-check";
import { expect, test } from "vitest";
import { board } from "../../../test/board.ts";
import { anyRows, network, tasksOf, timetable } from "../../../test/timetables.ts";
import { leastLeft } from "./activity.ts";
import { quantile, simulate } from "./simulate.ts";
import { finishOf, type Timetable } from "./timetable.ts";

const all = ({ network: { activities } }: Timetable): readonly number[] => [...activities.keys()];
const played = (one: Timetable, ratios: readonly number[], seed = "r1", runs = 1000): Float64Array =>
  simulate({ ...one, spread: { ratios }, seed, runs }, [all(one)])[0] ?? new Float64Array();

test("if every task takes its estimate, every run is the levelled schedule", () => {
  fc.assert(
    fc.property(anyRows(14), (rows) => {
      const one = timetable([board(tasksOf(rows))], { capacity: { hoursPerDay: 6, owners: { backend: 2, frontend: 0.75 }, holidays: [] } });
      // A run keeps fractions of a minute that the network has rounded.
      for (const finish of played(one, [1], "any", 3)) expect(Math.abs(finish - finishOf(all(one), one.levelled.finish))).toBeLessThan(10);
    }),
  );
});

test("the same seed has the same luck, another one has another, and whatever else stands in the plan changes none of it", () => {
  const one = timetable([network(["A", 5], ["B", 7, "A"], ["C", 3])]);
  const more = timetable([network(["X", 1], ["A", 5], ["C", 3], ["B", 7, "A"])]);
  const ratios = [0.5, 1, 1.5, 4];
  const ofB = (some: Timetable, seed: string) => {
    const place = some.network.activities.findIndex(({ task }) => task.id === "B");
    const free = { ...some, levelled: { ...some.levelled, after: some.levelled.after.map(() => -1) } };
    return [...(simulate({ ...free, spread: { ratios }, seed }, [[place]])[0] ?? [])];
  };

  expect(ofB(one, "r1")).toEqual(ofB(one, "r1"));
  expect(ofB(one, "r1")).toEqual(ofB(more, "r1"));
  expect(ofB(one, "r1")).not.toEqual(ofB(one, "r2"));
});

/** Every way in which luck can fall, each as likely as the others: when the last task is finished. */
function everyWay({ network: net, levelled }: Timetable, ratios: readonly number[]): readonly number[] {
  const draws = net.activities.reduce<readonly (readonly number[])[]>(
    (some) => some.flatMap((row) => ratios.map((ratio) => [...row, ratio])),
    [[]],
  );
  return draws.map((row) => {
    const ends = new Map<number, number>();
    const endOf = (at: number): number => {
      const known = ends.get(at);
      if (known !== undefined) return known;
      const { release = 0, whole = 0, worked = 0 } = net.activities[at] ?? {};
      const before = [...(net.predecessors[at] ?? []), ...(levelled.after[at] === -1 ? [] : [levelled.after[at] ?? 0])];
      const takes = whole * (row[at] ?? 1);
      const end = Math.max(release, ...before.map(endOf)) + Math.max(takes - worked, takes * leastLeft) / (levelled.rate[at] ?? 1);
      ends.set(at, end);
      return end;
    };
    return Math.max(0, ...[...net.activities.keys()].map(endOf));
  });
}

test("P50 and P80 lie where every possible outcome, counted out, says that they lie", () => {
  const seeds = fc.string({ minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(anyRows(5), seeds, (rows, seed) => {
      const ratios = [0.5, 0.9, 1.2, 3];
      const one = timetable([board(tasksOf(rows))]);
      const outcomes = everyWay(one, ratios);
      const runs = played(one, ratios, seed);
      for (const share of [0.5, 0.8]) {
        const found = quantile(runs, share);
        const below = outcomes.filter((end) => end < found - 1e-6).length / outcomes.length;
        const until = outcomes.filter((end) => end <= found + 1e-6).length / outcomes.length;
        // Five deviations of the share of 1000 runs: the law fails by chance once in millions.
        const error = 5 * Math.sqrt((share * (1 - share)) / 1000);
        expect(below).toBeLessThan(share + error);
        expect(until).toBeGreaterThan(share - error);
      }
    }),
  );
});

test("a team that is never slower is never later", () => {
  fc.assert(
    fc.property(anyRows(10), (rows) => {
      const one = timetable([board(tasksOf(rows))]);
      const [fast, slow] = [played(one, [0.5, 1, 2], "r", 50), played(one, [0.6, 1, 5], "r", 50)];
      expect(fast.every((finish, run) => finish <= (slow[run] ?? 0))).toBe(true);
    }),
  );
});

test("the 80th percentile of a hundred numbers is the eightieth", () => {
  const numbers = Float64Array.from({ length: 100 }, (_, i) => i + 1);

  expect([0.5, 0.8, 1, 0.001].map((share) => quantile(numbers, share))).toEqual([50, 80, 100, 1]);
});
