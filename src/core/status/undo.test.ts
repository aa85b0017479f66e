import { describe, expect, test } from "vitest";
import { at, comment, commit, configurationFact, issue, permission, planFact, pull, run } from "../../../test/facts.ts";
import { foldStory } from "../../../test/fold-story.ts";
import type { CommentFact, DerivedTask, Fact, Role } from "../words.ts";

const plan = "id,task,status,owner,depends_on\nA-1,One,todo,ann,\nA-2,Two,todo,ann,A-1\n";

function tasksAfter(...facts: readonly (readonly Fact[])[]): Readonly<Record<string, DerivedTask>> {
  const tasks = foldStory([planFact("docs/plan.csv", plan, at(-30)), ...facts.flat()], [plan]);
  return Object.fromEntries(tasks.map((task) => [task.declared.id, task]));
}
const statusAfter = (...facts: readonly (readonly Fact[])[]) => tasksAfter(...facts)["A-1"]?.folded.state.status;

let last = 100;
function say(text: string, minutes: number, change: Partial<CommentFact> & { readonly role?: Role } = {}): readonly Fact[] {
  const { role = "triage", ...rest } = change;
  last += 1;
  const said = comment(last, text, at(minutes), rest);
  return [said, permission(said.id, role, at(minutes))];
}
const other = { login: "mira", id: 77, bot: false };

describe("/undo takes back one's own last command here", () => {
  test("and the task is what it was without it", () => {
    expect(statusAfter(say("/done A-1", 1), say("/undo", 2))).toBe("todo");
    expect(statusAfter(say("/start A-1", 1), say("/done A-1", 2), say("/undo", 3))).toBe("in-progress");
    expect(statusAfter(say("/block A-1 keys", 1), say("/undo", 2))).toBe("todo");
    expect(statusAfter(say("/block A-1 keys", 1), say("/unblock A-1", 2), say("/undo", 3))).toBe("blocked");
  });

  test("with all that one comment asked for", () => {
    const tasks = tasksAfter(say("/done A-1\n/start A-2", 1), say("/undo", 2));

    expect([tasks["A-1"]?.folded.state.status, tasks["A-2"]?.folded.state.status]).toEqual(["todo", "todo"]);
  });

  test("and twice more brings it back and takes it again", () => {
    expect(statusAfter(say("/done A-1", 1), say("/undo", 2), say("/undo", 3))).toBe("completed");
    expect(statusAfter(say("/done A-1", 1), say("/undo", 2), say("/undo", 3), say("/undo", 4))).toBe("todo");
  });

  test("not another person's, not in another place, and not by someone who may not", () => {
    expect(statusAfter(say("/done A-1", 1), say("/undo", 2, { author: other }))).toBe("completed");
    expect(statusAfter(say("/done A-1", 1), say("/undo", 2, { issue: 9 }))).toBe("completed");
    expect(statusAfter(say("/done A-1", 1), say("/undo", 2, { role: "read" }))).toBe("completed");
  });

  test("passing over a command that was refused", () => {
    expect(statusAfter(say("/done A-1", 1), say("/defer A-1", 2, { role: "read" }), say("/undo", 3))).toBe("todo");
  });

  test("with nothing to take back, changes nothing", () => {
    expect(statusAfter(say("/undo", 1), say("/done A-1", 2))).toBe("completed");
  });
});

describe("/undo with a task takes back what set its status last, whoever said it", () => {
  test.each<readonly [string, readonly Fact[], string]>([
    ["a command", say("/done A-1", 1), "todo"],
    ["a hold", say("/block A-1 keys", 1), "todo"],
    ["a commit", [commit("closes A-1", at(1))], "todo"],
    [
      "a merge, however often it is told again",
      [pull(7, "merged", at(1), { title: "A-1: x" }), pull(7, "merged", at(2), { title: "A-1: x", labels: ["late"] })],
      "todo",
    ],
    ["a label", [issue(4, at(1), { title: "A-1: x", labels: ["in progress"] }), permission("issue:4", "triage")], "todo"],
  ])("%s", (_, facts, status) => {
    expect(statusAfter(facts)).not.toBe(status);
    expect(statusAfter(facts, say("/undo A-1", 5, { author: other }))).toBe(status);
  });

  test("twice is not at all", () => {
    const done = [commit("closes A-1", at(1))];

    expect(statusAfter(done, say("/undo A-1", 2), say("/undo A-1", 3))).toBe("completed");
    expect(statusAfter(done, say("/undo A-1", 2), say("/undo A-1", 3), say("/undo A-1", 4))).toBe("todo");
  });

  test("after more happened, what happened last", () => {
    expect(statusAfter([commit("closes A-1", at(1))], say("/undo A-1", 2), say("/defer A-1", 3), say("/undo A-1", 4))).toBe("todo");
  });

  test("not the row that brought the task in", () => {
    expect(statusAfter(say("/undo A-1", 1))).toBe("todo");
  });

  test("not a gate, and nothing else instead while it holds", () => {
    const configuration = "gates: [{workflow: backend-tests, tasks: [A-1]}]\n";
    const red = [configurationFact(configuration, at(-60)), run(1, "failure", at(3))];
    const told = [...say("/done A-1", 1), ...say("/undo A-1", 2), ...red, ...say("/undo A-1", 4)];
    const [task] = foldStory([planFact("docs/plan.csv", plan, at(-30)), ...told], [plan, configuration]);

    expect(task?.folded.state).toMatchObject({ status: "blocked", underneath: "todo" });
  });

  test("a row that a later version restated falls back to the one before", () => {
    const later = plan.replace("A-1,One,todo", "A-1,One,done");
    const facts = [planFact("docs/plan.csv", plan, at(-30)), planFact("docs/plan.csv", later, at(1)), ...say("/undo A-1", 2)];
    const [task] = foldStory(facts, [plan, later]);

    expect(task?.folded.state.status).toBe("todo");
  });
});
