import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { yamlSamples } from "../../../../test/yaml-samples.ts";
import type { Change } from "../change.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";

describe("nonsense", () => {
  const pieces = fc.oneof(
    fc.constantFrom(
      "tasks:",
      "  - id: A\n",
      "    title: x\n",
      "status: done",
      "- ",
      "? ",
      ": ",
      "{",
      "}",
      "[",
      "]",
      ",",
      "&a ",
      "*a",
      "!t ",
      "<<: ",
      "|\n",
      ">\n",
      "\t",
      "---\n",
      "...\n",
      "%YAML 1.1\n",
      "#",
      '"',
      "'",
      "\n",
      "\r\n",
      "  ",
      "development_status:\n",
      "steps:",
      "\u0000",
      "\uFEFF",
      "\u2028",
    ),
    fc.string({ unit: "binary", maxLength: 10 }),
  );
  const nonsense = fc.oneof(
    fc.array(pieces, { maxLength: 60 }).map((some) => some.join("")),
    fc
      .tuple(fc.constantFrom(...Object.values(yamlSamples)), fc.array(fc.tuple(fc.nat(2000), fc.nat(30), pieces), { maxLength: 5 }))
      .map(([text, cuts]) => cuts.reduce((cut, [at, length, piece]) => cut.slice(0, at) + piece + cut.slice(at + length), text)),
  );

  test("is read without a fault, and edited without one", () => {
    fc.assert(
      fc.property(nonsense, fc.constantFrom("plan.yaml", "sprint-status.yml", "plan"), (text, name) => {
        const { plan } = readPlan({ path: name, text, named: true });
        const token = plan?.tasks[0]?.token ?? "A";
        const changes: readonly Change[] = [
          { kind: "set", scope: name, token, to: { status: "completed", owner: "ann", notes: "so: it is" } },
          { kind: "add", scope: name, task: { id: "N-1", title: "New" }, after: plan?.tasks[1]?.token ?? null },
        ];
        expect(editPlan({ path: name, text, named: true }, []).text).toBe(text);
        editPlan({ path: name, text, named: true }, changes);
      }),
      { numRuns: 500 },
    );
  });
});

describe("what is too much", () => {
  // The worst texts of 5 MB that are known, errors side by side and directives without end, take the reader 2 s of computing; those here less.
  const much: readonly (readonly [string, string, string])[] = [
    ["a file of more than 8 MB", `tasks:\n${"# so it goes\n".repeat(700_000)}`, "too-large"],
    ["a line of 10 MB", `tasks: [${"x".repeat(10_000_000)}]`, "too-large"],
    ["half a million words", `tasks:\n${"- a\n".repeat(250_000)}`, "too-large"],
    ["brackets without end", `tasks: ${"[".repeat(100_000)}`, "yaml-syntax"],
    ["lists in lists in one line", `tasks:\n${"- ".repeat(10_000)}a`, "yaml-syntax"],
    ["maps in maps", `tasks:\n${Array.from({ length: 200 }, (_, depth) => `${" ".repeat(depth + 1)}a:\n`).join("")}`, "yaml-syntax"],
    ["a tab that indents", "tasks:\n\t- id: A\n", "yaml-syntax"],
    ["a quote without its end", 'tasks:\n  - id: "A\n    title: x\n', "yaml-syntax"],
  ];

  test.each(much)("%s is refused", (_, text, code) => {
    expect(readPlan({ path: "tasks.yaml", text, named: true })).toMatchObject({ plan: null, problems: [{ code }] });
  });

  test("a bomb of aliases is looked at, and not set off", () => {
    const layers = Array.from({ length: 20 }, (_, depth) => `l${depth + 1}: &l${depth + 1} [${`*l${depth}, `.repeat(9)}*l${depth}]\n`).join(
      "",
    );
    const text = `l0: &l0 [x, y]\n${layers}tasks:\n  - id: A\n    title: One\n    status: todo\n    notes: *l20\n    owner: *l0\n`;

    expect(readPlan({ path: "tasks.yaml", text }).plan?.tasks).toMatchObject([{ id: "A", owner: "x, y", notes: null }]);
  });

  test("an alias of itself and one of nothing say nothing", () => {
    const text = "tasks: &all\n  - id: A\n    title: One\n    status: todo\n    related: *all\n    owner: *nobody\n";

    expect(readPlan({ path: "tasks.yaml", text }).plan?.tasks).toMatchObject([{ id: "A", owner: null, extra: {} }]);
  });
});
