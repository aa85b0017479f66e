import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at, issue, permission, planFact, pull } from "../../../test/facts.ts";
import { foldStory } from "../../../test/fold-story.ts";
import type { Fact, IssueFact, PullFact, Status } from "../words.ts";
import { inOrderOfTime, newestPulls, readingFor, secondInDoubt } from "./one-second.ts";

const plan = "id,title,status\nAUTH-005,Harden,todo\n";
const first = [planFact("docs/plan.csv", plan, at(0)), permission("issue:3", "triage"), permission("pull:7", "triage")];

/** The steps of the task, however the facts come. */
function steps(facts: readonly Fact[]): readonly Status[] {
  const all = [facts, facts.toReversed()].map((some) => {
    const [task] = foldStory([...first, ...some], [plan]);
    return task?.folded.history.map(({ after }) => after) ?? [];
  });
  expect(all[1]).toEqual(all[0]);
  return all[0] ?? [];
}

const opened = (change: Partial<IssueFact> = {}) => issue(3, at(5), { title: "AUTH-005: harden", ...change });
const read = (settles: readonly Fact[], change: Partial<IssueFact> = {}) =>
  opened({ actor: null, settles: settles.map(({ id }) => id), ...change });
const asksFor = (fact: Fact, known: readonly Fact[]) => readingFor(fact, [...known, fact]).length;

describe("a second in which an issue changed more than once", () => {
  test.each([
    ["labelled after it was opened", { labels: ["blocked"] }, ["todo", "blocked"]],
    ["labelled, and relieved of the label again", {}, ["todo"]],
  ] as const)("ends as it was read: %s", (_, end, expected) => {
    const told = [opened(), opened({ labels: ["blocked"] })];

    expect(steps([...told, read(told, { ...end, labels: "labels" in end ? [...end.labels] : [] })])).toEqual(expected);
  });

  test("keeps who did it, where a delivery told the same as the reading", () => {
    const told = [opened(), opened({ labels: ["blocked"], actor: "tess" })];
    const [task] = foldStory([...first, ...told, read(told, { labels: ["blocked"] })], [plan]);

    expect(task?.folded.state.cause).toMatchObject({ rule: "label", actor: "tess" });
  });

  test("ends as the reading says, though no delivery of it has come yet", () => {
    const told = [opened(), opened({ labels: ["bug"] })];

    expect(steps([...told, read(told, { labels: ["blocked", "bug"] })])).toEqual(["todo", "blocked"]);
  });

  test("ends as the reading says that was made in view of more", () => {
    const told = [opened(), opened({ labels: ["bug"] }), opened({ labels: ["blocked"] })];
    const early = read(told.slice(0, 2), { labels: ["bug"] });

    expect(steps([...told, early, read(told, { labels: ["blocked"] })])).toEqual(["todo", "blocked"]);
  });

  test("is followed by what happened later, however it ended", () => {
    const told = [opened(), opened({ labels: ["blocked"] })];
    const later = issue(3, at(6), { title: "AUTH-005: harden" });

    expect(steps([...told, read(told, { labels: ["blocked"] }), later])).toEqual(["todo", "blocked", "todo"]);
    expect(steps([...told, { ...read([]), at: at(6) }])).toContain("todo");
  });

  test("completes its task where it was closed and labelled, and not where it was opened again", () => {
    const closed = opened({ state: "closed", act: "closed", reason: "completed" });
    const labelled = opened({ state: "closed", reason: "completed", labels: ["done"] });
    const again = opened({ act: "reopened", reason: "reopened" });
    const allowed = [closed, again].map((fact) => permission(fact.id, "triage", at(5)));
    const ended = { state: "closed", reason: "completed", labels: ["done"] } as const;

    expect(steps([closed, labelled, ...allowed, read([closed, labelled], ended)])).toEqual(["todo", "completed"]);
    expect(steps([closed, again, ...allowed, read([closed, again], { reason: "reopened" })])).toEqual(["todo", "in-progress"]);
    expect(steps([opened(), closed, ...allowed])).toEqual(["todo", "completed"]);
  });
});

describe("a reading is asked for", () => {
  const labelled = opened({ labels: ["blocked"] });

  test("by whichever of two snapshots comes second, with both in view", () => {
    expect(readingFor(labelled, [opened(), labelled])).toEqual([{ kind: "read-snapshot", of: "issue", number: 3 }]);
    expect(secondInDoubt([opened(), labelled, permission("issue:3", "triage")])).toEqual({
      ...{ of: "issue", number: 3, at: at(5), settles: [opened().id, labelled.id].sort() },
    });
    expect(asksFor(opened(), [labelled])).toBe(1);
    expect(asksFor(pull(7, "open", at(5), { headSha: "b" }), [pull(7, "open", at(5))])).toBe(1);
    expect(asksFor(pull(7, "open", at(5)), [pull(7, "draft", at(5))])).toBe(1);
  });

  test("by nothing that tells the same, by no redelivery, and by nothing that a list tells", () => {
    expect(asksFor(opened({ actor: "tess", body: "more" }), [opened()])).toBe(0);
    expect(asksFor(labelled, [])).toBe(0);
    expect(asksFor(labelled, [{ ...opened(), fromList: true }])).toBe(0);
    expect(asksFor({ ...labelled, fromList: true }, [opened()])).toBe(0);
  });

  test("by nothing that is over: something newer is known", () => {
    expect(asksFor(labelled, [opened(), issue(3, at(6))])).toBe(0);
    expect(secondInDoubt([labelled, opened(), issue(3, at(6))])).toBeNull();
    expect(secondInDoubt([labelled])).toBeNull();
    expect(secondInDoubt([])).toBeNull();
  });

  test("by no closing or merge that differs in nothing else, and by nothing that stood before a merge or a deletion", () => {
    const merged = pull(7, "merged", at(5), { labels: ["x"] });
    expect(asksFor(opened({ state: "closed", act: "closed" }), [opened()])).toBe(0);
    expect(asksFor(pull(7, "closed", at(5)), [pull(7, "open", at(5))])).toBe(0);
    expect(asksFor(pull(7, "open", at(5)), [merged])).toBe(0);
    expect(asksFor(merged, [pull(7, "open", at(5))])).toBe(0);
    expect(asksFor(labelled, [opened({ state: "gone" })])).toBe(0);
    expect(asksFor(opened({ state: "gone" }), [labelled])).toBe(0);
  });

  test("by a closing that was taken back, or that shows other labels", () => {
    const closed = opened({ state: "closed", act: "closed" });
    expect(asksFor(closed, [opened({ act: "reopened" })])).toBe(1);
    expect(asksFor(closed, [labelled])).toBe(1);
    expect(asksFor(pull(7, "merged", at(5), { labels: ["x"] }), [pull(7, "merged", at(5))])).toBe(1);
  });

  test("never by a reading, and again only by what differs from it and was not known when it was asked for", () => {
    const told = [opened(), labelled];
    const settled = read(told, { labels: ["blocked"] });
    expect(asksFor(settled, told)).toBe(0);
    expect(asksFor(opened(), [labelled, settled])).toBe(0);
    expect(asksFor(opened({ labels: ["blocked"], actor: "tess" }), [opened(), read([opened()], { labels: ["blocked"] })])).toBe(0);
    expect(asksFor(opened({ labels: ["bug"] }), [...told, settled])).toBe(1);
    expect(asksFor(opened({ state: "closed", labels: ["blocked"] }), [...told, settled])).toBe(1);
  });

  test("for no pull request of our own", () => {
    const own = { branch: "plankeeper/sync/plan", author: { login: "plankeeper[bot]", id: 1, bot: true } };
    expect(asksFor(pull(7, "open", at(5), { ...own, labels: ["plankeeper"] }), [pull(7, "open", at(5), own)])).toBe(0);
  });
});

test("deliveries of one second, each of which asks where it must, end as GitHub says, in any order, with few readings and none in the end", () => {
  const states = fc.record({ labels: fc.subarray(["blocked", "bug", "in progress"]), state: fc.constantFrom("open", "closed" as const) });
  fc.assert(
    fc.property(
      fc.array(states, { minLength: 1, maxLength: 5 }).chain((all) => {
        const told = all.map(({ labels, state }) => opened({ labels, state }));
        return fc.tuple(fc.constant(told), fc.shuffledSubarray(told, { minLength: told.length }));
      }),
      ([told, arrivals]) => {
        const end = told.at(-1) ?? opened();
        const known: Fact[] = [];
        let readings = 0;
        for (const fact of arrivals) {
          if (known.some(({ id }) => id === fact.id)) continue;
          known.push(fact);
          const ask = readingFor(fact, known).length === 0 ? null : secondInDoubt(known);
          if (ask === null) continue;
          readings += 1;
          const { id: _, ...shown } = end;
          known.push(opened({ ...shown, actor: null, settles: ask.settles }));
        }
        const decided = told.every(({ labels }) => labels.join() === end.labels.join());
        const newest = known.toSorted(inOrderOfTime).at(-1);
        if (!decided) expect(newest).toMatchObject({ labels: end.labels, state: end.state });
        expect(readings).toBeLessThan(arrivals.length);
        expect(secondInDoubt(known)).toBeNull();
        const ends = [known, known.toReversed()].map((facts) => foldStory([...first, ...facts], [plan])[0]?.folded.state.status);
        expect(ends[0]).toBe(ends[1]);
      },
    ),
  );
});

test("of pull requests the newest snapshot is told: of one second the merge, then what was read, then what was closed", () => {
  const open: PullFact = pull(7, "open", at(5));
  const closed = pull(7, "closed", at(5));
  const seen = pull(7, "open", at(5), { labels: ["x"], settles: [open.id] });
  const merged = pull(7, "merged", at(5));
  const newest = (...facts: readonly Fact[]) => newestPulls(facts).map(({ id }) => id);

  expect(newest(closed, open)).toEqual([closed.id]);
  expect(newest(seen, closed, open)).toEqual([seen.id]);
  expect(newest(merged, seen, closed, open)).toEqual([merged.id]);
  expect(newest(open, pull(7, "open", at(6)), pull(2, "open", at(1)))).toEqual([pull(2, "open", at(1)).id, pull(7, "open", at(6)).id]);
});
