import { describe, expect, test } from "vitest";
import { configuration } from "../../test/board.ts";
import { at, comment, commit, permission, pull } from "../../test/facts.ts";
import { type Decision, decide, effectsAfterBackfill } from "./decide.ts";
import type { AuditEntry, Fact, RepositoryFact } from "./words.ts";

const deciding = (fresh: readonly Fact[], change: Partial<Decision> = {}): Decision => ({
  fresh,
  past: new Set(),
  planned: {
    configurations: [],
    configuration: configuration(),
    defaultBranch: "main",
    plans: [],
    statements: [],
    declared: new Map(),
    former: new Map(),
    touched: new Set(),
    audit: [],
  },
  material: { tasks: [], facts: fresh, mentions: [], homes: new Map(), tracks: new Map() },
  derived: { tasks: [], audit: [], keepings: [] },
  onDependants: [],
  planPaths: new Set(["plan.csv"]),
  ...change,
});

const kinds = (decision: Decision) => decide(decision).map(({ kind }) => kind);
const idsOf = (facts: readonly Fact[]) => new Set(facts.map(({ id }) => id));
const opened = pull(7, "open", at(1));
const edited = commit("plan", at(2), { files: ["plan.csv"] });

describe("facts of the past", () => {
  test("ask for nothing to be read or shown, where deliveries would", () => {
    expect(kinds(deciding([opened, edited]))).toEqual(["read-pull", "check", "read-files"]);
    expect(kinds(deciding([opened, edited], { past: idsOf([opened, edited]) }))).toEqual([]);
  });

  test("do not hush what was delivered beside them", () => {
    const decision = deciding([opened, edited], { past: idsOf([opened]) });

    expect(decide(decision)).toContainEqual({ kind: "read-files", commit: edited.sha, at: at(2), paths: ["plan.csv"] });
  });

  test("are shown together in the end: the summary and milestones, every open pull request, and plans that are written back", () => {
    const plan = { path: "plan.csv", role: "plan" } as const;
    const written = configuration({ writeBack: "pull-request" });

    expect(effectsAfterBackfill(configuration(), [plan], ["a", "b"]).map(({ kind }) => kind)).toEqual([
      "summary",
      "milestones",
      "check",
      "check",
    ]);
    expect(effectsAfterBackfill(written, [plan, { path: "plan.md", role: "snapshot" }], [])).toEqual([
      { kind: "summary" },
      { kind: "milestones", make: false },
      { kind: "write-back", path: "plan.csv" },
    ]);
  });
});

describe("the past is read", () => {
  const imported: AuditEntry = {
    at: at(0),
    actor: null,
    action: "plan.imported",
    entityType: "plan",
    entityId: "plan.csv",
    before: null,
    after: null,
    cause: null,
  };
  const repository: RepositoryFact = {
    kind: "repository",
    id: "repository#1",
    thing: "repository",
    at: at(0),
    repository: 1,
    installation: 1,
    owner: "octo",
    name: "plans",
    defaultBranch: "",
    private: false,
    present: true,
  };

  test("once a plan is imported", () => {
    const { planned } = deciding([]);

    expect(decide(deciding([edited], { planned: { ...planned, audit: [imported] } }))).toContainEqual({ kind: "backfill", request: null });
  });

  test("when the app comes back to a repository with a plan, and not for one without", () => {
    expect(decide(deciding([repository]))).toContainEqual({ kind: "backfill", request: repository.id });
    expect(kinds(deciding([repository], { planPaths: new Set() }))).toEqual(["read-repository"]);
  });

  test("when the command line asks for it", () => {
    expect(decide(deciding([], { historyAskedBy: ["sync:1:a"] }))).toEqual([{ kind: "backfill", request: "sync:1:a" }]);
  });

  test("when a maintainer asks for it, and for nobody with less", () => {
    const said = comment(9, "/plan sync", at(3));
    const asked = (role: "maintain" | "write") => {
      const held = permission(said.id, role, at(3));
      const decision = deciding([held]);
      return decide({ ...decision, material: { ...decision.material, facts: [said, held] } });
    };

    expect(asked("maintain")).toEqual([
      { kind: "reply", comment: 9, issue: 1 },
      { kind: "backfill", request: said.id },
    ]);
    expect(asked("write").map(({ kind }) => kind)).toEqual(["reply"]);
    expect(kinds(deciding([said]))).toEqual(["read-permission"]);
  });
});
