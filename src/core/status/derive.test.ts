import { describe, expect, test } from "vitest";
import {
  at,
  branch,
  comment,
  commit,
  configurationFact,
  deployment,
  issue,
  permission,
  planFact,
  pull,
  pullContent,
  run,
  shaOf,
} from "../../../test/facts.ts";
import { foldStory } from "../../../test/fold-story.ts";
import type { DerivedTask, Fact, Status } from "../words.ts";

const header = "id,phase,task,owner,status,priority,dependencies,estimated_hours,completion_date,artifacts,verification,notes,codex_hints";
const row = (id: string, status: string, dependencies = "") => `${id},MVP,Title of ${id},backend,${status},P1,"${dependencies}",6,,,,,`;
const csv = (...rows: readonly string[]) => `${[header, ...rows].join("\n")}\n`;
const plan = csv(row("AUTH-003", "completed"), row("AUTH-005", "todo", "AUTH-003"), row("FE-004", "todo", "AUTH-005"));

function derived(
  facts: readonly Fact[],
  options: { readonly plan?: string; readonly configuration?: string } = {},
): ReadonlyMap<string, DerivedTask> {
  const text = options.plan ?? plan;
  const settings = options.configuration === undefined ? [] : [configurationFact(options.configuration, at(-60))];
  const tasks = foldStory([planFact("docs/plan.csv", text, at(-30)), ...settings, ...facts], [text, options.configuration ?? ""]);
  return new Map(tasks.map((task) => [task.declared.id, task]));
}

const task = (...args: Parameters<typeof derived>): DerivedTask => {
  const found = derived(...args).get("AUTH-005");
  if (found === undefined) throw new Error("AUTH-005 was not derived");
  return found;
};
const statusOf = (...args: Parameters<typeof derived>): Status => task(...args).folded.state.status;
const told = (...args: Parameters<typeof derived>): readonly string[] =>
  task(...args).folded.history.map((step) => `${step.after} by ${step.cause.rule}`);

describe("plan versions", () => {
  test("the oldest version states every row at the time of its commit", () => {
    expect(task([]).folded.state).toMatchObject({ status: "todo", since: at(-30), cause: { rule: "plan-row", words: "todo" } });
  });

  test("a later version states only the rows whose status differs", () => {
    const later = csv(row("AUTH-003", "completed"), row("AUTH-005", "in-progress"), row("FE-004", "todo"));
    const tasks = foldStory([planFact("docs/plan.csv", plan, at(-30)), planFact("docs/plan.csv", later, at(10))], [plan, later]);
    const changed = tasks.filter((each) => each.folded.history.length > 1).map((each) => each.declared.id);
    expect(changed).toEqual(["AUTH-005"]);
  });

  test("a version that cannot be read states nothing", () => {
    const tasks = foldStory(
      [planFact("docs/plan.csv", plan, at(-30)), planFact("docs/plan.csv", "not a plan", at(10))],
      [plan, "not a plan"],
    );
    expect(tasks.map((each) => each.present)).toEqual([true, true, true]);
  });

  test("a version that tells older news than one already known changes what the later one states", () => {
    const first = csv(row("AUTH-005", "in-progress"));
    const second = csv(row("AUTH-005", "todo"));
    const tasks = foldStory([planFact("docs/plan.csv", second, at(10)), planFact("docs/plan.csv", first, at(-30))], [first, second]);
    expect(tasks[0]?.folded.history.map((step) => step.after)).toEqual(["in-progress", "todo"]);
  });
});

describe("pull requests", () => {
  test("an open pull request that names the task starts it", () => {
    expect(told([pull(7, "open", at(1))])).toEqual(["todo by plan-row", "in-progress by pull-opened"]);
  });

  test("a merge completes it, with the words it was read from", () => {
    const facts = [pull(7, "open", at(1)), pull(7, "merged", at(2))];
    expect(task(facts).folded.state).toMatchObject({
      status: "completed",
      since: at(2),
      cause: { link: "pull/7", words: "title: AUTH-005" },
    });
  });

  test("a merge that arrives before its opening still completes the task", () => {
    expect(statusOf([pull(7, "merged", at(2)), pull(7, "open", at(1))])).toBe("completed");
  });

  test("a merge into another branch completes nothing and says so", () => {
    const folded = task([pull(7, "merged", at(2), { base: "develop" })]).folded;
    expect(folded.state.status).toBe("todo");
    expect(folded.state.findings.map((finding) => finding.code)).toEqual(["merged-elsewhere"]);
  });

  test("a configured completion branch counts, by glob", () => {
    expect(
      statusOf([pull(7, "merged", at(2), { base: "release/1.2" })], { configuration: "completion_branches: [main, release/*]\n" }),
    ).toBe("completed");
  });

  test("closing unmerged, with the branch gone, takes the task back to todo", () => {
    const facts = [branch("work-7", at(0)), pull(7, "open", at(1)), pull(7, "closed", at(2)), branch("work-7", at(3), false)];
    expect(told(facts)).toEqual(["todo by plan-row", "in-progress by pull-opened", "todo by pull-closed"]);
  });

  test("the first of two merged pull requests completes nothing yet", () => {
    const facts = [pull(7, "open", at(1)), pull(8, "open", at(1)), pull(7, "merged", at(2))];
    expect(statusOf(facts)).toBe("in-progress");
    expect(task(facts).folded.state.findings).toMatchObject([{ code: "partly-merged", message: "1 of 2 pull requests merged" }]);
    expect(task(facts).folded.state.waits).toEqual(["#8 is open"]);
    expect(task([...facts, pull(8, "merged", at(3))]).folded.state.waits).toEqual([]);
    expect(statusOf([...facts, pull(8, "merged", at(3))])).toBe("completed");
    expect(statusOf([...facts, pull(8, "closed", at(3))])).toBe("completed");
  });

  test("a pull request opened after completion is a finding, not a return", () => {
    const facts = [pull(7, "merged", at(2)), pull(8, "open", at(5), { openedAt: at(5) })];
    expect(statusOf(facts)).toBe("completed");
    expect(task(facts).folded.state.findings.map((finding) => finding.code)).toEqual(["pull-after-completion"]);
  });

  test('"part of" in the title works on the task but does not complete it', () => {
    expect(statusOf([pull(7, "merged", at(2), { title: "Part of AUTH-005: headers" })])).toBe("todo");
    expect(statusOf([pull(7, "open", at(2), { title: "Part of AUTH-005: headers" })])).toBe("in-progress");
  });

  test("a completing verb in the body claims the task", () => {
    expect(statusOf([pull(7, "merged", at(2), { title: "Harden login", body: "Closes AUTH-005." })])).toBe("completed");
  });

  test("a bare id in the body claims nothing", () => {
    expect(statusOf([pull(7, "merged", at(2), { title: "Harden login", body: "About AUTH-005." })])).toBe("todo");
  });

  test("the title outranks the body", () => {
    const facts = [pull(7, "merged", at(2), { title: "part of AUTH-005", body: "Closes AUTH-005" })];
    expect(statusOf(facts)).toBe("todo");
  });

  test("with completion by keyword a bare title claims nothing", () => {
    expect(statusOf([pull(7, "merged", at(2))], { configuration: "completion: keyword\n" })).toBe("todo");
  });

  test("a branch that names the task claims it", () => {
    expect(statusOf([pull(7, "merged", at(2), { title: "Harden login", branch: "auth-005-csrf" })])).toBe("completed");
  });

  test("commits alone are work on the task, no claim", () => {
    const content = pullContent(7, ["AUTH-005 tests"]);
    expect(statusOf([pull(7, "open", at(2), { title: "Tests" }), content])).toBe("in-progress");
    expect(statusOf([pull(7, "merged", at(2), { title: "Tests" }), content])).toBe("todo");
  });

  test("a stranger's fork is neither work nor claim until it is merged or labelled", () => {
    expect(statusOf([pull(7, "open", at(1), { fork: true })])).toBe("todo");
    expect(statusOf([pull(7, "open", at(1), { fork: true, labels: ["ok to test"] })])).toBe("in-progress");
    expect(statusOf([pull(7, "merged", at(1), { fork: true })])).toBe("completed");
  });

  test("what a stranger's pull request says after its merge completes nothing, but a label on it does", () => {
    const merged = pull(7, "merged", at(2), { fork: true, title: "Fix a typo" });
    const edited = { fork: true, mergedAt: at(2), mergeSha: merged.mergeSha };
    expect(statusOf([merged, pull(7, "merged", at(3), edited)])).toBe("todo");
    expect(task([merged, pull(7, "merged", at(3), edited)]).folded.state.evidence).toBe(false);
    expect(statusOf([merged, pull(7, "merged", at(3), { ...edited, title: "Fix a typo", labels: ["task: AUTH-005"] })])).toBe("completed");
    expect(statusOf([merged, pull(7, "merged", at(3), edited), permission("pull:7", "triage")])).toBe("completed");
  });

  test("a fork by someone with triage counts", () => {
    expect(statusOf([pull(7, "open", at(1), { fork: true }), permission("pull:7", "triage")])).toBe("in-progress");
  });

  test("a pull request that no longer names the task lets it go", () => {
    expect(statusOf([pull(7, "open", at(1)), pull(7, "open", at(2), { title: "Something else" })])).toBe("todo");
  });

  test("[no-plan] in the title opts out", () => {
    expect(statusOf([pull(7, "merged", at(2), { title: "AUTH-005: harden login [no-plan]" })])).toBe("todo");
  });

  test("what the repository requires must pass on the merge commit first", () => {
    const configuration = "completion_requires: [backend-tests]\n";
    const merged = pull(7, "merged", at(2));
    const passed = run(1, "success", at(4), { headSha: merged.mergeSha ?? "" });
    expect(statusOf([merged], { configuration })).toBe("todo");
    expect(task([merged], { configuration }).folded.state.waits).toEqual(["backend-tests has not passed on the merge commit of #7"]);
    expect(task([merged, passed], { configuration }).folded.state).toMatchObject({
      status: "completed",
      since: at(4),
      cause: { rule: "pull-merged" },
    });
  });
});

describe("commits", () => {
  test("a commit on the default branch with a completing verb completes the task", () => {
    expect(statusOf([commit("Closes AUTH-005", at(1))])).toBe("completed");
  });

  test("a commit that only names it starts it, for ever", () => {
    expect(statusOf([commit("refs AUTH-005", at(1))])).toBe("in-progress");
  });

  test("bookkeeping words are no sign of work", () => {
    expect(statusOf([commit("auto-block AUTH-005 (missing runbook)", at(1))])).toBe("todo");
  });

  test('"mark X done" states the status named', () => {
    expect(statusOf([commit("docs(plan): mark AUTH-005 deferred", at(1))])).toBe("deferred");
  });

  test("a commit on another branch is work while the branch lives", () => {
    const work = [branch("topic", at(1)), commit("Closes AUTH-005", at(1), { branch: "topic" })];
    expect(statusOf(work)).toBe("in-progress");
    expect(statusOf([...work, branch("topic", at(2), false)])).toBe("todo");
  });

  test("a commit that came through a pull request states nothing of its own", () => {
    const merged = pull(7, "merged", at(2), { title: "part of AUTH-005" });
    const squash = commit("part of AUTH-005 (#7)\n\nCloses AUTH-005", at(2), {
      sha: merged.mergeSha ?? "",
      pushHead: merged.mergeSha ?? "",
    });
    expect(statusOf([squash])).toBe("completed");
    expect(statusOf([merged, squash])).toBe("in-progress");
  });

  test("a revert on the default branch takes completed work back", () => {
    const facts = [pull(7, "merged", at(2)), commit('Revert "AUTH-005: harden login (#7)"', at(3))];
    expect(told(facts).at(-1)).toBe("in-progress by revert");
  });
});

describe("people's words", () => {
  const said = (text: string, role: Parameters<typeof permission>[1] | null, time = at(5), id = 9) => {
    const fact = comment(id, text, time);
    return role === null ? [fact] : [fact, permission(fact.id, role)];
  };

  test("a command by someone with triage states a status", () => {
    expect(task(said("/status AUTH-005 in progress", "triage")).folded.state).toMatchObject({
      status: "in-progress",
      cause: { actor: "maintainer", rule: "command" },
    });
  });

  test("a stranger's command states nothing", () => {
    expect(statusOf(said("/status AUTH-005 completed", "read"))).toBe("todo");
  });

  test("a command whose permission is not known yet states nothing yet", () => {
    expect(statusOf(said("/status AUTH-005 completed", null))).toBe("todo");
  });

  test('"blocked" holds, keeps what is underneath, and a later status releases it', () => {
    const blocked = [pull(7, "open", at(1)), ...said("/status AUTH-005 blocked waiting for keys", "triage")];
    expect(task(blocked).folded.state).toMatchObject({
      status: "blocked",
      underneath: "in-progress",
      holds: [{ reason: "waiting for keys" }],
    });
    expect(statusOf([...blocked, ...said("/status AUTH-005 todo", "triage", at(6), 10)])).toBe("todo");
    expect(statusOf([...blocked, ...said("/unblock AUTH-005", "triage", at(6), 10)])).toBe("in-progress");
  });

  test("a merge while blocked completes the task only when the hold ends", () => {
    const facts = [...said("/block AUTH-005 waiting for keys", "triage"), pull(7, "merged", at(7))];
    expect(statusOf(facts)).toBe("blocked");
    expect(statusOf([...facts, ...said("/unblock AUTH-005", "triage", at(8), 10)])).toBe("completed");
  });

  test("after /defer a merge does not complete", () => {
    expect(statusOf([...said("/defer AUTH-005", "triage"), pull(7, "merged", at(7))])).toBe("deferred");
  });

  test("the later of a person's word and a merge wins", () => {
    expect(statusOf([...said("/status AUTH-005 todo", "triage"), pull(7, "merged", at(7))])).toBe("completed");
    expect(statusOf([pull(7, "merged", at(1)), ...said("/reopen AUTH-005", "triage")])).toBe("in-progress");
  });

  test("an edit counts only for lines that are new in it", () => {
    const edited = comment(9, "/status AUTH-005 completed\nthanks", at(8), { before: "/status AUTH-005 completed" });
    const facts = [
      ...said("/status AUTH-005 completed", "triage"),
      ...said("/reopen AUTH-005", "triage", at(7), 11),
      edited,
      permission(edited.id, "triage"),
    ];
    expect(statusOf(facts)).toBe("in-progress");
  });

  test("an edit has the role of who made it, not that of who wrote the comment", () => {
    const [first, second] = ["/status FE-004 todo", "/status AUTH-005 completed"];
    const lower = comment(9, `${first}\n${second}`, at(8), { before: first });
    expect(statusOf([...said(first, "maintain"), lower, permission(lower.id, "read")])).toBe("todo");
    const higher = comment(9, `${second}\n${first}`, at(8), { before: second });
    expect(statusOf([...said(second, "read"), higher, permission(higher.id, "maintain")])).toBe("todo");
  });

  test("/block on another task ends when that one is completed", () => {
    const facts = said("/block AUTH-005 on FE-004", "triage", at(1));
    expect(task(facts).folded.state).toMatchObject({ status: "blocked", holds: [{ key: "on:FE-4" }] });
    expect(statusOf([...facts, pull(8, "merged", at(3), { title: "FE-004: page" })])).toBe("todo");
  });
});

describe("issues that are linked to a task", () => {
  const acted = (time: number, change: Parameters<typeof issue>[2], role: Parameters<typeof permission>[1] | null = "triage") => {
    const fact = issue(3, time, { labels: ["task: AUTH-005"], title: "Log in", ...change });
    return role === null ? [fact] : [fact, permission(fact.id, role, time)];
  };
  const closed = { state: "closed", act: "closed", reason: "completed" } as const;
  const reopened = { state: "open", act: "reopened", reason: "reopened" } as const;
  const say = (text: string, time: number, role: Parameters<typeof permission>[1] = "triage") => {
    const fact = comment(40 + time, text, time, { issue: 3 });
    return [fact, permission(fact.id, role, time)];
  };

  test.each([
    ["completed", "completed", "issue-closed"],
    [null, "completed", "issue-closed"],
    ["not_planned", "deferred", "issue-not-planned"],
    ["duplicate", "deferred", "issue-not-planned"],
  ])("closed as %s, the task is %s", (reason, status, rule) => {
    expect(task(acted(at(5), { ...closed, reason })).folded.state).toMatchObject({
      status,
      since: at(5),
      evidence: true,
      cause: { rule, actor: "mira", link: "issues/3", words: "label: task: AUTH-005" },
    });
  });

  test("reopened, the task is in progress again", () => {
    expect(told([...acted(at(5), closed), ...acted(at(6), reopened)])).toEqual([
      "todo by plan-row",
      "completed by issue-closed",
      "in-progress by issue-reopened",
    ]);
  });

  test("it is who closed it that must be allowed, not who wrote it", () => {
    expect(statusOf([...acted(at(5), closed, "read"), permission("issue:3", "admin")])).toBe("todo");
    expect(statusOf([...acted(at(5), closed, null), permission("issue:3", "admin")])).toBe("todo");
    expect(statusOf([...acted(at(5), closed, "triage"), permission("issue:3", "read")])).toBe("completed");
  });

  test("an issue found closed when something else is done to it says nothing", () => {
    expect(statusOf(acted(at(5), { ...closed, act: null }))).toBe("todo");
  });

  test("a later closing does not stand against what was said after it", () => {
    expect(statusOf([...acted(at(5), { ...closed, reason: "not_planned" }), pull(7, "merged", at(6))])).toBe("completed");
    expect(statusOf([pull(7, "merged", at(4)), ...acted(at(5), { ...closed, reason: "not_planned" })])).toBe("deferred");
  });

  test("an issue that names no task, or only in its text, closes none", () => {
    expect(statusOf(acted(at(5), { ...closed, labels: [], body: "AUTH-005" }))).toBe("todo");
    expect(statusOf(acted(at(5), { ...closed, labels: [], title: "About AUTH-005" }))).toBe("todo");
  });

  test("/link links from then on, /unlink ends it", () => {
    const plain = { labels: [] };
    const linked = say("/link AUTH-005", at(3));
    expect(task([...linked, ...acted(at(5), { ...plain, ...closed })]).folded.state).toMatchObject({
      status: "completed",
      cause: { rule: "issue-closed" },
    });
    expect(statusOf([...say("/link AUTH-005", at(6)), ...acted(at(5), { ...plain, ...closed })])).toBe("todo");
    expect(statusOf([...say("/link AUTH-005", at(3), "read"), ...acted(at(5), { ...plain, ...closed })])).toBe("todo");
    expect(statusOf([...linked, ...say("/unlink AUTH-005", at(4)), ...acted(at(5), { ...plain, ...closed })])).toBe("todo");
    expect(statusOf([...linked, ...say("/undo", at(4)), ...acted(at(5), { ...plain, ...closed })])).toBe("todo");
  });

  test("labels that stand on an issue count from when it was linked", () => {
    const labelled = issue(3, at(1), { title: "Log in", labels: ["blocked"] });
    const linked = [labelled, ...say("/link AUTH-005", at(3))];
    expect(task(linked).folded.state).toMatchObject({ status: "blocked", since: at(3), holds: [{ reason: 'label "blocked" on #3' }] });
    expect(statusOf([...linked, ...say("/unlink AUTH-005", at(4))])).toBe("todo");
  });

  test("on a pull request /link links nothing", () => {
    const fact = comment(40, "/link AUTH-005", at(3), { issue: 3, onPull: true });
    expect(statusOf([fact, permission(fact.id, "admin"), ...acted(at(5), { ...closed, labels: [] })])).toBe("todo");
  });

  test("an issue that is deleted or moved away holds nothing any more", () => {
    const held = issue(3, at(1), { labels: ["task: AUTH-005", "blocked"] });
    expect(statusOf([held])).toBe("blocked");
    expect(statusOf([held, issue(3, at(1), { labels: ["task: AUTH-005", "blocked"], state: "gone" })])).toBe("todo");
  });

  test("/undo with the task takes a closing back, and leaves the labels", () => {
    const facts = acted(at(5), { ...closed, labels: ["task: AUTH-005", "in progress"] });
    const undone = [...acted(at(1), { labels: ["task: AUTH-005"] }), ...acted(at(5), closed), ...say("/undo AUTH-005", at(6))];
    expect(statusOf(undone)).toBe("todo");
    expect(statusOf([...undone, ...say("/undo AUTH-005", at(7))])).toBe("completed");
    expect(statusOf([...facts, ...say("/undo AUTH-005", at(6))])).toBe("in-progress");
  });
});

describe("deployments", () => {
  const released = (...facts: readonly Fact[]) => task(facts).folded.state.released;
  const merged = pull(7, "merged", at(2));
  const mergeSha = shaOf("merge 7");

  test("the deployed merge of the task is its release, by environment, the first time", () => {
    const facts = [deployment(1, mergeSha, at(5), "staging"), deployment(2, mergeSha, at(6)), deployment(3, mergeSha, at(9))];
    expect(released(merged, ...facts)).toEqual([
      { environment: "production", at: at(6) },
      { environment: "staging", at: at(5) },
    ]);
    expect(statusOf([merged, ...facts])).toBe("completed");
  });

  test("so is a commit that names it, alone or within a push whose head was deployed", () => {
    const named = commit("Closes AUTH-005", at(2), { pushHead: shaOf("later") });
    expect(released(named, deployment(1, named.sha, at(5)))).toHaveLength(1);
    expect(released(named, deployment(1, shaOf("later"), at(5)))).toHaveLength(1);
  });

  test("another commit, another branch, or a pull request that does not complete it is none", () => {
    expect(released(merged, deployment(1, shaOf("other"), at(5)))).toEqual([]);
    const elsewhere = commit("Closes AUTH-005", at(2), { branch: "topic" });
    expect(released(elsewhere, deployment(1, elsewhere.sha, at(5)))).toEqual([]);
    expect(released(pull(7, "merged", at(2), { title: "part of AUTH-005" }), deployment(1, mergeSha, at(5)))).toEqual([]);
  });

  test("a deployment alone changes no status", () => {
    const { history } = task([merged, deployment(1, mergeSha, at(5))]).folded;
    expect(history.map(({ after }) => after)).toEqual(["todo", "completed"]);
  });
});

describe("labels and gates", () => {
  const linked = (time: number, labels: readonly string[]) => issue(3, time, { labels: ["task: AUTH-005", ...labels] });

  test("a blocking label on a linked issue holds while it is on", () => {
    expect(task([linked(at(1), []), linked(at(2), ["blocked"])]).folded.state).toMatchObject({ status: "blocked", since: at(2) });
    expect(statusOf([linked(at(2), ["blocked"]), linked(at(3), [])])).toBe("todo");
  });

  test("a title links only when its author may triage", () => {
    const titled = issue(4, at(1), { labels: ["blocked"] });
    expect(statusOf([titled])).toBe("todo");
    expect(statusOf([titled, permission("issue:4", "triage")])).toBe("blocked");
  });

  test("a status label is in force from labelled to unlabelled", () => {
    expect(statusOf([linked(at(1), ["In Progress"])])).toBe("in-progress");
    expect(statusOf([linked(at(1), ["In Progress"]), linked(at(2), [])])).toBe("todo");
  });

  const configuration = "gates: [{workflow: backend-tests, tasks: [AUTH-005]}]\n";

  test("a red gate holds, a newer green run releases", () => {
    expect(task([run(1, "failure", at(1))], { configuration }).folded.state).toMatchObject({
      status: "blocked",
      cause: { rule: "gate-failed" },
    });
    expect(statusOf([run(1, "failure", at(1)), run(2, "success", at(2))], { configuration })).toBe("todo");
  });

  test("an older run that ends later does not move the gate", () => {
    expect(statusOf([run(2, "success", at(2)), run(1, "failure", at(3))], { configuration })).toBe("todo");
  });

  test("a cancelled run leaves the gate as it is", () => {
    expect(statusOf([run(1, "failure", at(1)), run(2, "cancelled", at(2))], { configuration })).toBe("blocked");
  });

  test("a fork's run moves no gate", () => {
    expect(statusOf([run(1, "failure", at(1), { own: false })], { configuration })).toBe("todo");
  });

  test("a hold that begins after the task was finished is only a finding", () => {
    const folded = task([pull(7, "merged", at(1)), run(1, "failure", at(2))], { configuration }).folded;
    expect(folded.state.status).toBe("completed");
    expect(folded.state.findings.map((finding) => finding.code)).toEqual(["hold-on-finished"]);
  });

  test('with "dependencies: block" a task waits for what it depends on', () => {
    const waiting = derived([], { configuration: "dependencies: block\n" });
    expect(waiting.get("AUTH-005")?.folded.state.status).toBe("todo");
    expect(waiting.get("FE-004")?.folded.state).toMatchObject({ status: "blocked", holds: [{ reason: "waiting on AUTH-5" }] });
    const released = derived([pull(7, "merged", at(1))], { configuration: "dependencies: block\n" });
    expect(released.get("FE-004")?.folded.state.status).toBe("todo");
  });

  test("a task id by its old name counts", () => {
    const configuration = "plans: [{path: docs/plan.csv, aliases: {SEC-3: AUTH-005}}]\n";
    expect(statusOf([pull(7, "merged", at(1), { title: "SEC-3: harden" })], { configuration })).toBe("completed");
  });
});
