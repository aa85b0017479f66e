import { describe, expect, test } from "vitest";
import { planIn } from "../../../test/standing-plans.ts";
import { type EditMeaning, meaningsOf } from "./edit-meaning.ts";

const csv = (...rows: readonly string[]): string =>
  `${["id,task,owner,status,priority,milestone,dependencies,hours,due,notes", ...rows].join("\n")}\n`;
type Texts = Readonly<Record<string, string | null>>;

function meanings(before: Texts, after: Texts): readonly EditMeaning[] {
  const read = (path: string, text: string | null | undefined) => (text == null ? null : planIn(path, text));
  return meaningsOf(
    [...new Set([...Object.keys(before), ...Object.keys(after)])].map((path) => ({
      ...{ path, before: read(path, before[path]), after: read(path, after[path]) },
    })),
  );
}

const nothing = { added: [], removed: [], gone: false, moved: [], restated: [], changed: [], hours: 0 };

describe("an edit of a plan file means", () => {
  test("tasks more and less, statuses said otherwise, and so many hours", () => {
    const before = csv("A-1,Read,mira,todo,P1,M1,,4,,", "A-2,Write,mira,todo,P1,M1,,2,,");
    const after = csv("A-1,Read,mira,done,P1,M1,,4,,", "A-03,Draw,mira,todo,P1,M1,,6,,");

    expect(meanings({ "a.csv": before }, { "a.csv": after })).toEqual([
      {
        ...nothing,
        path: "a.csv",
        added: ["A-03"],
        removed: ["A-2"],
        restated: [{ id: "A-1", before: "todo", after: "completed" }],
        hours: 4,
      },
    ]);
  });

  test("fields that differ, with their values where these can be told in a word, and dependencies by the ids of the plan", () => {
    const rows = ["A-02,Write,mira,todo,P1,M1,,2,,", "A-3,Draw,mira,todo,P1,M1,,2,,"];
    const before = csv("A-1,Read,mira,todo,P1,M1,A-2,4,2026-03-01,soon", ...rows);
    const after = csv("A-1,Read it,,todo,P2,M2,A-3,8,,later", ...rows);

    expect(meanings({ "a.csv": before }, { "a.csv": after })[0]?.changed).toEqual([
      {
        id: "A-1",
        fields: [
          { field: "hours", before: 4, after: 8 },
          { field: "milestone", before: "M1", after: "M2" },
          { field: "owner", before: "mira", after: null },
          { field: "priority", before: 1, after: 2 },
          { field: "due", before: "2026-03-01", after: null },
          { field: "dependencies", added: ["A-3"], removed: ["A-02"] },
          { field: "title" },
          { field: "notes" },
        ],
      },
    ]);
  });

  test("nothing where only lines, or spellings of a status, differ", () => {
    const before = csv("A-1,Read,mira,done,P1,M1,,4,,", "A-2,Write,mira,todo,P1,M1,,2,,");
    const after = csv("A-2,Write,mira,todo,P1,M1,,2,,", "A-1,Read,mira,completed,P1,M1,,4,,");

    expect(meanings({ "a.csv": before }, { "a.csv": after })).toEqual([{ ...nothing, path: "a.csv" }]);
  });

  test("tasks that go to another file where both edits come together, and none where the title is another one", () => {
    const [one, two] = ["A-1,Read,mira,todo,P1,M1,,4,,", "A-2,Write,mira,todo,P1,M1,,2,,"];
    const after = csv(one, "A-2,Something else,mira,todo,P1,M1,,2,,");

    expect(meanings({ "a.csv": csv(one, two) }, { "a.csv": null, "b.csv": after })).toEqual([
      { ...nothing, path: "a.csv", gone: true, removed: ["A-2"], moved: [{ id: "A-1", from: "a.csv", to: "b.csv" }], hours: -6 },
      { ...nothing, path: "b.csv", added: ["A-2"], moved: [{ id: "A-1", from: "a.csv", to: "b.csv" }], hours: 6 },
    ]);
  });
});
