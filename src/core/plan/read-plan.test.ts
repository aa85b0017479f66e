import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { largestPlan, readPlan } from "./read-plan.ts";

const severities = (text: string, named: boolean): readonly string[] =>
  readPlan({ path: "p.md", text, named }).problems.map(({ severity }) => severity);

test("a file beyond 20 MB is refused before anything is read", () => {
  const text = `id,task,status\n${"é".repeat(largestPlan / 2)}`;
  const reading = readPlan({ path: "plan.csv", text, named: true });

  expect(reading).toMatchObject({ plan: null, problems: [{ code: "too-large", severity: "error", line: 1, column: 1 }] });
});

test("a file that is not text is no plan", () => {
  expect(readPlan({ path: "plan.csv", text: "id,task\n\0", named: true })).toMatchObject({
    plan: null,
    problems: [{ code: "not-a-plan", line: 2 }],
  });
});

test("bytes that were not UTF-8 are told of", () => {
  const text = "id,task,status\nA-1,caf\uFFFD,todo\n";

  expect(readPlan({ path: "plan.csv", text }).problems).toMatchObject([{ code: "not-utf8", line: 2, column: 8 }]);
});

test("damaged signs are told of with the line as it would read, and the tasks are still read", () => {
  const reading = readPlan({ path: "plan.csv", text: "id,task,status\nA-1,Plan â€” phase 1,todo\n" });

  expect(reading.plan?.tasks).toHaveLength(1);
  expect(reading.problems).toMatchObject([{ code: "mojibake", line: 2, column: 10, suggestion: "A-1,Plan — phase 1,todo" }]);
});

test("problems come in the order of their places", () => {
  const text = "id,task,status,depends_on\nA-1,One,cooking,A-2\nA-2,Two,done,A-1\nA-1,Three,todo,A-9\n";

  expect(readPlan({ path: "plan.csv", text }).problems.map(({ line, code }) => `${line} ${code}`)).toEqual([
    "2 unknown-status",
    "2 dependency-cycle",
    "3 done-before-dependency",
    "4 duplicate-id",
  ]);
});

test("a circle is told of with all who wait in it", () => {
  const text = "id,task,status,depends_on\nA-1,One,todo,A-3\nA-2,Two,todo,A-1\nA-3,Three,todo,A-2\nA-4,Four,todo,A-4\n";
  const circles = readPlan({ path: "plan.csv", text }).problems.filter(({ code }) => code === "dependency-cycle");

  expect(circles.map(({ line, message }) => `${line} ${message}`)).toEqual([
    "2 these wait for each other: A-1 → A-3 → A-2 → A-1",
    "5 A-4 waits for itself",
  ]);
});

test("ids that differ by case and padding alone are one id, and both spellings are named", () => {
  const { plan, problems } = readPlan({ path: "plan.csv", text: "id,task,status\nAUTH-005,One,todo\nauth-5,Two,done\n" });

  expect(plan?.tasks).toHaveLength(1);
  expect(problems[0]?.message).toBe(
    "“auth-5” on line 3 stands already on line 2 as “AUTH-005”; it is todo there and completed here. The first row counts",
  );
});

test("a chain of 100 000 tasks is no circle, and a ring of them is one", { timeout: 60_000 }, () => {
  const rows = (ring: boolean): string =>
    Array.from({ length: 100_000 }, (_, n) => `A-${n},Item,todo,${n > 0 ? `A-${n - 1}` : ring ? "A-99999" : ""}\n`).join("");
  const codes = (ring: boolean): readonly string[] =>
    readPlan({ path: "plan.csv", text: `id,task,status,depends_on\n${rows(ring)}` }).problems.map(({ code }) => code);

  expect(codes(false)).toEqual([]);
  expect(codes(true)).toEqual(["dependency-cycle"]);
});

test("dependencies on 100 000 ids that do not exist are told of without comparing all with all", () => {
  const rows = Array.from({ length: 50_000 }, (_, n) => `A-${n},Item,todo,B-${n} A-9${n}\n`).join("");
  const { problems } = readPlan({ path: "plan.csv", text: `id,task,status,depends_on\n${rows}` });

  expect(problems.filter(({ code }) => code === "dangling-dependency")).toHaveLength(201);
});

describe("any text", () => {
  const csvPieces = [
    "id",
    "task",
    "status",
    ",",
    ";",
    "\n",
    "\r\n",
    '"',
    "#",
    "A-1",
    "A-2",
    "todo",
    "done",
    "⬜",
    "depends_on",
    "2025-01-01",
    " ",
    "\t",
    "â€”",
    "\uFFFD",
    "\uD800",
  ];
  const markdownPieces = [
    "| ",
    " |",
    "\n",
    "\n\n",
    "ID",
    "Task",
    "Status",
    "|--|--|--|\n",
    "- [ ] ",
    "- [x] ",
    "  ",
    "A-1",
    "**",
    "`",
    "```",
    "~~~",
    "> ",
    "# ",
    "Phase 1",
    "Done",
    "1. ",
    "(Target: 2025-01-01)",
    "M1 (2025-01-01): x",
    "<!-- PLAN:BEGIN -->\n",
    "<!-- PLAN:END -->\n",
    "<!--",
    "-->",
    "Task 1 — x",
    "- ID: T1\n",
    "- Status: Done\n",
    "[",
    "](",
    "<b>",
    "&amp;",
    "\\",
    "\t",
    "\u2028",
  ];
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    ...[csvPieces, markdownPieces].map((pieces) => fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(""))),
  );

  test.each(["plan.csv", "PLAN.md", "plan"])("in %s gives a plan or a refusal, and never an exception", (path) => {
    fc.assert(
      fc.property(texts, fc.boolean(), (text, named) => {
        const { plan, problems, because } = readPlan({ path, text, named });
        const lines = text.split(/\r\n|\r|\n/);

        expect(because).not.toBe("");
        expect(new Set(plan?.tasks.map(({ token }) => token)).size).toBe(plan?.tasks.length ?? 0);
        expect(plan !== null || !named || problems.length > 0).toBe(true);
        expect(problems.every(({ line, column }) => line >= 1 && line <= lines.length && column >= 1)).toBe(true);
        expect(
          plan?.tasks.every(
            ({ line, dependencies }) =>
              line <= lines.length && dependencies.every((token) => plan.tasks.some((task) => task.token === token)),
          ) ?? true,
        ).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test("that nobody calls a plan is never an error unless it is one", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { plan, problems } = readPlan({ path: "PLAN.md", text });

        expect(plan !== null || problems.every(({ severity }) => severity !== "error")).toBe(true);
      }),
    );
  });
});

test("what nobody named cannot fail a check, what somebody named can", () => {
  const text = "| Task | Status |\n|--|--|\n";

  expect([severities(text, false), severities(text, true)]).toEqual([["warning"], ["error"]]);
});
