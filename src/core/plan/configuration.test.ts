import fc from "fast-check";
import { expect, test } from "vitest";
import { configurationSchema, defaultConfiguration, readConfiguration } from "./configuration.ts";

const path = ".github/plankeeper.yml";
const read = (text: string) => readConfiguration(text, path);
const brief = (text: string) =>
  read(text).problems.map(({ code, line, column, suggestion }) => `${line}:${column} ${code}${suggestion ? ` → ${suggestion}` : ""}`);

test("an empty file means the defaults", () => {
  expect(read("")).toEqual({ configuration: defaultConfiguration, problems: [] });
  expect(read("# nothing yet\n").configuration).toEqual(defaultConfiguration);
});

test("every documented key is read", () => {
  const { configuration, problems } = read(`
mode: observe
plans:
  - path: ./docs/project-plan.csv
    snapshot: docs/Master_ProjectPlan.md
    aliases: {TASK: BACK, SEC-3: AUTH-009}
    retired: [AUTH-013, 7]
completion: keyword
completion_branches: [main, release/*]
completion_requires: [ci.yml]
gates: [{workflow: backend-tests, tasks: [FE-004, DEVOPS-035]}]
dependencies: block
verbs: {complete: [ships], link: [for], start: [beginnt], reopen: [öffnet], not: [nicht, ne … pas], and: [und]}
labels: {blocked: [Blocked, "Plan: Blocked"]}
milestones: {M3: {title: Beta, due: 2026-03-01, tasks: [AUTH-*, phase:MVP]}}
summary: {issue: 12, schedule: "0 9 * * 1-5", timezone: Europe/Berlin}
comments: {blockers: off, milestones: off}
check: {fail_on: [plan-errors, unknown-task]}
write_back: off
commands: {status: write}
capacity: {hours_per_day: 5, owners: {backend: 2}, holidays: [2026-12-25, 2027-01-01]}
backfill: {days: 30, since: 2026-01-01}
`);
  expect(problems).toEqual([]);
  expect(configuration).toEqual({
    mode: "observe",
    plans: [
      {
        path: "docs/project-plan.csv",
        snapshot: "docs/Master_ProjectPlan.md",
        aliases: { TASK: "BACK", "SEC-3": "AUTH-009" },
        retired: ["AUTH-013", "7"],
      },
    ],
    completion: "keyword",
    completionBranches: ["main", "release/*"],
    completionRequires: ["ci.yml"],
    gates: [{ workflow: "backend-tests", tasks: ["FE-004", "DEVOPS-035"] }],
    dependencies: "block",
    verbs: { complete: ["ships"], link: ["for"], start: ["beginnt"], reopen: ["öffnet"], not: ["nicht", "ne … pas"], and: ["und"] },
    labels: { ...defaultConfiguration.labels, blocked: ["blocked", "plan: blocked"] },
    milestones: { M3: { title: "Beta", due: "2026-03-01", tasks: ["AUTH-*", "phase:MVP"] } },
    summary: { issue: 12, schedule: "0 9 * * 1-5", timezone: "Europe/Berlin" },
    comments: { blockers: "off", milestones: "off" },
    check: { failOn: ["plan-errors", "unknown-task"] },
    writeBack: "off",
    commands: { status: "write", block: "triage", plan: "maintain" },
    capacity: { hoursPerDay: 5, owners: { backend: 2 }, holidays: ["2026-12-25", "2027-01-01"] },
    backfill: { days: 30, since: "2026-01-01" },
  });
});

test("a misspelt key is refused where it stands, with the key it may have meant", () => {
  expect(brief("mode: live\ncomplation: title\n")).toEqual(["2:1 unknown-key → completion"]);
  expect(brief("plans:\n  - path: a.csv\n    snapshott: b.md\n")).toEqual(["3:5 unknown-key → snapshot"]);
  expect(read("mode: live\ncomplation: title\n").configuration).toBeNull();
});

test.each([
  ["mode: sometimes\n", "1:7 bad-value"],
  ["plans:\n  - snapshot: a.md\n", "2:5 bad-value"],
  ["summary:\n  timezone: Mars/Olympus\n", "2:13 bad-value"],
  ["summary: {schedule: every monday}\n", "1:21 bad-value"],
  ["summary: {schedule: 61 10 * * 1}\n", "1:21 bad-value"],
  ["summary: {schedule: 0 10 30 2 *}\n", "1:21 bad-value"],
  ["summary: {schedule: 0 0 10 * * 1}\n", "1:21 bad-value"],
  ["milestones:\n  M1: {due: 2026-02-30}\n", "2:13 bad-value"],
  ["summary: {issue: -3}\n", "1:18 bad-value"],
  ["capacity:\n  holidays: [2026-12-25, 2026-02-29]\n", "2:26 bad-value"],
  ["capacity: {holidays: [Christmas]}\n", "1:23 bad-value"],
  ["commands: {status: none}\n", "1:20 bad-value"],
  ["- a\n- b\n", "1:1 bad-value"],
  ["just words\n", "1:1 bad-value"],
  ["a: &x [1]\nmode: *x\n", "2:7 bad-value"],
  ["mode: live\nmode: observe\n", "2:1 yaml-syntax"],
  ["plans: [{path: a\n", "2:1 yaml-syntax"],
  ["[a, b]: 1\n", "1:1 yaml-syntax"],
])("%j is refused at its place", (text, expected) => {
  expect(brief(text)).toContain(expected);
  expect(read(text).configuration).toBeNull();
});

test("what is wrong is said in the order of its places, in words of the file", () => {
  const { problems } = read("summary: {issue: never}\nmood: live\nmode: sometimes\n");

  expect(problems.map(({ line, message }) => `${line} ${message}`)).toEqual([
    "1 summary.issue: expected the number of an issue, auto or off",
    "2 “mood” is no key that is known",
    "3 mode: expected one of live, observe",
  ]);
});

test("aliases that would unfold without end are refused", () => {
  const bomb = ["a: &a [x, x]", ...["b", "c", "d", "e"].map((key, i) => `${key}: &${key} [*${"abcd"[i]}, *${"abcd"[i]}]`)].join("\n");
  expect(brief(bomb)).toContain("2:8 bad-value");
});

test.each([
  ["[", 60_000],
  ["- ", 30_000],
  ["? ", 30_000],
  ["{a: ", 15_000],
  ["[a: ", 15_000],
  ["&a ", 20_000],
  ["a:\n ", 15_000],
])("%j a thousand times over is refused, not obeyed", (piece, times) => {
  expect(read(piece.repeat(times)).configuration).toBeNull();
});

test("a staircase of indentation ends in an answer", () => {
  const stairs = Array.from({ length: 340 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n");
  expect(read(stairs).configuration).toBeNull();
});

test("a file beyond 64 KB is refused at once", () => {
  expect(brief(`# ${"x".repeat(70_000)}`)).toEqual(["1:1 too-large"]);
});

test("any text gives a configuration or problems, never an exception", () => {
  const pieces = fc.constantFrom(
    "mode: live",
    "plans:",
    " - path: a",
    "\n",
    ": ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    "*a",
    "&a ",
    "!!set ",
    "'",
    '"',
    "|\n",
    "\t",
    "__proto__: 1\n",
    "labels: {",
    "\u0000",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")),
      ),
      (text) => {
        const { configuration, problems } = read(text);
        expect(configuration === null).toBe(problems.some(({ severity }) => severity === "error"));
        expect(problems.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test("the published schema names every key", () => {
  expect(Object.keys(configurationSchema.properties ?? {})).toEqual(
    expect.arrayContaining(["mode", "plans", "completion_branches", "milestones", "capacity"]),
  );
});
