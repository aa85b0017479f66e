import { expect, test } from "vitest";
import type { Field } from "../columns.ts";
import type { DraftTask } from "../draft.ts";
import { sourceOf } from "../source.ts";
import { readMarkdown } from "./read-markdown.ts";

function drafts(text: string): readonly DraftTask[] {
  const reading = readMarkdown(sourceOf({ path: "PLAN.md", text, named: true }));
  if (reading === null || "refusal" in reading) throw new Error("no plan");
  return reading.draft.tasks;
}

const fields: readonly Field[] = ["status", "owner", "notes", "completed"];

/** What stands in each spot of the first task; an empty one by its place. */
function spots(text: string): Record<string, string> {
  const [task] = drafts(text);
  const found = fields.flatMap((field) => {
    const spot = task?.spot?.(field) ?? null;
    if (spot === null) return [];
    return [[field, spot.from === spot.to ? `empty at ${spot.from}` : `${spot.kind} ${text.slice(spot.from, spot.to)}`]];
  });
  return Object.fromEntries(found);
}

test("a cell's spot is its words, and an empty cell's the place between its bars", () => {
  const text = "| ID | Task | Status | Owner | Notes | Done at |\n|-|-|-|-|-|-|\n| A-1 | One | **✅ Done** |  | see \\| this ||\n";

  expect(spots(text)).toEqual({
    status: "cell ✅ Done",
    owner: `empty at ${text.indexOf("|  |") + 2}`,
    notes: "cell see \\| this",
    completed: `empty at ${text.length - 2}`,
  });
});

test("a cell that is not there has no spot", () => {
  expect(spots("| ID | Task | Owner | Status |\n|-|-|-|-|\n| A-1 | One |\n")).toEqual({});
});

test("a status with a date and a remark behind it has three spots", () => {
  expect(spots("Task 1 — One\n\n- **Status:** In Progress — 2025-10-17 — run `make` (ops)\n- Owner: backend lead\n")).toEqual({
    status: "value In Progress",
    owner: "value backend lead",
    notes: "value run `make` (ops)",
    completed: "value 2025-10-17",
  });
  expect(spots("Task 1 — One\n\n- Status: Done (by ann)\n")).toEqual({ status: "value Done", notes: "value (by ann)" });
  expect(spots("Task 1 — One\n\n- ID: T1\n- Status: Done — 2025-10-17\n")).toEqual({
    status: "value Done",
    completed: "value 2025-10-17",
  });
  expect(spots("Task 1 — One\n\n- ID: T1\n- Status:\n").status).toMatch(/^empty/);
});

test("a day in brackets behind a status is the completion's spot", () => {
  expect(spots("| ID | Task | Status |\n|-|-|-|\n| A-1 | One | ✅ Done (2026-01-02) |\n")).toEqual({
    status: "cell ✅ Done",
    completed: "cell 2026-01-02",
  });
});

test("marks, owners and dates in a title have spots", () => {
  expect(spots("- **A-1** One [done] @ann ✅ 2026-01-02\n")).toEqual({
    status: "mark done",
    owner: "value @ann",
    completed: "value 2026-01-02",
  });
  expect(spots("### ✅ A-1: One\n")).toEqual({ status: "mark ✅" });
  expect(spots("### [x] A-1: One\n")).toEqual({ status: "box [x]" });
});

test("an item's box says its status, unless it is open and a line below says more", () => {
  expect(spots("- [ ] A-1 One\n  - Owner: ann\n")).toEqual({ status: "box [ ]", owner: "value ann" });
  expect(spots("- [x] A-1 One\n  - Status: busy\n").status).toBe("box [x]");
  expect(spots("- [ ] A-1 One\n  - Status: busy\n").status).toBe("value busy");
  expect(spots("- [~] A-1 One\n").status).toBe("box [~]");
});

/** The text without the lines of its first task. */
function without(text: string): string | null {
  const [task] = drafts(text);
  const extent = task?.extent?.();
  return extent === undefined ? null : text.slice(0, extent.from) + text.slice(extent.to);
}

test("a task's extent is its whole lines with their line end", () => {
  expect(without("| ID | Task | Status |\r\n|-|-|-|\r\n| A-1 | One | todo |\r\n| A-2 | Two | todo |")).toBe(
    "| ID | Task | Status |\r\n|-|-|-|\r\n| A-2 | Two | todo |",
  );
  expect(without("# P\n\n- [ ] A-1 One\n  - Owner: ann\n\n  More.\n- [ ] A-2 Two\n")).toBe("# P\n\n- [ ] A-2 Two\n");
  expect(without("Task 1 — One\n\n- Status: Done\n\nTask 2 — Two\n\n- Status: Done\n")).toBe("\nTask 2 — Two\n\n- Status: Done\n");
  expect(without("## Task 1 — One\n\n- Status: Done\n\nMore.\n\n### Why\n\n## Other\n\n")).toBe("## Other\n\n");
  expect(without("text\n\n- [ ] A-1 One")).toBe("text\n\n");
});

test("a task that holds another has no extent", () => {
  expect(without("- [ ] A-1 One\n  - [ ] A-2 Two\n")).toBeNull();
});
