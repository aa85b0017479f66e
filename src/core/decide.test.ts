import { expect, test } from "vitest";
import { at, branch, comment, commit, issue, permission, planFact, pull, pullContent } from "../../test/facts.ts";
import { foldStory } from "../../test/fold-story.ts";
import { decide } from "./decide.ts";
import { defaultConfiguration } from "./plan/configuration.ts";
import { type AuditEntry, type Configuration, delayOf, effectKey, type Fact } from "./words.ts";

const plan = "id,task,status\nAUTH-005,Harden login,todo\n";
const first = [planFact("docs/plan.csv", plan, at(-30)), branch("auth-005-csrf", at(0))];

/** What these facts ask for when they come after the first ones. */
function asked(
  fresh: readonly Fact[],
  configuration: Configuration = defaultConfiguration,
  more: readonly Fact[] = [],
  audit: readonly AuditEntry[] = [],
): readonly string[] {
  const known = [...first, ...more];
  const before = new Map(foldStory(known, [plan]).map((task) => [task.token, task]));
  const tasks = foldStory([...known, ...fresh], [plan]).map((task) => {
    const stored = before.get(task.token);
    return { ...task, stored: stored === undefined ? null : { ...stored.folded, present: stored.present } };
  });
  const planned = {
    ...{ configurations: [], configuration, defaultBranch: "main", plans: [], statements: [] },
    ...{ declared: new Map(), former: new Map(), touched: new Set<string>(), audit: [] },
  };
  const material = { tasks, facts: [...known, ...fresh], mentions: [], homes: new Map(), tracks: new Map() };
  return decide({
    fresh,
    past: new Set(),
    planned,
    material,
    derived: { tasks, audit, keepings: [] },
    onDependants: [],
    planPaths: new Set(["docs/plan.csv"]),
  }).map(effectKey);
}

test("more pushes of the same day ask for no summary, the first of a later day does, lest the task still be called stale", () => {
  expect(asked([branch("auth-005-csrf", at(60))])).toEqual([]);
  expect(asked([branch("auth-005-csrf", at(60 * 24 * 11))])).toContain("summary");
});

test("a change of the status asks for a summary", () => {
  expect(asked([commit("closes AUTH-005", at(60))])).toContain("summary");
});

test("a pull request that edits a plan may share a new id with another, so the summary is looked at, and again when it ends", () => {
  const head = { headSha: pull(7, "open", at(1)).headSha };
  expect(asked([pullContent(7, [], { ...head, texts: [{ path: "docs/plan.csv", blob: null }] })])).toContain("summary");
  expect(asked([pullContent(7, [], head)])).not.toContain("summary");
  expect(asked([pull(7, "closed", at(2), { title: "Plan", labels: [] })])).toContain("summary");
  expect(asked([pull(7, "open", at(2), { title: "Plan" })])).not.toContain("summary");
});

test("an issue is looked at when its task is blocked or released, and comments elsewhere whenever a task moves", () => {
  const blocked = issue(3, at(5), { labels: ["task: AUTH-005", "blocked"] });
  expect(asked([blocked])).toEqual(expect.arrayContaining(["blocker:3", "blockers"]));
  const other = asked([commit("closes AUTH-005", at(60))]);
  expect(other).toContain("blockers");
  expect(other).not.toContain("blocker:3");
  expect(
    asked([blocked], { ...defaultConfiguration, comments: { blockers: "off", milestones: "on" } }).filter((key) =>
      key.startsWith("blocker"),
    ),
  ).toEqual([]);
});

test("comments on milestones are compared when a task moves, and looked for when an issue may have come to belong to one", () => {
  const keys = (fresh: readonly Fact[], milestones: "on" | "off" = "on") =>
    asked(fresh, { ...defaultConfiguration, comments: { blockers: "on", milestones } }).filter((key) => key.startsWith("milestone"));
  expect(keys([commit("closes AUTH-005", at(60))])).toEqual(["milestones", "milestones:make"]);
  expect(keys([issue(3, at(5), { title: "Track it", milestone: "Beta" })])).toEqual(["milestones:make"]);
  expect(keys([permission("issue:3", "triage")])).toEqual(["milestones:make"]);
  expect(keys([issue(3, at(5), { title: "Track it", milestone: "Beta", state: "closed" })])).toEqual([]);
  expect(keys([branch("auth-005-csrf", at(60)), permission("comment:1", "triage")])).toEqual([]);
  expect(keys([commit("closes AUTH-005", at(60)), issue(3, at(5), { milestone: "Beta" })], "off")).toEqual([]);
});

test("a day on which tasks move all the time has comments on milestones compared every half minute, and made when it is quiet or has been ten minutes", () => {
  expect(delayOf({ kind: "milestones", make: false })).toEqual({ delay: 30, most: 30 });
  expect(delayOf({ kind: "milestones", make: true })).toEqual({ delay: 60, most: 600 });
});

test("a plan that is seen for the first time makes no comment in issues", () => {
  const tasks = foldStory([...first, issue(3, at(5), { labels: ["task: AUTH-005", "blocked"] })], [plan]);
  expect(tasks.map(({ folded }) => folded.state.status)).toEqual(["blocked"]);
  expect(tasks.every(({ stored }) => stored === null)).toBe(true);
  const planned = {
    ...{ configurations: [], configuration: defaultConfiguration, defaultBranch: "main", plans: [], statements: [] },
    ...{ declared: new Map(), former: new Map(), touched: new Set<string>(), audit: [] },
  };
  const material = { tasks, facts: first, mentions: [], homes: new Map(), tracks: new Map() };
  const keys = decide({
    fresh: first,
    past: new Set(),
    planned,
    material,
    derived: { tasks, audit: [], keepings: [] },
    onDependants: [],
    planPaths: new Set(),
  }).map(effectKey);
  expect(keys).toContain("summary");
  expect(keys.filter((key) => key.startsWith("blocker"))).toEqual([]);
});

test("what the base gets alone is told on open pull requests after a minute, a person's word and another pull request at once", () => {
  const { headSha } = pull(7, "open", at(1));
  const known = [pull(7, "open", at(1)), pullContent(7, [], { headSha })];
  const after = (fresh: readonly Fact[]) => asked(fresh, defaultConfiguration, known).filter((key) => key.startsWith(`check:${headSha}`));

  expect(after([commit("closes AUTH-005", at(60))])).toEqual([`check:${headSha}:moved`]);
  expect(after([pull(8, "merged", at(60))])).toEqual([`check:${headSha}:moved`]);
  expect(after([pull(8, "open", at(60))])).toEqual([`check:${headSha}`]);
  const said = comment(901, "/done AUTH-005", at(60));
  expect(after([said, permission(said.id, "write", at(60))])).toEqual([`check:${headSha}`]);
  expect(after([pull(7, "open", at(60), { title: "AUTH-005: harden more" })])).toEqual([`check:${headSha}`]);
});

test("a check that somebody asked for again is written anew, whatever else of its commit comes with the asking", () => {
  const { headSha } = pull(7, "open", at(1));
  const known = [pull(7, "open", at(1)), pullContent(7, [], { headSha })];
  const edited = pull(7, "open", at(60), { title: "AUTH-005: harden more" });
  const press = {
    kind: "rerequest",
    id: "press",
    thing: `rerequest:${headSha}`,
    at: at(60),
    headSha,
    action: null,
    run: 1,
    actor: "mira",
  } as const;

  for (const fresh of [
    [press, edited],
    [edited, press],
  ])
    expect(asked(fresh, defaultConfiguration, known)).toEqual(expect.arrayContaining([`check:${headSha}`, `check:${headSha}:again`]));
});

test("what may wait a minute is not pushed off by more of it, and never holds up what has to be shown at once", () => {
  const check = { kind: "check", sha: "a", again: null } as const;

  expect(delayOf({ ...check, moved: true })).toEqual({ delay: 60, most: 60 });
  expect(delayOf(check)).toEqual({ delay: 0, most: 0 });
  expect(effectKey({ ...check, moved: true })).not.toBe(effectKey(check));
});

test("work that cites a retired id asks for a summary", () => {
  const retiring = { ...defaultConfiguration, plans: [{ path: "docs/plan.csv", snapshot: null, aliases: {}, retired: ["AUTH-013"] }] };
  expect(asked([pull(7, "open", at(2), { title: "AUTH-013: again" })], retiring)).toContain("summary");
  expect(asked([pull(7, "open", at(2), { title: "AUTH-013: again" })])).not.toContain("summary");
});

test("a promise that was told to be kept is looked at again when what came of it is corrected, and not for what came later", () => {
  const merge = [pull(7, "open", at(1)), pull(7, "merged", at(10))];
  const corrected = (time: number): AuditEntry => ({
    ...{ at: time, actor: "mira", action: "task.history_corrected", entityType: "task", entityId: "#AUTH-005" },
    ...{ before: null, after: null, cause: null },
  });
  const outcome = `outcomes:${pull(7, "merged", at(10)).headSha}`;
  expect(asked([permission("comment:1", "maintain")], defaultConfiguration, merge, [corrected(at(10))])).toContain(outcome);
  expect(asked([permission("comment:1", "maintain")], defaultConfiguration, merge, [corrected(at(11))])).not.toContain(outcome);
});
