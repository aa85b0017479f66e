import { describe, expect, test } from "vitest";
import { board, configuration, problem, task } from "../../../test/board.ts";
import { edit, pull, row, view } from "../../../test/check-views.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { tablesOf } from "../../../test/markdown.ts";
import { impactOf } from "../schedule/impact.ts";
import { keyOf } from "../schedule/task-key.ts";
import { renderCheck } from "./check-run.ts";
import { bytesOf } from "./fitted.ts";
import type { PullView } from "./views.ts";

describe("a check with very much to say", () => {
  const many = (count: number, title: (i: number) => string): PullView => {
    const tasks = Array.from({ length: count }, (_, i) =>
      task(`WORK-${String(i + 1).padStart(3, "0")}`, { title: title(i), owner: "backend" }),
    );
    const rows = tasks.map((one, i) => row(one, i % 2 === 0 ? "completed" : "todo"));
    return pull({
      rows,
      impact: impactOf({
        before: [board(tasks)],
        after: new Map(rows.map((one) => [keyOf(one.task), one.after])),
        configuration: configuration(),
      }),
    });
  };

  test("shows 300 tasks whole when their titles are short", () => {
    const check = renderCheck(view({ pulls: [many(300, (i) => `Piece of work ${i + 1}`)] }));

    expect(tablesOf(check.summary)[0]?.children.length).toBe(301);
    matchesGolden(
      "render/check-300-rows.md",
      `${check.summary.split("\n").slice(0, 12).join("\n")}\n…\n${check.summary.split("\n").slice(-8).join("\n")}\n`,
    );
  });

  test("leaves tasks out before it grows too large for GitHub, those that change last, and says how many", () => {
    for (const text of ["漢字".repeat(100), "@".repeat(200), "👩‍👩‍👧‍👦".repeat(100)]) {
      const check = renderCheck(view({ pulls: [many(300, () => text)] }));
      expect(bytesOf(check.summary)).toBeLessThanOrEqual(60_000);
      expect(bytesOf(check.text)).toBeLessThanOrEqual(60_000);
      const [shown] = tablesOf(check.summary);
      expect(/… and (\d+) more tasks\./.exec(check.summary)?.[1]).toBe(String(301 - (shown?.children.length ?? 0)));
      expect(check.summary.includes("stays")).toBe(false);
    }
  });

  test("marks 50 lines and says how many problems there are", () => {
    const problems = Array.from({ length: 73 }, (_, i) => problem(`thing ${i}`, { line: i + 1, severity: i === 72 ? "error" : "note" }));
    const check = renderCheck(view({ pulls: [pull({ planEdits: [edit({ problems })] })] }));

    expect(check.annotations).toHaveLength(50);
    expect(check.annotations[0]).toMatchObject({ line: 73, level: "failure" });
    expect(check.summary).toContain("Only the first 50 of 73 problems are marked on their lines.");
  });
});
