import { expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import { latch } from "../../test/latch.ts";
import { startDrainLoop } from "./drain-loop.ts";
import type { Drained, Lanes } from "./lanes.ts";

/** Runs the loop on lanes of the test's own until the test ends. */
async function looping(lanes: Lanes, onError: (error: unknown) => void = () => undefined) {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const loop = startDrainLoop({ lanes, url: database.url, atOnce: 2, onDrained: () => undefined, onError, elapsed: () => 0 });
  onTestFinished(() => loop.close());
  return loop;
}

const emptied = (lane: string): Drained => ({ lane, rows: 1, parked: 0, retried: 0 });

test.each([
  ["another process drains", async () => null],
  ["fails", () => Promise.reject(new Error("no database"))],
])("a lane that %s is left alone while others are drained one after the other", async (_, answer: () => Promise<null>) => {
  const drains = { theirs: 0, ours: 0 };
  await new Promise<void>((resolve, reject) => {
    const lanes: Lanes = {
      candidates: async (most, except) => ["theirs", "ours"].filter((lane) => !except.includes(lane)).slice(0, most),
      drain: async (lane) => {
        if (lane === "theirs") {
          drains.theirs += 1;
          return answer();
        }
        drains.ours += 1;
        if (drains.ours === 100) resolve();
        return emptied(lane);
      },
    };
    looping(lanes).catch(reject);
  });

  expect(drains.theirs).toBeGreaterThan(0);
  expect(drains.theirs).toBeLessThan(10);
});

test("a lane is not begun twice, and no more lanes at once than asked for", async () => {
  const under = new Set<string>();
  const asked: (readonly [most: number, except: readonly string[]])[] = [];
  const ends = latch();
  const full = latch();
  const lanes: Lanes = {
    candidates: async (most, except) => {
      asked.push([most, except]);
      return ["a", "b", "c"].filter((lane) => !except.includes(lane)).slice(0, most);
    },
    drain: async (lane) => {
      expect(under).not.toContain(lane);
      under.add(lane);
      if (under.size === 2) full.open();
      await ends.opened;
      return emptied(lane);
    },
  };
  const loop = await looping(lanes);

  await full.opened;
  const closed = loop.close();
  ends.open();
  await closed;

  expect([...under]).toEqual(["a", "b"]);
  expect(asked[0]).toEqual([2, []]);
});

test("closing waits for what is being drained, and not for what is left alone", async () => {
  let finished = false;
  const begun = latch();
  const goesOn = latch();
  const lanes: Lanes = {
    candidates: async (_, except) => ["theirs", "ours"].filter((lane) => !except.includes(lane)),
    drain: async (lane) => {
      if (lane === "theirs") return null;
      begun.open();
      await goesOn.opened;
      finished = true;
      return emptied(lane);
    },
  };
  const loop = await looping(lanes);
  await begun.opened;

  const closed = loop.close();
  goesOn.open();
  await closed;

  expect(finished).toBe(true);
});
