import { describe, expect, test } from "vitest";
import type { Change, NewTask, NewValues } from "../change.ts";
import { editPlan } from "../edit.ts";
import { normalise } from "../token.ts";

const path = "PLAN.md";
const set = (id: string, to: NewValues): Change => ({ kind: "set", scope: path, token: normalise(id), to });
const remove = (id: string): Change => ({ kind: "remove", scope: path, token: normalise(id) });
const add = (task: NewTask, after: string | null = null): Change => ({ kind: "add", scope: path, task, after: after && normalise(after) });

function edited(text: string, ...changes: readonly Change[]): string {
  const { text: after, unwritten } = editPlan({ path, text, named: true }, changes);
  expect(unwritten).toEqual([]);
  return after;
}

const told = (text: string, ...changes: readonly Change[]): readonly string[] => {
  const { text: after, unwritten } = editPlan({ path, text, named: true }, changes);
  expect(after).toBe(text);
  return unwritten.map(({ field, because }) => `${field}: ${because}`);
};

describe("in a table", () => {
  const padded =
    "| ID    | Task | Status      | Owner | Notes |\n| ----- | ---- | ----------- | ----- | ----: |\n| **A-1** | One | todo        |       |     x |\n| A-2   | Two  | in-progress | ann   |       |\n";
  const plain =
    "| ID | Task | Status | Owner | Done at |\n|---|---|---|---|---|\n| A-1 | One | ✅ Done | ann | 2025-01-02 |\n| A-2 | Two | 🕐 Todo | — | |\n";

  test("a padded column keeps its width where the new word fits", () => {
    expect(edited(padded, set("A-2", { status: "completed", notes: "ok" }))).toBe(
      padded.replace("| in-progress | ann   |       |", "| completed   | ann   |    ok |"),
    );
  });

  test("one that does not fit moves only its own bar", () => {
    expect(edited(padded, set("A-2", { owner: "ann & bob" }))).toBe(padded.replace("| ann   |", "| ann & bob |"));
  });

  test("words are spelt as the table spells them, and cells that are not padded stay so", () => {
    expect(
      edited(
        plain,
        set("A-2", { status: "in-progress", owner: "bob | ann" }),
        set("A-1", { owner: null, completed: null, status: "todo" }),
      ),
    ).toBe(
      "| ID | Task | Status | Owner | Done at |\n|---|---|---|---|---|\n| A-1 | One | 🕐 Todo | — |  |\n| A-2 | Two | 🟡 In Progress | bob \\| ann | |\n",
    );
  });

  test("a status that is the same in other words stays", () => {
    expect(edited(plain, set("A-1", { status: "completed", owner: "ann" }))).toBe(plain);
  });

  test("Markdown in a value is written so that it reads as it is", () => {
    const text = edited(plain, set("A-2", { owner: "a_b *c* <d> `e" }));

    expect(text).toContain("a\\_b \\*c\\* \\<d\\> \\`e");
  });

  test("what has no place is told, and the rest is written", () => {
    const { text, unwritten, problems } = editPlan({ path, text: plain, named: true }, [set("A-2", { status: "completed", notes: "n" })]);

    expect(text).toBe(plain.replace("🕐 Todo", "✅ Done"));
    expect(unwritten).toMatchObject([{ field: "notes", because: "the row has no place for notes" }]);
    expect(problems).toMatchObject([{ code: "cannot-write", line: 4, column: 1 }]);
  });

  test("a value that would read as nothing is told", () => {
    expect(told(plain, set("A-1", { owner: "none" }))).toEqual(["owner: written here it would not read as it is"]);
  });

  test("a row comes in the style of its neighbours, and goes as a whole line", () => {
    expect(edited(padded, add({ id: "A-3", title: "Three", status: "todo", owner: "bob" }, "A-1"), remove("A-2"))).toBe(
      "| ID    | Task | Status      | Owner | Notes |\n| ----- | ---- | ----------- | ----- | ----: |\n| **A-1** | One | todo        |       |     x |\n| A-3   | Three | todo        | bob   |       |\n",
    );
    expect(edited(plain, add({ id: "A-3", title: "a | b", status: "blocked" }))).toBe(`${plain}| A-3 | a \\| b | 🔴 Blocked | — |  |\n`);
  });

  test("the first row goes below the head", () => {
    const head = "| ID | Task | Status |\n|--|--|--|";

    expect(edited(head, add({ id: "A-1", title: "One" }))).toBe(`${head}\n| A-1 | One |  |`);
  });

  test("only the block is edited where there is one", () => {
    const view = "| ID | Task | Status |\n|--|--|--|\n| A-1 | One | todo |\n";
    const text = `${view}\n<!-- PLAN:BEGIN -->\n${view}<!-- PLAN:END -->\n`;

    expect(edited(text, set("A-1", { status: "completed" }), add({ id: "A-2", title: "Two" }))).toBe(
      `${view}\n<!-- PLAN:BEGIN -->\n${view.replace("todo", "completed")}| A-2 | Two |  |\n<!-- PLAN:END -->\n`,
    );
  });
});

describe("in a checklist", () => {
  const list = "# Plan\r\n\r\n* [ ] A-1 One\r\n  * a step\r\n* [X] **A-2**: Two\r\n* [ ] Three (ID: A-3)\r\n";

  test("boxes are ticked in the file's own case", () => {
    expect(edited(list, set("A-1", { status: "completed" }), set("A-2", { status: "todo" }))).toBe(
      list.replace("[ ] A-1", "[X] A-1").replace("[X] **", "[ ] **"),
    );
  });

  test("what boxes cannot say is told", () => {
    expect(told(list, set("A-1", { status: "in-progress" }), set("A-2", { owner: "ann" }))).toEqual([
      "status: its box can only be open or done",
      "owner: the row has no place for an owner",
    ]);
  });

  test("a file that has other boxes may get more of them", () => {
    const more = list.replace("[ ] A-1", "[~] A-1");

    expect(edited(more, set("A-2", { status: "in-progress" }), set("A-3", { status: "blocked" }))).toBe(
      more.replace("[X]", "[~]").replace("[ ] Three", "[!] Three"),
    );
  });

  test("the line that says the status of an item is kept with its box", () => {
    const text = "- [ ] A-1 One\n  - Status: To Do (later)\n- [x] A-2 Two\n  - **Status:** Done\n";

    expect(edited(text, set("A-1", { status: "completed" }), set("A-2", { status: "in-progress" }))).toBe(
      "- [ ] A-1 One\n  - Status: Completed (later)\n- [ ] A-2 Two\n  - **Status:** In Progress\n",
    );
  });

  test("an item comes in the style of its neighbour", () => {
    expect(
      edited(
        list,
        add({ id: "A-4", title: "Four", status: "completed" }, "A-2"),
        add({ id: "A-5", title: "Five" }, "A-3"),
        add({ id: "A-6", title: "Six" }, "A-1"),
      ),
    ).toBe(
      "# Plan\r\n\r\n* [ ] A-1 One\r\n  * a step\r\n* [ ] A-6 Six\r\n* [X] **A-2**: Two\r\n* [X] **A-4**: Four\r\n* [ ] Three (ID: A-3)\r\n* [ ] Five (ID: A-5)\r\n",
    );
  });

  test("an item goes with its lines", () => {
    expect(edited(list, remove("A-1"))).toBe(list.replace("* [ ] A-1 One\r\n  * a step\r\n", ""));
    expect(edited("- [ ] A-1 One\n\n- [ ] A-2 Two\n\n- [ ] A-3 Three", remove("A-2"), add({ id: "A-4", title: "Four" }))).toBe(
      "- [ ] A-1 One\n\n- [ ] A-3 Three\n\n- [ ] A-4 Four",
    );
  });
});

describe("on a board", () => {
  const board = "# Board\n\n## To do\n\n- [ ] A-1 One\n  more\n- [ ] A-2 Two\n\n## Doing\n\n## Done\n\n- [x] A-3 Three\n";

  test("an item moves under the heading of its status", () => {
    expect(edited(board, set("A-1", { status: "in-progress" }), set("A-2", { status: "completed" }))).toBe(
      "# Board\n\n## To do\n\n## Doing\n\n- [ ] A-1 One\n  more\n\n## Done\n\n- [x] A-3 Three\n- [x] A-2 Two\n",
    );
  });

  test("without one heading for it, it is told", () => {
    expect(told(board, set("A-1", { status: "blocked" }))).toEqual(["status: its box can only be open or done"]);
    expect(told(board.replace("## Doing", "## Doing\n\n## In progress"), set("A-1", { status: "in-progress" }))).toEqual([
      "status: its box can only be open or done",
    ]);
  });

  test("a row without a status cell moves to the table under the heading", () => {
    const table = (row: string) => `| ID | Task |\n|--|--|\n${row}`;
    const text = `## Todo\n\n${table("| A-1 | One |\n")}\n## Done\n\n${table("| A-2 | Two |")}`;

    expect(edited(text, set("A-1", { status: "completed" }))).toBe(
      `## Todo\n\n${table("")}\n## Done\n\n${table("| A-2 | Two |\n| A-1 | One |")}`,
    );
  });

  test("a new task stands under its status", () => {
    expect(edited(board, add({ id: "A-4", title: "Four" }), add({ id: "A-5", title: "Five", status: "completed" }))).toBe(
      board.replace("- [ ] A-2 Two\n", "- [ ] A-2 Two\n- [ ] A-4 Four\n").replace("Three\n", "Three\n- [x] A-5 Five\n"),
    );
  });
});

describe("written out", () => {
  const prose =
    "Task 1 — One\n\n- ID: T1\n- Owner (R/A): ann\n- Status: Done — 2025-10-16 — released (ops)\n\nTask 2 — Two\n\n- ID: T2\n- Owner (R/A): bob\n- Dependencies: Task 1\n- Status: **To Do**\n";

  test("the word alone changes", () => {
    expect(edited(prose, set("T2", { status: "in-progress" }))).toBe(prose.replace("**To Do**", "**In Progress**"));
    expect(edited(prose, set("T1", { status: "in-progress" }))).toBe(prose.replace("Done", "In Progress"));
  });

  test("a date and a note have their place behind it", () => {
    expect(edited(prose, set("T2", { status: "completed", completed: "2025-10-20", notes: "see #4" }))).toBe(
      prose.replace("**To Do**", "**Done** — 2025-10-20 — see #4"),
    );
    expect(edited(prose, set("T1", { completed: "2025-10-17", notes: null, owner: "eve" }))).toBe(
      prose.replace("2025-10-16 — released (ops)", "2025-10-17").replace("ann", "eve"),
    );
    expect(edited(prose, set("T1", { status: "todo", completed: null }))).toBe(prose.replace("Done — 2025-10-16", "To Do"));
  });

  test("a task comes with its fields and goes with them", () => {
    expect(edited(prose, add({ id: "T3", title: "Three", owner: "ann", dependencies: ["T1", "T2"], status: "todo" }))).toBe(
      `${prose}\nTask 3 — Three\n\n- ID: T3\n- Owner (R/A): ann\n- Dependencies: T1, T2\n- Status: To Do\n`,
    );
    expect(edited(prose, remove("T1"))).toBe(prose.slice(prose.indexOf("Task 2")));
    expect(edited(prose, add({ id: "X", title: "x" }), add({ id: "Y", title: "y" }))).toContain(
      "\nTask 3 — x\n\n- ID: X\n\nTask 4 — y\n\n- ID: Y\n",
    );
  });
});

test("a mark is set, and comes where others of the file have one", () => {
  const text = "## Epic 1 — One [done]\n\nWords.\n\n## Epic 2 — Two\n\n- words [partial]\n\n## ✅ Epic 3 — Three\n";

  expect(
    edited(text, set("EPIC-1", { status: "in-progress" }), set("EPIC-2", { status: "completed" }), set("EPIC-3", { status: "blocked" })),
  ).toBe(text.replace("One [done]", "One [partial]").replace("Two", "Two [done]").replace("✅", "🔴"));
});

test("a change that breaks the others is left out, and they are written", () => {
  const text = "| # | Task | Owner |\n|--|--|--|\n| 1 | One | ann |\n| 2 | Two | ann |\n";
  const { text: after, unwritten } = editPlan({ path, text, named: true }, [set("1", { owner: "eve" }), add({ id: "X-1", title: "x" })]);

  expect(after).toBe(text.replace("ann", "eve"));
  expect(unwritten).toMatchObject([{ field: null, change: { kind: "add" } }]);
});

test("changes that nothing can take are told with their reason", () => {
  const text = "| ID | Task | Status |\n|--|--|--|\n| A-1 | One | todo |\n";

  expect(
    told(text, set("A-9", { status: "completed" }), remove("A-8"), add({ id: "a-001", title: "x" }), add({ id: "A-2", title: "x" }, "A-7")),
  ).toEqual([
    "null: there is no such task in the plan",
    "null: there is no such task in the plan",
    "null: the plan has a task of that id",
    "null: there is no A-7 in the plan",
  ]);
  expect(told("Words.\n", set("A-1", { status: "completed" }))).toEqual([expect.stringContaining("null: no table, list or heading")]);
});
