import { describe, expect, test } from "vitest";
import { problem } from "../../../test/board.ts";
import { completing, edit, pull, reference, row, view, withRows } from "../../../test/check-views.ts";
import { sampleTask } from "../../../test/sample-plan.ts";
import { renderCheck } from "./check-run.ts";
import type { PullView } from "./views.ts";

describe("the conclusion", () => {
  const blocked = row(sampleTask("DEVOPS-035"), "blocked");
  const cases: readonly (readonly [string, PullView])[] = [
    ["plan-errors", pull({ planEdits: [edit({ problems: [problem("x", { severity: "error" })] })] })],
    ["blocked-task", withRows([blocked])],
    ["unknown-task", { ...completing, warnings: [{ text: "A-9", token: "A-9", nearest: [], because: "x" }] }],
    ["no-task", pull()],
  ];

  test.each(cases)("fails for %s only when the configuration lists it", (name, shown) => {
    expect(renderCheck(view({ pulls: [shown], failOn: [name] })).conclusion).toBe("failure");
    expect(
      renderCheck(view({ pulls: [shown], failOn: cases.map(([other]) => other).filter((other) => other !== name) })).conclusion,
    ).not.toBe("failure");
  });

  test("does not fail for errors that stood in the file before", () => {
    const old = problem("x", { severity: "error" });
    const mended = pull({ planEdits: [edit({ problems: [old], old: [old] })] });
    const worse = pull({ planEdits: [edit({ problems: [old, problem("y", { severity: "error" })], old: [old] })] });

    expect([mended, worse].map((shown) => renderCheck(view({ pulls: [shown] })).conclusion)).toEqual(["success", "failure"]);
  });

  test("does not fail for a blocked task that is only spoken of", () => {
    const idle = { ...blocked, reference: reference("see DEVOPS-035", { stance: "linked", idle: true }) };

    expect(renderCheck(view({ pulls: [withRows([idle])], failOn: ["blocked-task"] })).conclusion).toBe("success");
  });

  test("does not fail for want of a task where nothing can be evaluated or it was asked to look away", () => {
    const shown = [view({ hasPlan: false }), view({ unreadable: "why" }), view({ pulls: [pull({ optedOut: true })] })];

    expect(shown.map((one) => renderCheck({ ...one, failOn: ["no-task"] }).conclusion)).toEqual(["neutral", "neutral", "neutral"]);
  });
});
