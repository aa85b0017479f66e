import { describe, expect, test } from "vitest";
import { readPlan } from "../plan/read-plan.ts";
import type { PlannedTask } from "../words.ts";
import { nextOf, orderOfWork } from "./next.ts";

/** The tasks of a plan written in one line each: `A-1 todo P1 after A-2`. */
function tasks(...rows: readonly string[]): readonly PlannedTask[] {
  const lines = rows.map((row) => {
    const [, id, status, rest = ""] = /^(\S+) (\S+)(.*)$/.exec(row) ?? [];
    const of = (word: string): string => new RegExp(`${word} (\\S+)`).exec(rest)?.[1] ?? "";
    const priority = /\bP\d\b/.exec(rest)?.[0] ?? "";
    return `{id: ${id}, title: The ${id}, status: ${status}, priority: "${priority}", depends_on: "${of("after")}", parent: "${of("of")}", due: "${of("due")}", owner: "${of("by")}", optional: ${rest.includes("optional")}}`;
  });
  const { plan } = readPlan({ path: "plan.yaml", text: `tasks:\n${lines.map((line) => `  - ${line}\n`).join("")}`, named: true });
  return plan?.tasks ?? [];
}

const ids = (some: readonly { readonly task: PlannedTask }[]): readonly string[] => some.map(({ task }) => task.id);
const waits = (some: readonly { readonly task: PlannedTask; readonly waitsFor: readonly PlannedTask[] }[]): readonly string[] =>
  some.map(({ task, waitsFor }) => `${task.id} for ${waitsFor.map(({ id }) => id).join(" ")}`);

describe("what is next", () => {
  test("priority ranks first, then how many tasks wait, then the date, then the order of the file", () => {
    const plan = tasks(
      "A todo",
      "B todo due 2026-05-01",
      "C todo due 2026-01-01",
      "D todo",
      "E todo P2",
      "F todo P1",
      "G todo after D",
      "H todo after G",
      "I todo P0 optional",
    );

    expect(ids(nextOf(plan).ready)).toEqual(["F", "E", "D", "C", "B", "A", "I"]);
    expect(nextOf(plan).ready.map(({ because }) => because.join(", "))).toEqual([
      "P1",
      "P2",
      "2 tasks wait for it",
      "due 2026-01-01",
      "due 2026-05-01",
      "by its place in the plan",
      "P0, may be left undone",
    ]);
  });

  test("what waits is told apart from what is blocked and what has begun", () => {
    const next = nextOf(tasks("A done", "B todo after A", "C todo after B,D", "D blocked", "E doing", "F deferred", "G todo after F"));

    expect(ids(next.ready)).toEqual(["B", "G"]);
    expect(ids(next.started)).toEqual(["E"]);
    expect(waits(next.waiting)).toEqual(["C for B D"]);
    expect(waits(next.blocked)).toEqual(["D for "]);
  });

  test("a task with open parts is worked on through them, and they wait for what it waits for", () => {
    const next = nextOf(
      tasks("A todo", "B todo after A", "B1 todo of B", "C todo", "C1 todo of C", "C2 done of C", "D todo", "D1 todo of D optional"),
    );

    expect(ids(next.ready)).toEqual(["A", "C1", "D", "D1"]);
    expect(waits(next.waiting)).toEqual(["B for A B1", "B1 for A", "C for C1"]);
  });

  test("a part that depends on its own whole does not wait for ever", () => {
    expect(ids(nextOf(tasks("A todo", "A1 todo after A of A")).ready)).toEqual(["A1"]);
  });

  test("an owner sees only what is theirs, ranked by all that waits for it", () => {
    const next = nextOf(
      tasks("A todo by Ann", "B todo by bob", "C todo after B by cy", "D todo by bob,ann", "E todo after A by ann"),
      "ann",
    );

    expect(ids(next.ready)).toEqual(["A", "D"]);
    expect(waits(next.waiting)).toEqual(["E for A"]);
  });

  test("nothing in a circle is ready, and nothing is said twice", () => {
    const next = nextOf(tasks("A todo after B", "B todo after A", "C todo after C"));

    expect(ids(next.ready)).toEqual(["C"]);
    expect(waits(next.waiting)).toEqual(["A for B", "B for A"]);
  });
});

describe("the order of work", () => {
  const order = (...rows: readonly string[]): readonly string[] => orderOfWork(tasks(...rows)).map(({ id }) => id);

  test("each task comes after what it waits for, the best of what is ready first", () => {
    expect(order("A todo after C", "B todo P1 after A", "C todo", "D todo P0", "E done", "F doing P3")).toEqual(["F", "D", "C", "A", "B"]);
  });

  test("wholes come after their parts", () => {
    expect(order("A todo", "A1 todo of A", "A2 todo of A after A1", "B todo after A")).toEqual(["A1", "A2", "A", "B"]);
  });

  test("what is blocked, what waits for it and what waits in a circle are left out", () => {
    expect(order("A blocked", "B todo after A", "C todo after D", "D todo after C", "E todo")).toEqual(["E"]);
  });
});
