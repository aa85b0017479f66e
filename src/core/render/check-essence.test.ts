import { describe, expect, test } from "vitest";
import { completing, edit, view } from "../../../test/check-views.ts";
import { sampleTask } from "../../../test/sample-plan.ts";
import { renderCheck } from "./check-run.ts";
import type { PullView } from "./views.ts";

describe("the essence", () => {
  const essence = (shown: PullView): string => renderCheck(view({ pulls: [shown] })).essence;

  test("stays when only totals and dates of the plan move", () => {
    const end = { before: "2026-03-06", after: "2026-03-04", days: -2 };
    const schedule = { milestones: [{ id: "M1", title: "Login works", due: null, ...end }], plans: [] };
    const impact = { ...completing.impact, milestones: [], newlyReady: [sampleTask("ORG-006")], schedule };
    const moved = { ...completing, title: "other", impact };

    expect(renderCheck(view({ pulls: [moved] })).summary).toContain("2026-03-04");
    expect(essence(moved)).toBe(essence(completing));
  });

  test("stays when the hours to which an edit comes move with the plan", () => {
    const edited = (hours: number) => ({ ...completing, planEdits: [edit({ added: ["A-10"], hours })] });

    expect(essence(edited(12))).toBe(essence(edited(4)));
  });

  test("changes with a row, a finding, a warning, a note or a plan edit", () => {
    const [first, ...rest] = completing.rows;
    if (first === undefined) throw new Error("no rows");
    const others = [
      { ...completing, rows: rest },
      { ...completing, rows: [{ ...first, before: "todo" as const }, ...rest] },
      { ...completing, rows: [{ ...first, note: "1 of 2 pull requests merged" }, ...rest] },
      { ...completing, findings: [{ code: "hold-on-finished" as const, token: "AUTH-5", message: "odd" }] },
      { ...completing, warnings: [{ text: "A-9", token: "A-9", nearest: [], because: "x" }] },
      { ...completing, planEdits: [edit({ added: ["A-10"] })] },
      { ...completing, planEdits: [edit({ changed: [{ id: "A-10", fields: [{ field: "title" }] }] })] },
      { ...completing, planEdits: [edit({ changed: [{ id: "A-10", fields: [{ field: "notes" }] }] })] },
      { ...completing, released: [{ task: sampleTask("DEVOPS-035"), holds: [] }] },
      { ...completing, configurationEdit: { path: ".github/plankeeper.yml", keys: ["mode"], dues: [] } },
      { ...completing, baseCompletes: false },
    ];

    expect(new Set([completing, ...others].map(essence)).size).toBe(others.length + 1);
  });
});
