import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at, branch, commit, issue, planFact, pull, shaOf } from "../../../test/facts.ts";
import { foldStory } from "../../../test/fold-story.ts";
import { story } from "../../../test/generated-story.ts";
import { listedOf } from "../../../test/listed-story.ts";
import { canonicalJson, type DerivedTask, type Fact } from "../words.ts";
import { outweighs, toldOnce } from "./told-once.ts";

const board = (tasks: readonly DerivedTask[]): string =>
  canonicalJson(
    tasks
      .map((task) => [`${task.declared.id} ${task.scope}`, task.present, task.folded])
      .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
  );

test("what lists tell again of a story, in any part and order, changes neither histories nor board", () => {
  fc.assert(
    fc.property(
      story.chain((one) => fc.tuple(fc.constant(one), fc.shuffledSubarray([...listedOf(one.facts)]), fc.boolean())),
      ([one, lists, first]) => {
        const both = first ? [...lists, ...one.facts] : [...one.facts, ...lists];
        expect(board(foldStory(both, one.texts))).toBe(board(foldStory(one.facts, one.texts)));
      },
    ),
    { numRuns: 150 },
  );
});

test("a story that only lists tell has the same histories, where nobody changed his words", () => {
  const text = "id,title,status\nAUTH-005,Harden,todo\nAUTH-006,Orgs,todo\nAUTH-007,Deploy,todo\nAUTH-008,Page,todo\n";
  const plan = planFact("docs/plan.csv", text, at(-10));
  const squashed = shaOf("merge 1");
  const told: readonly Fact[] = [
    pull(1, "open", at(1), { openedAt: at(1) }),
    pull(1, "merged", at(9), { openedAt: at(1) }),
    commit("AUTH-005: harden login (#1)", at(9), { sha: squashed, pushHead: squashed }),
    commit("closes AUTH-006", at(11)),
    pull(2, "open", at(12), { title: "AUTH-008: page", openedAt: at(12) }),
    issue(3, at(13), { title: "login", labels: ["task: AUTH-007", "blocked"] }),
  ];
  const historiesOf = (facts: readonly Fact[]) =>
    foldStory([plan, ...facts], [text]).map(({ declared, folded }) => [
      declared.id,
      folded.history.map(({ at: when, before, after }) => ({ when, before, after })),
    ]);
  const lists = listedOf(told).map((fact) => ("act" in fact ? { ...fact, at: at(13) } : fact));

  expect(historiesOf(lists)).toEqual(historiesOf(told));
});

const listed = <F extends Fact>(fact: F): F => ({ ...fact, id: `${fact.id} listed`, fromList: true });
const kept = (...facts: readonly Fact[]) => toldOnce(facts).map(({ id }) => id);

describe("of what two routes told", () => {
  test("a commit counts once on each branch: at the earliest time, with the push and the files that its delivery told", () => {
    const pushed = commit("AUTH-005", at(5), { sha: shaOf("a"), pushHead: shaOf("b"), files: ["src/a.ts"] });
    const page = listed(commit("AUTH-005", at(4), { sha: shaOf("a") }));
    const elsewhere = listed(commit("AUTH-005", at(4), { sha: shaOf("a"), branch: "topic" }));

    expect(toldOnce([page, elsewhere, pushed])).toEqual([{ ...pushed, at: at(4) }, elsewhere]);
    expect(toldOnce([pushed, page])).toEqual([{ ...pushed, at: at(4) }]);
  });

  test("a merge that no delivery told of is known from the list", () => {
    const opened = pull(7, "open", at(1), { openedAt: at(1) });
    const missed = listed(pull(7, "merged", at(9), { openedAt: at(1) }));
    const opening = listed(pull(7, "open", at(1), { openedAt: at(1), title: "as it is called today" }));

    expect(kept(opening, missed, opened)).toEqual([opened.id, missed.id]);
  });

  test("a pull request that stands as it was told is no news, however often it was talked about since", () => {
    const opened = pull(7, "open", at(2), { openedAt: at(1), labels: ["x"] });

    expect(kept(opened, listed(pull(7, "open", at(8), { openedAt: at(1), labels: ["x"], actor: null })))).toEqual([opened.id]);
    expect(kept(opened, listed(pull(7, "open", at(8), { openedAt: at(1), labels: [] })))).toHaveLength(2);
  });

  test("a branch that a delivery told of is not there since the time of its newest commit", () => {
    const created = branch("topic", at(6));
    const gone = branch("topic", at(7), false);
    const seen = listed(branch("topic", at(3)));

    expect(kept(seen, created, gone)).toEqual([created.id, gone.id]);
    expect(kept(seen, gone)).toHaveLength(2);
  });

  test("an issue that was closed while nobody heard it is closed by whom the list names, once", () => {
    const opened = issue(3, at(1));
    const closing = listed(issue(3, at(5), { state: "closed", act: "closed", actor: "mira" }));
    const labelled = issue(3, at(5), { state: "closed", labels: ["x"] });

    expect(kept(opened, closing)).toEqual([opened.id, closing.id]);
    expect(kept(opened, closing, labelled)).toEqual([opened.id, labelled.id, closing.id]);
    // Its delivery comes after all, and dates it a second later.
    const told = issue(3, at(5) + 1000, { state: "closed", act: "closed", actor: "mira" });
    expect(kept(opened, closing, told)).toEqual([opened.id, told.id]);
    const reopened = issue(3, at(6), { act: "reopened" });
    const again = issue(3, at(7), { state: "closed", act: "closed" });
    expect(kept(opened, closing, reopened, again)).toEqual([opened.id, closing.id, reopened.id, again.id]);
  });

  test("a branch that is gone from the list is gone, and one that came again is there again", () => {
    const created = branch("topic", at(1));
    const missing = listed(branch("topic", at(5), false));
    const seen = listed(branch("topic", at(8)));

    expect(kept(created, missing)).toEqual([created.id, missing.id]);
    expect(kept(created, missing, seen)).toEqual([created.id, missing.id, seen.id]);
    const pushed = branch("topic", at(9));
    expect(kept(created, missing, seen, pushed)).toEqual([created.id, missing.id, pushed.id]);
  });

  test("of two tellings of one fact the earlier is kept, then the delivery's", () => {
    const told = pull(7, "open", at(1));
    expect(outweighs(told, listed(told))).toBe(true);
    expect(outweighs(listed(told), told)).toBe(false);
    expect(outweighs(told, told)).toBe(false);
    expect(outweighs(listed(pull(7, "open", at(0))), told)).toBe(true);
  });
});
