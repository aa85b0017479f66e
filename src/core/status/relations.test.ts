import { describe, expect, test } from "vitest";
import { at, comment, configurationFact, issue, permission, planFact, pull, relation, review } from "../../../test/facts.ts";
import { foldStory } from "../../../test/fold-story.ts";
import type { Fact, LinkedIssue, TaskState } from "../words.ts";

const plan = "id,title,status\nAUTH-005,Harden login,todo\nFE-004,Login page,todo\n";

function states(facts: readonly Fact[], dependencies: "show" | "block"): Readonly<Record<string, TaskState & { readonly past: string }>> {
  const configuration = `dependencies: ${dependencies}\n`;
  const all = [planFact("docs/plan.csv", plan, at(-30)), configurationFact(configuration, at(-60)), ...facts];
  return Object.fromEntries(
    foldStory(all, [plan, configuration]).map(({ declared, folded }) => [
      declared.id,
      { ...folded.state, past: folded.history.map((step) => `${step.after} by ${step.cause.rule}`).join(", ") },
    ]),
  );
}
function state(facts: readonly Fact[], dependencies: "show" | "block" = "show"): TaskState & { readonly past: string } {
  const found = states(facts, dependencies)["AUTH-005"];
  if (found === undefined) throw new Error("AUTH-005 was not derived");
  return found;
}
const only = (facts: readonly Fact[]): LinkedIssue => {
  const [found, ...others] = state(facts).issues;
  if (found === undefined || others.length > 0) throw new Error("there is not exactly one issue");
  return found;
};

const linkedBy = (labels: readonly string[]) => ({ title: "Login is soft", labels });
const soft = issue(3, at(0), linkedBy(["task: AUTH-005"]));
const keys = issue(7, at(0), { title: "Get keys" });
const closed = (number: number, time: number, reason = "completed") => issue(number, time, { title: "Get keys", state: "closed", reason });

describe("an issue that waits for another one", () => {
  test("shows on its task what that waits for, and moves no status", () => {
    const told = state([soft, keys, relation("waits-for", 3, 7, at(1))]);
    expect(told).toMatchObject({ status: "todo", holds: [], issues: [{ number: 3, waitsFor: [{ repository: null, number: 7 }] }] });
  });

  test("blocks its task while that lasts, where the repository says that dependencies block", () => {
    const waiting = [soft, keys, relation("waits-for", 3, 7, at(1))];
    expect(state(waiting, "block")).toMatchObject({
      status: "blocked",
      since: at(1),
      holds: [{ key: "waits:#7", reason: "waiting on #7", cause: { rule: "issue-waits", actor: "mira", link: "issues/3", words: "#7" } }],
    });
    expect(state([...waiting, closed(7, at(5))], "block").past).toBe("todo by plan-row, blocked by issue-waits, todo by issue-ended");
    expect(state([...waiting, closed(7, at(5), "not_planned")], "block").status).toBe("todo");
    expect(state([...waiting, relation("waits-for", 3, 7, at(5), false)], "block").past).toContain("todo by issue-waits-no-longer");
    expect(state([...waiting, closed(7, at(5)), issue(7, at(6), { title: "Get keys" })], "block").status).toBe("blocked");
  });

  test("waits for no issue that is deleted, and for none once it is closed itself or no longer linked", () => {
    const waiting = [soft, keys, relation("waits-for", 3, 7, at(1))];
    expect(state([...waiting, issue(7, at(5), { title: "Get keys", state: "gone" })], "block").status).toBe("todo");
    expect(state([...waiting, issue(3, at(5), { ...linkedBy(["task: AUTH-005"]), state: "closed" })], "block").holds).toEqual([]);
    expect(state([...waiting, issue(3, at(5), linkedBy([]))], "block")).toMatchObject({ status: "todo", issues: [] });
  });

  test("waits for one elsewhere, or never seen, for as long as the edge stands: nobody here knows better", () => {
    expect(state([soft, relation("waits-for", 3, "octo/other#7", at(1))], "block")).toMatchObject({
      status: "blocked",
      holds: [{ key: "waits:octo/other#7", reason: "waiting on octo/other#7" }],
    });
    // Another repository's issue is not ours of the same number.
    expect(state([soft, relation("waits-for", 3, "octo/other#7", at(1)), closed(7, at(5))], "block").status).toBe("blocked");
    expect(state([soft, relation("waits-for", 3, 8, at(1))], "block").status).toBe("blocked");
  });

  test("does so for a task that only a command links it to, from then on", () => {
    const command = comment(1, "/link AUTH-005", at(4), { issue: 3 });
    const facts = [issue(3, at(0), linkedBy([])), keys, relation("waits-for", 3, 7, at(1)), command, permission(command.id, "triage")];
    expect(state(facts, "block")).toMatchObject({ status: "blocked", since: at(4), holds: [{ cause: { rule: "issue-waits" } }] });
  });

  test("is no hold on a task that was finished before, but a finding", () => {
    const done = pull(1, "merged", at(1), { title: "AUTH-005: harden" });
    expect(state([done, soft, keys, relation("waits-for", 3, 7, at(2))], "block")).toMatchObject({
      status: "completed",
      findings: [{ code: "hold-on-finished" }],
    });
  });

  test("is one edge, told once or from both ends, in whatever order, and ends once", () => {
    const both = [relation("waits-for", 3, 7, at(1)), relation("waits-for", 3, 7, at(2))];
    expect(state([soft, keys, ...both]).issues).toEqual(state([...both, keys, soft].slice(1)).issues);
    expect(only([relation("waits-for", 3, 7, at(9), false), ...both, soft, keys]).waitsFor).toEqual([]);
  });

  test("made to wait and let go of within one second waits no longer", () => {
    expect(only([soft, keys, relation("waits-for", 3, 7, at(1), false), relation("waits-for", 3, 7, at(1))]).waitsFor).toEqual([]);
  });
});

describe("an issue with parts", () => {
  const parts = [relation("part", 3, 7, at(1)), relation("part", 3, 8, at(1)), relation("part", 3, "octo/other#9", at(1))];

  test("shows how many are closed, and of how many nobody knows", () => {
    expect(only([soft, keys, closed(8, at(2)), ...parts]).parts).toEqual({ all: 3, closed: 1, unknown: 1 });
    expect(only([soft, keys, closed(8, at(2)), ...parts, relation("part", 3, 8, at(3), false)]).parts.all).toBe(2);
  });

  test("says on a completed task that parts of it are open, and changes nothing", () => {
    const done = pull(1, "merged", at(5), { title: "AUTH-005: harden" });
    const told = state([soft, keys, closed(8, at(2)), ...parts, done]);
    expect(told).toMatchObject({
      status: "completed",
      findings: [{ code: "parts-open", message: "completed, though 1 of 3 sub-issues of #3 is open" }],
    });
    expect(state([soft, closed(7, at(2)), closed(8, at(2)), ...parts, done]).findings).toEqual([]);
  });

  test("does not speak for the tasks of its parts, nor they for its own", () => {
    const part = issue(7, at(0), linkedBy(["task: FE-004", "blocked"]));
    const told = states([soft, part, relation("part", 3, 7, at(1))], "block");
    expect([told["AUTH-005"]?.status, told["FE-004"]?.status]).toEqual(["todo", "blocked"]);
  });
});

test("whose an issue is, and its milestone, are shown as they stand last", () => {
  const assigned = issue(3, at(1), { ...linkedBy(["task: AUTH-005"]), assignees: ["ann", "mira"], milestone: "Beta" });
  expect(only([soft, assigned])).toMatchObject({ assignees: ["ann", "mira"], milestone: "Beta" });
  expect(only([soft, assigned, issue(3, at(2), linkedBy(["task: AUTH-005"]))])).toMatchObject({ assignees: [], milestone: null });
});

describe("a review", () => {
  const said = (verdict: Parameters<typeof review>[1], time: number, held: "triage" | "read" | null = "triage", login = "mira") => {
    const told = review(4, verdict, time, { review: time, reviewer: { login, id: 1, bot: false } });
    return held === null ? [told] : [told, permission(told.id, held, time)];
  };
  const opened = pull(4, "open", at(0));
  const asideAt = (time: number) => {
    const word = comment(9, "/status AUTH-005 todo", at(time));
    return [word, permission(word.id, "triage")];
  };

  test("is work on the tasks of its pull request, when its writer may triage", () => {
    const before = [opened, ...asideAt(2)];
    expect(state(before).status).toBe("todo");
    expect(state([...before, ...said("commented", at(3))])).toMatchObject({ status: "in-progress", cause: { rule: "pull-reviewed" } });
    expect(state([...before, ...said("approved", at(3), "read")]).status).toBe("todo");
    expect(state([...before, ...said("approved", at(3), null)]).status).toBe("todo");
  });

  test("of a pull request that is closed is none", () => {
    expect(state([opened, pull(4, "closed", at(1)), ...asideAt(2), ...said("commented", at(3))]).status).toBe("todo");
  });

  test("that asks for changes is told until the same person approves, it is dismissed, or the pull request is over", () => {
    const asked = [opened, ...said("changes-requested", at(1)), ...said("changes-requested", at(1), "triage", "ann")];
    const findings = (...more: readonly Fact[]) => state([...asked, ...more]).findings.map(({ message }) => message);
    expect(findings()).toEqual(["#4: changes requested by ann and mira"]);
    expect(findings(...said("commented", at(2)))).toEqual(["#4: changes requested by ann and mira"]);
    expect(findings(...said("approved", at(2)))).toEqual(["#4: changes requested by ann"]);
    expect(findings(...said("dismissed", at(2), null))).toEqual(["#4: changes requested by ann"]);
    expect(findings(pull(4, "merged", at(2)))).toEqual([]);
    expect(state([opened, ...said("changes-requested", at(1), "read")]).findings).toEqual([]);
  });
});
