import { expect, test } from "vitest";
import { board, task } from "../../../test/board.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { offences } from "../../../test/markdown.ts";
import { nastyTexts } from "../../../test/nasty.ts";
import { web } from "../../../test/sample-plan.ts";
import { bytesOf } from "./fitted.ts";
import { hasMarker } from "./marker.ts";
import { overviewMarker, renderOverview } from "./overview.ts";

const tasks = [task("T1", { status: "completed" }), task("T2", { status: "in-progress" }), task("T3", { status: "blocked" }), task("T4")];
const shown = (paths: readonly string[]) => renderOverview({ web, branch: "main", boards: paths.map((path) => board(tasks, { path })) });

test("plans without a comment of their own are told in a line each", () => {
  const text = shown(["specs/011-search/tasks.md", "specs/012-export/tasks.md"]);

  expect(hasMarker(text, overviewMarker)).toBe(true);
  expect(offences(text, web)).toEqual([]);
  matchesGolden("render/summary-overview.md", `${text}\n`);
});

test("a thousand plans fit, and however they are called they reach nobody", () => {
  const text = shown([...nastyTexts, ...Array.from({ length: 1000 }, (_, i) => `specs/${i}-${"long-".repeat(30)}/tasks.md`)]);

  expect(bytesOf(text)).toBeLessThanOrEqual(60_000);
  expect(offences(text, web)).toEqual([]);
  expect(text).toMatch(/… and \d+ more plans\./);
});

test("once all have comments of their own, it says that there are no further ones", () => {
  expect(shown([])).toContain("No further plans");
});
