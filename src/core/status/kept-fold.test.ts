import fc from "fast-check";
import { expect, test } from "vitest";
import { foldStory, storyMaterial } from "../../../test/fold-story.ts";
import { busyStory, type Story, story } from "../../../test/generated-story.ts";
import { rowKey } from "../plan/compare.ts";
import type { CarriedFold, KeepLimits } from "../words.ts";
import { derive } from "./derive.ts";

const limits = fc
  .record({ outside: fc.nat({ max: 12 }), more: fc.nat({ max: 6 }), branches: fc.nat({ max: 2 }) })
  .map(({ outside, more, branches }): KeepLimits => ({ outside, most: outside + more, branches }));

/** The folds that are kept of a story, as a database gives them back. */
function keptOf({ facts, texts }: Story, kept: KeepLimits): ReadonlyMap<string, CarriedFold> {
  const { context, material } = storyMaterial(facts, texts);
  const { keepings } = derive(context, { ...material, kept: { limits: kept, folds: new Map() } }, []);
  return new Map(
    keepings.flatMap((keeping) => {
      if (keeping.kind !== "fold") return [];
      const { past, ...fold } = keeping.fold;
      return [[rowKey(keeping), { ...JSON.parse(JSON.stringify(fold)), past, added: [], removed: [] }]];
    }),
  );
}

test("a fold that goes on from what was kept of it comes to the same as the fold from the start", () => {
  let keptAny = 0;
  fc.assert(
    fc.property(fc.oneof(story, busyStory), limits, (one, kept) => {
      const whole = foldStory(one.facts, one.texts);
      const folds = keptOf(one, kept);
      keptAny += folds.size;
      const { context, material } = storyMaterial(one.facts, one.texts);
      const tasks = whole.map((task) => {
        const steps = folds.get(rowKey(task))?.steps ?? 0;
        return { ...task, stored: { ...task.folded, history: task.folded.history.slice(steps), present: task.present } };
      });
      const again = derive(context, { ...material, tasks, kept: { limits: { outside: 0, most: 1_000_000, branches: 0 }, folds } }, []);
      expect(again.tasks.map(({ folded }) => folded)).toEqual([]);
    }),
    { numRuns: 80 },
  );
  expect(keptAny).toBeGreaterThan(30);
});

test("what was kept is kept again later without a difference", () => {
  fc.assert(
    fc.property(busyStory, limits, (one, kept) => {
      const folds = keptOf(one, { ...kept, outside: kept.outside + 3, most: kept.most + 3 });
      const { context, material } = storyMaterial(one.facts, one.texts);
      const tasks = foldStory(one.facts, one.texts).map((task) => ({ ...task, stored: { ...task.folded, present: task.present } }));
      const { keepings } = derive(context, { ...material, tasks, kept: { limits: kept, folds } }, []);
      const direct = keptOf(one, kept);
      for (const keeping of keepings) {
        if (keeping.kind !== "fold" || !keeping.goesOn) continue;
        const { at, steps, body, tail } = keeping.fold;
        expect(direct.get(rowKey(keeping))).toMatchObject(JSON.parse(JSON.stringify({ at, steps, body, tail })));
      }
    }),
    { numRuns: 50 },
  );
});
