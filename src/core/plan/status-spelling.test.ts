import { expect, test } from "vitest";
import type { Status } from "../words.ts";
import { readStatus, readStatusCell } from "./status-spelling.ts";

// The list "Status spellings" of the format description, as it stands there.
const listed: Readonly<Record<Status, readonly string[]>> = {
  todo: [
    "todo",
    "to do",
    "Todo",
    "open",
    "planned",
    "pending",
    "not-started",
    "backlog",
    "ready",
    "ready-for-dev",
    "queued",
    "proposed",
    "[ ]",
    "⬜",
    "🔲",
    "🕐",
  ],
  "in-progress": [
    "in-progress",
    "in progress",
    "in_progress",
    "busy",
    "doing",
    "started",
    "wip",
    "review",
    "in review",
    "partial",
    "[~]",
    "[>]",
    "[/]",
    "🟡",
    "🚧",
    "🔄",
    "🔬",
  ],
  completed: ["completed", "complete", "done", "closed", "shipped", "merged", "passes: true", "[x]", "[X]", "✅", "☑", "☑️"],
  blocked: ["blocked", "on hold", "waiting", "[!]", "🔴", "⛔"],
  deferred: ["deferred", "cancelled", "canceled", "won't do", "won’t do", "wontfix", "skipped", "dropped", "optional", "postponed", "[-]"],
};

test.each(Object.entries(listed).flatMap(([status, words]) => words.map((word) => [word, status])))("%s means %s", (word, status) => {
  expect(readStatus(word)).toEqual({ status, recurring: false });
});

test.each(["recurring", "ongoing", "🔁", "🔁 Recurring"])("%s is in progress for ever", (word) => {
  expect(readStatus(word)).toEqual({ status: "in-progress", recurring: true });
});

test.each([
  ["  DONE ", "completed"],
  ["✅ Completed", "completed"],
  ["🕐 Todo", "todo"],
  ["🔴 Done", "completed"],
  ["Done.", "completed"],
  ["[x] Done", "completed"],
  ["In_Review", "in-progress"],
])("case, emoji and separators do not matter: %s", (word, status) => {
  expect(readStatus(word)?.status).toBe(status);
});

test.each(["", "CTA)", "doneish", "not done", "🟢", "[?]", "constructor", "__proto__", "[x] nearly"])("%j is no status", (word) => {
  expect(readStatus(word)).toBeNull();
});

test.each([
  ["Done — 2025-10-16 — release v244 (ops)", "completed", "Done", "2025-10-16 — release v244 (ops)"],
  ["In Progress (backend)", "in-progress", "In Progress", "(backend)"],
  ["in-progress", "in-progress", "in-progress", ""],
  ["Done", "completed", "Done", ""],
])("a status with a remark behind it is read: %s", (cell, status, spelling, remark) => {
  expect(readStatusCell(cell)).toEqual({ reading: { status, recurring: false }, spelling, remark });
});

test("a remark alone is no status", () => {
  expect(readStatusCell("see notes (done)").reading).toBeNull();
});
