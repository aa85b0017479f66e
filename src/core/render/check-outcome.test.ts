import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at, cause, hold, task } from "../../../test/board.ts";
import { completing, view } from "../../../test/check-views.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { offences } from "../../../test/markdown.ts";
import { anyText, nastyTexts } from "../../../test/nasty.ts";
import { web } from "../../../test/sample-plan.ts";
import type { PullOutcome, TaskOutcome } from "../status/outcome.ts";
import { whyOf } from "../status/why.ts";
import type { PromisedTask, Status, TaskState } from "../words.ts";
import { outcomeEssence, withOutcomes } from "./check-outcome.ts";
import { renderCheck } from "./check-run.ts";

const promised = (id: string, change: Partial<PromisedTask> = {}): PromisedTask => ({
  id,
  scope: "docs/plan.csv",
  token: id,
  before: "in-progress",
  after: "completed",
  words: `title: ${id}`,
  ...change,
});

const done = (id: string): TaskOutcome => ({ task: promised(id), done: true, why: whyOf(id, task(id).state, []), takenBack: null });
const missed = (id: string, status: Status, state: Partial<TaskState> = {}): TaskOutcome => ({
  task: promised(id),
  done: false,
  why: whyOf(id, task(id, { status, state }).state, []),
  takenBack: null,
});
const outcome = (tasks: readonly TaskOutcome[], pull = 12): PullOutcome => ({ pull, tasks });

const { essence: _, ...said } = renderCheck(view({ pulls: [completing] }));

function told(name: string | null, outcomes: readonly PullOutcome[], open = false) {
  const check = withOutcomes(web, outcomes, { ...said, open });
  if (name !== null)
    matchesGolden(`render/check-outcome-${name}.md`, `title: ${check.title}\nconclusion: ${check.conclusion}\n\n${check.summary}\n`);
  expect(offences(check.summary, web)).toEqual([]);
  return check;
}
const title = (...tasks: readonly TaskOutcome[]): string => told(null, [outcome(tasks)]).title.replaceAll("\u200B", "");

describe("after the merge, the check", () => {
  test("says that everything it promised was done, above what it promised", () => {
    const check = told("kept", [outcome([done("AUTH-005"), done("FE-004"), done("ORG-006")])]);

    expect(check.title).toBe("3 promised, 3 done");
    expect(check).toMatchObject({ conclusion: said.conclusion, text: said.text, annotations: said.annotations });
  });

  test("names the one task that did not happen, and why", () => {
    const open = missed("AUTH-005", "in-progress", { waits: ["#14 is open"] });
    const check = told("waiting", [outcome([open, done("FE-004"), done("ORG-006")])]);

    expect(check.title.replaceAll("\u200B", "")).toBe("3 promised, 2 done: AUTH-005 is still in progress because #14 is open");
  });

  test("gives the reason of /why: a hold, a workflow, somebody's word, or that the task is gone", () => {
    expect(title(missed("AUTH-005", "blocked", { holds: [hold("waiting for keys")] }))).toBe(
      "1 promised, 0 done: AUTH-005 is blocked: waiting for keys",
    );
    expect(title(missed("AUTH-005", "in-progress", { waits: ["ci has not passed on the merge commit of #12"] }))).toBe(
      "1 promised, 0 done: AUTH-005 is still in progress because ci has not passed on the merge commit of #12",
    );
    const defer = cause({ rule: "command", actor: "mira", words: "/defer AUTH-005" });
    expect(title(missed("AUTH-005", "deferred", { cause: defer }))).toBe(
      "1 promised, 0 done: AUTH-005 is deferred: command /defer AUTH-005 by mira",
    );
    expect(title({ ...missed("AUTH-005", "todo"), why: null })).toBe("1 promised, 0 done: AUTH-005 is in no plan");
  });

  test("names one in its title and all below, where several did not happen", () => {
    const all = [
      missed("AUTH-005", "in-progress", { waits: ["#14 is open"] }),
      missed("DEVOPS-035", "blocked", { holds: [hold("waiting for prod keys")] }),
      done("FE-004"),
    ];
    const check = told("several-missed", [outcome(all)]);

    expect(check.title.replaceAll("\u200B", "")).toBe(
      "3 promised, 1 done: AUTH-005 is still in progress because #14 is open, and 1 other did not happen",
    );
    expect(check.summary).toContain("`DEVOPS-035` is blocked: waiting for prod keys");
  });

  test("tells what was taken back later, which is no failure of the promise", () => {
    const revert = cause({
      rule: "revert",
      actor: "jo",
      link: "commit/4f9d3a2b71c05e8868aa1d0cf2ab9e13b6f0d1c7",
      words: "Revert AUTH-005",
    });
    const takenBack = { at: at(3000), before: "completed" as const, after: "in-progress" as const, cause: revert };
    const check = told("taken-back", [outcome([{ ...done("AUTH-005"), takenBack }])]);

    expect(check.title).toBe("1 promised, 1 done");
  });

  test("goes on with what is open still, each pull request by its number", () => {
    const check = told("beside-an-open-one", [outcome([done("ORG-006")], 7)], true);

    expect(check.title.replaceAll("\u200B", "")).toBe(`#7: 1 promised, 1 done · ${said.title}`);
    expect(check.summary).not.toContain("before the merge");
  });

  test("stays within what GitHub takes", () => {
    const many = Array.from({ length: 400 }, (_, i) => missed(`T-${i}`, "blocked", { holds: [hold("x".repeat(200))] }));
    const check = withOutcomes(web, [outcome(many)], { ...said, summary: "| row |\n".repeat(7000), open: false });

    expect(new TextEncoder().encode(check.summary).length).toBeLessThan(65_535);
    expect(check.title.length).toBeLessThanOrEqual(200);
  });
});

describe("the essence of outcomes", () => {
  test("changes with what was done, with the reason and with what was taken back, and only then", () => {
    const open = missed("AUTH-005", "in-progress", { waits: ["#14 is open"] });
    const takenBack = { at: at(3000), before: "completed" as const, after: "todo" as const, cause: cause() };
    const all = [
      [open],
      [missed("AUTH-005", "in-progress", { waits: ["#15 is open"] })],
      [done("AUTH-005")],
      [{ ...done("AUTH-005"), takenBack }],
    ];
    const essences = all.map((tasks) => outcomeEssence(web, [outcome(tasks)]));

    expect(new Set(essences).size).toBe(all.length);
    expect(outcomeEssence(web, [outcome([missed("AUTH-005", "in-progress", { waits: ["#14 is open"], evidence: true })])])).toBe(
      essences[0],
    );
  });
});

test("whatever texts people write, an outcome mentions nobody", { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.constantFrom(...nastyTexts)), (text) => {
      const all = [
        missed(text, "blocked", { holds: [hold(text)] }),
        missed(text, "in-progress", { waits: [text] }),
        missed(text, "deferred", { cause: cause({ words: text, actor: text }) }),
        { ...done(text), takenBack: { at: at(1), before: "completed" as const, after: "todo" as const, cause: cause({ words: text }) } },
      ];
      const check = told(null, [outcome(all), outcome(all.slice(0, 1), 7)]);
      expect(check.title).not.toMatch(/@[a-z0-9]|#\d|\n/i);
    }),
  );
});
