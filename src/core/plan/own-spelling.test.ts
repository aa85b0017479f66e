import { describe, expect, test } from "vitest";
import { statuses } from "../words.ts";
import { ownSpelling } from "./own-spelling.ts";
import { readStatus } from "./status-spelling.ts";

const rows = (...spellings: readonly string[]) =>
  spellings.map((writtenStatus) => ({ status: readStatus(writtenStatus)?.status ?? "todo", recurring: false, writtenStatus }));

describe("a status is written as the file writes it", () => {
  test.each([
    ["by the spelling that most of its rows use", "completed", ["done", "Done", "done"], "done"],
    ["in its case where no row has that status yet", "in-progress", ["To Do", "Done"], "In Progress"],
    ["in capitals where all are", "blocked", ["TODO", "DONE"], "BLOCKED"],
    ["with its joint", "in-progress", ["not_started", "done"], "in_progress"],
    ["with an emoji in front where all have one", "blocked", ["✅ Completed", "🕐 Todo"], "🔴 Blocked"],
    ["plainly in a file without rows", "in-progress", [], "in-progress"],
  ] as const)("%s", (_, status, spellings, expected) => {
    expect(ownSpelling(status, rows(...spellings))).toBe(expected);
  });

  test("never as something that goes on for ever", () => {
    expect(ownSpelling("in-progress", [{ status: "in-progress", recurring: true, writtenStatus: "Recurring" }])).toBe("In Progress");
  });

  test("as something that reads back as that status, whatever the others look like", () => {
    for (const other of ["x y", "Won't Do", "[ ]", "✅", "Done — 2025", "in_Progress", "готово"])
      for (const status of statuses) expect(readStatus(ownSpelling(status, rows(other)))?.status).toBe(status);
  });
});
