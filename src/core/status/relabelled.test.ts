import { expect, test } from "vitest";
import { at, issue, permission, planFact, pull, relabelled } from "../../../test/facts.ts";
import { foldStory } from "../../../test/fold-story.ts";
import type { Fact } from "../words.ts";

const plan = "id,title,status\nAUTH-005,Harden login,todo\n";
const told = (...facts: readonly Fact[]): string => {
  const [task] = foldStory([planFact("docs/plan.csv", plan, at(-30)), ...facts], [plan]);
  return (task?.folded.history ?? []).map((step) => `${step.after} at ${(step.at - at(0)) / 60_000}`).join(", ");
};

const soft = (time: number, ...labels: readonly string[]) =>
  issue(3, at(time), { title: "Login is soft", labels: ["task: AUTH-005", ...labels] });
const held = soft(1, "blocked");

test("a label that is deleted holds no longer, from when it was found gone", () => {
  expect(told(held, relabelled("blocked", null, at(5)))).toBe("todo at -30, blocked at 1, todo at 5");
});

test("one of which nobody knows yet when it went holds on", () => {
  expect(told(held, relabelled("blocked", null, at(5), false))).toBe("todo at -30, blocked at 1");
});

test("a label that is renamed means what its new name says", () => {
  expect(told(held, relabelled("blocked", "in progress", at(5)))).toBe("todo at -30, blocked at 1, in-progress at 5");
  expect(told(soft(1, "later"), relabelled("later", "blocked", at(5)))).toBe("todo at -30, blocked at 5");
  expect(told(held, relabelled("blocked", "waits", at(5)), relabelled("waits", "blocked", at(7)))).toContain("todo at 5, blocked at 7");
});

test("whoever gets the label afterwards, having been made anew, is held by it", () => {
  expect(told(held, relabelled("blocked", null, at(5)), soft(9, "blocked"))).toBe("todo at -30, blocked at 1, todo at 5, blocked at 9");
});

test("an issue told of late, as it stood before, is held no longer either", () => {
  expect(told(relabelled("blocked", null, at(5)), held, soft(0, "blocked"))).toContain("todo at 5");
});

test("the label that named the task links its issue no longer", () => {
  expect(told(held, relabelled("task: AUTH-005", null, at(5)))).toBe("todo at -30, blocked at 1, todo at 5");
});

test("pull requests carry labels too, and an issue's closing is not told again by a label that goes", () => {
  const draft = pull(4, "draft", at(1), { labels: ["blocked"] });
  expect(told(draft, relabelled("blocked", null, at(5)))).toBe("todo at -30, blocked at 1, in-progress at 5");
  const closed = issue(3, at(2), { title: "x", labels: ["task: AUTH-005", "later"], state: "closed", act: "closed", reason: "completed" });
  const reopened = issue(3, at(3), { title: "x", labels: ["task: AUTH-005", "later"], act: "reopened" });
  const roles = [permission(closed.id, "triage"), permission(reopened.id, "triage")];
  expect(told(closed, reopened, ...roles, relabelled("later", null, at(5)))).toBe("todo at -30, completed at 2, in-progress at 3");
});
