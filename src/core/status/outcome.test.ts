import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at, comment, commit, configurationFact, permission, planFact, pull, run } from "../../../test/facts.ts";
import { foldStory } from "../../../test/fold-story.ts";
import type { Fact, PromisedTask, TaskMaterial } from "../words.ts";
import { isKept, outcomeOf, type TaskOutcome } from "./outcome.ts";

const plan = "id,task,status\nAUTH-005,Harden login,todo\nFE-004,Login page,todo\n";
const without = "id,task,status\nFE-004,Login page,todo\n";
const path = "docs/plan.csv";

/** The tasks as they stand after these facts, as stored. */
function tasks(facts: readonly Fact[], configuration = ""): readonly TaskMaterial[] {
  const told = [planFact(path, plan, at(-30)), configurationFact(configuration, at(-60)), ...facts];
  return foldStory(told, [plan, without, configuration]).map((task) => ({
    ...task,
    stored: { ...task.folded, present: task.present },
  }));
}

const promised = (change: Partial<PromisedTask> = {}): PromisedTask => ({
  id: "AUTH-005",
  scope: path,
  token: "AUTH-5",
  before: "in-progress",
  after: "completed",
  words: "title: AUTH-005",
  ...change,
});

/** What became of one promised task, of #7 merged at minute 2. */
function outcome(facts: readonly Fact[], change: Partial<PromisedTask> = {}, configuration?: string): TaskOutcome {
  const [only] = outcomeOf({ pull: 7, mergedAt: at(2), tasks: [promised(change)] }, tasks(facts, configuration)).tasks;
  if (only === undefined) throw new Error("nothing was promised");
  return only;
}

const merge = [pull(7, "open", at(1)), pull(7, "merged", at(2))];
const said = (id: number, text: string, time: number): readonly Fact[] => {
  const fact = comment(id, text, time);
  return [fact, permission(fact.id, "maintain", time)];
};

describe("a promised task", () => {
  test("is done once the merge has done it", () => {
    expect(outcome(merge)).toMatchObject({ done: true, takenBack: null, why: { status: "completed" } });
  });

  test("is not done while another pull request on it is open, and why says which", () => {
    const facts = [...merge, pull(12, "open", at(1))];
    expect(outcome(facts)).toMatchObject({ done: false, why: { status: "in-progress", waits: ["#12 is open"] } });
    expect(outcome([...facts, pull(12, "merged", at(9))])).toMatchObject({ done: true });
  });

  test("is not done until what the repository requires has passed on the merge commit", () => {
    const requires = "completion_requires: [backend-tests]\n";
    const passed = run(1, "success", at(4), { headSha: merge[1]?.mergeSha ?? "" });
    expect(outcome(merge, {}, requires)).toMatchObject({
      done: false,
      why: { waits: ["backend-tests has not passed on the merge commit of #7"] },
    });
    expect(outcome([...merge, passed], {}, requires)).toMatchObject({ done: true, why: { waits: [] } });
  });

  test("is not done while something holds it, nor after somebody put it off", () => {
    expect(outcome([...merge, ...said(1, "/block AUTH-005 waiting for keys", at(1.5))])).toMatchObject({
      done: false,
      why: { status: "blocked", holds: [{ reason: "waiting for keys" }] },
    });
    expect(outcome([...merge, ...said(1, "/defer AUTH-005", at(1.5))])).toMatchObject({ done: false, why: { status: "deferred" } });
  });

  test("stays done when it is taken back later, and what did that is told as long as it stands", () => {
    const revert = commit("Revert AUTH-005\n\nreverts AUTH-005", at(20));
    const reopened = [...merge, ...said(1, "/reopen AUTH-005", at(30))];
    expect(outcome([...merge, revert])).toMatchObject({ done: true });
    expect(outcome(reopened)).toMatchObject({ done: true, takenBack: { at: at(30), cause: { rule: "command" } } });
    expect(outcome([...reopened, ...said(2, "/done AUTH-005", at(40))])).toMatchObject({ done: true, takenBack: null });
  });

  test("was not done by what it was once before the merge", () => {
    const facts = [...said(1, "/done AUTH-005", at(-10)), ...said(2, "/reopen AUTH-005", at(-5)), ...said(3, "/defer AUTH-005", at(0))];
    expect(outcome([...facts, ...merge])).toMatchObject({ done: false });
  });

  test("is done where somebody else did it before the merge could", () => {
    expect(outcome([...merge, ...said(1, "/done AUTH-005", at(1.5))])).toMatchObject({ done: true });
  });

  test("that was to be started is done when it is completed", () => {
    expect(outcome(merge, { before: "todo", after: "in-progress" })).toMatchObject({ done: true });
  });

  test("that is in no plan any more has nothing to say why", () => {
    expect(outcome([planFact(path, without, at(1.5)), ...merge, ...said(1, "/defer AUTH-005", at(1))])).toMatchObject({
      done: false,
      why: null,
    });
    expect(outcome(merge, { token: "GONE-1", id: "GONE-1" })).toMatchObject({ done: false, why: null, takenBack: null });
  });

  test("is the one of its scope, where another holds the same id", () => {
    expect(outcome(merge, { scope: "other/plan.csv" })).toMatchObject({ done: false, why: null });
  });
});

test("a promise is kept when all of it is done", () => {
  const both = [promised(), promised({ id: "FE-004", token: "FE-4", before: "todo" })];
  const of = (facts: readonly Fact[]) => outcomeOf({ pull: 7, mergedAt: at(2), tasks: both }, tasks(facts));
  expect(isKept(of(merge))).toBe(false);
  expect(isKept(of([...merge, ...said(1, "/done FE-004", at(5))]))).toBe(true);
});

test("once done is done: whatever is said afterwards", () => {
  const commands = ["/reopen", "/defer", "/done", "/start", "/block", "/unblock"] as const;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 6 }), (words) => {
      const later = words.flatMap((word, i) => said(i + 1, `${word} AUTH-005`, at(10 + i)));
      const { done, takenBack, why } = outcome([...merge, ...later]);
      expect(done).toBe(true);
      expect(takenBack === null).toBe(why?.status === "completed");
    }),
    { numRuns: 60 },
  );
});
