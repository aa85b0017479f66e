import { describe, expect, test } from "vitest";
import { at, board, configuration, hold, task } from "../../../test/board.ts";
import { offences, tablesOf } from "../../../test/markdown.ts";
import { web } from "../../../test/sample-plan.ts";
import { findingsOn } from "../schedule/findings.ts";
import { progressOf } from "../schedule/milestones.ts";
import { scheduleOf } from "../schedule/schedule.ts";
import { noSpread } from "../schedule/spread.ts";
import { statuses } from "../words.ts";
import { bytesOf, roomInBytes } from "./fitted.ts";
import { renderSummary, summaryAt, summaryLevels } from "./summary.ts";
import type { SummaryView } from "./views.ts";

/** 2000 tasks, 400 of each status, in 61 phases, with texts of so many families, each of which takes 25 bytes. */
function planOf(families: number): SummaryView {
  const text = `Work ${"👩‍👩‍👧‍👦".repeat(families)}`;
  const tasks = Array.from({ length: 2000 }, (_, i) =>
    task(`WORK-${i + 1}`, {
      title: text,
      owner: text,
      status: statuses[i % 5] ?? "todo",
      hours: 3,
      // What is under way waits for something blocked.
      dependencies: i % 5 === 1 && i > 3 ? [`WORK-${i - 2}`] : [],
      phase: `${i % 61} ${text}`,
      state: { holds: i % 5 === 3 ? [hold(text, { since: at(i) })] : [] },
    }),
  );
  const risks = Array.from({ length: 20 }, (_, i) => ({
    id: `R-${i + 1}`,
    title: text,
    impact: "High",
    likelihood: "Low",
    mitigation: text,
    line: i,
  }));
  const shown = board(tasks, { risks });
  return {
    ...{ web, branch: "main", timezone: "UTC", board: shown, unreadableAt: null, removed: null, pulls: new Map(), finished: new Map() },
    milestones: progressOf([shown], configuration()),
    schedule: scheduleOf({ boards: [shown], configuration: configuration(), spread: noSpread, now: at(0), revision: "r1" }),
    findings: findingsOn(shown, { at: at(0), retired: new Set(), elsewhere: [] }),
  };
}

/** Rows shown under a heading, and how many it says there are more. */
function listed(text: string, heading: string): { readonly rows: number; readonly more: number } {
  const [, body = ""] = new RegExp(`### ${heading}\n\n([^]*?)(?=\n###|$)`).exec(text) ?? [];
  return { rows: (tablesOf(body)[0]?.children.length ?? 1) - 1, more: Number(/… and (\d+) more/.exec(body)?.[1] ?? 0) };
}

/** Lines or nodes drawn in a diagram. */
function drawn(text: string, kind: "gantt" | "flowchart LR"): number {
  const [, diagram = ""] = new RegExp(`\`\`\`mermaid\\n${kind}\\n([^]*?)\`\`\``).exec(text) ?? [];
  return diagram.match(kind === "gantt" ? /^ {4}\S/gm : /^ {2}n\d+[^\w ]/gm)?.length ?? 0;
}

// For each step, how large the texts of the plan are so that it is the first that fits.
const families = [0, 3, 5, 7, 12, 18, 50, 80];

describe("a summary of 2000 tasks, the larger their texts the less of them", () => {
  test("has a plan for each of its steps", () => {
    expect(families).toHaveLength(summaryLevels.length);
  });

  test.each(summaryLevels.map((level, step) => ({ ...level, step })))(
    "step $step: $amount rows a list, $bars lines and $nodes nodes in the diagrams",
    ({ step, amount, bars, nodes }) => {
      const view = planOf(families[step] ?? 0);
      const text = renderSummary(view);
      const texts = summaryLevels.map(summaryAt(view));

      expect(texts.indexOf(text)).toBe(step);
      expect(texts.findIndex((one) => bytesOf(one) <= roomInBytes)).toBe(step);

      expect(listed(text, "Milestones")).toEqual({ rows: amount * 2, more: 61 - amount * 2 });
      for (const heading of ["Blockers", "Ready next", "In progress"])
        expect(listed(text, heading)).toEqual({ rows: amount, more: 400 - amount });
      expect(listed(text, "Risks")).toEqual({ rows: amount, more: 20 - amount });
      expect([drawn(text, "gantt"), drawn(text, "flowchart LR")]).toEqual([bars, nodes]);
      expect(text.includes("Both diagrams are left out: this comment has no room for them.")).toBe(bars === 0);

      const headings = [...text.matchAll(/^### (.*)$/gm)].map(([, heading]) => heading);
      expect(headings).toEqual(["Milestones", "Blockers", "Ready next", "In progress", "Risks", "Schedule"]);
      expect(text).toContain("**400 of 2000 tasks completed**, 400 todo, 400 in progress, 400 blocked, 400 deferred.");
      expect(offences(text, web)).toEqual([]);
    },
  );
});
