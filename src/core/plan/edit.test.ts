import { expect, test } from "vitest";
import type { Change } from "./change.ts";
import { editPlan } from "./edit.ts";
import { largestPlan } from "./read-plan.ts";

const plan = "id,task,status,owner\nA-1,One,todo,ann\n";
const done = (path: string): Change => ({ kind: "set", scope: path, token: "A-1", to: { status: "completed" } });

test("what is no plan is left as it is, and every change says why it is not written", () => {
  for (const [text, because] of [
    [`${plan}\0`, "it is not text"],
    [plan.padEnd(largestPlan + 1, " "), "it is larger than 20 MB"],
    ["just words\n", "no table, list or heading in it gives tasks with ids"],
  ] as const) {
    const edited = editPlan({ path: "notes.txt", text, named: true }, [done("notes.txt")]);

    expect(edited.text === text).toBe(true);
    expect(edited.problems).toMatchObject([{ code: "cannot-write", path: "notes.txt", message: expect.stringContaining(because) }]);
  }
});

test("a byte order mark stays in front", () => {
  const edited = editPlan({ path: "plan.csv", text: `\uFEFF${plan}` }, [done("plan.csv")]);

  expect(edited.text).toBe(`\uFEFF${plan.replace("todo", "completed")}`);
});
