import fc from "fast-check";
import { expect, test } from "vitest";
import { foldStory } from "../../../test/fold-story.ts";
import { story } from "../../../test/generated-story.ts";
import { canonicalJson, type DerivedTask } from "../words.ts";

const board = (tasks: readonly DerivedTask[]): string =>
  canonicalJson(
    tasks
      .map((task) => [`${task.declared.id} ${task.scope}`, task.present, task.folded])
      .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
  );

test("any order and any repetition of the facts give the same histories and board", () => {
  fc.assert(
    fc.property(
      story.chain((one) =>
        fc.tuple(fc.constant(one), fc.shuffledSubarray([...one.facts], { minLength: one.facts.length }), fc.subarray([...one.facts])),
      ),
      ([one, shuffled, repeats]) => {
        expect(board(foldStory([...shuffled, ...repeats], one.texts))).toBe(board(foldStory(one.facts, one.texts)));
      },
    ),
    { numRuns: 150 },
  );
});

test("a history begins with the plan, moves with every step, and ends in the status shown", () => {
  fc.assert(
    fc.property(story, ({ facts, texts }) => {
      for (const { folded } of foldStory(facts, texts)) {
        expect(folded.history[0]).toMatchObject({ before: null });
        for (const [index, step] of folded.history.entries()) {
          const before = folded.history[index - 1];
          expect(step.before).toBe(before?.after ?? null);
          expect(step.after).not.toBe(step.before);
          expect(step.at).toBeGreaterThanOrEqual(before?.at ?? 0);
        }
        expect(folded.history.at(-1)?.after).toBe(folded.state.status);
        expect(folded.state.status === "blocked" || folded.state.status === folded.state.underneath).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});
