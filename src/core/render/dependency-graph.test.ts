import fc from "fast-check";
import { expect, test } from "vitest";
import { waiting } from "../../../test/diagrams.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { offences, tablesOf } from "../../../test/markdown.ts";
import { diagramIn, drawn } from "../../../test/mermaid.ts";
import { anyText, nastyTexts } from "../../../test/nasty.ts";
import { web } from "../../../test/sample-plan.ts";
import { mostNodes, renderDependencyGraph } from "./dependency-graph.ts";
import type { GraphTask } from "./diagram-views.ts";
import { mostArrows } from "./graph-arrows.ts";

async function graphOf(text: string) {
  const read = await drawn(diagramIn(text));
  if (read.kind !== "flowchart") throw new Error("this is no flowchart");
  return read;
}

const namesIn = async (text: string): Promise<readonly string[]> =>
  (await graphOf(text)).nodes.map((node) => node.text.replace(/^\S+ (\S+) .*$/, "$1"));

const sample: readonly GraphTask[] = [
  waiting("AUTH-005", [], {
    title: "CSRF and rate-limit tests",
    standing: "in-progress",
    critical: true,
    holdsUp: { tasks: 3, hours: 21 },
  }),
  waiting("ORG-006", [], { title: "Org model and memberships", holdsUp: { tasks: 1, hours: 8 } }),
  waiting("ORG-007", ["ORG-006", "AUTH-005"], { title: "CRUD for /orgs and members", critical: true }),
  waiting("FE-004", ["AUTH-005"], { title: "Login page and form", holdsUp: { tasks: 1, hours: 0 } }),
  waiting("FE-005", ["FE-004", "AUTH-005", "AUTH-002"], { title: "Remember me" }),
  waiting("DEVOPS-035", [], { title: "Deploy to production", standing: "blocked", holdsUp: { tasks: 1, hours: 0 } }),
  waiting("OBS-036", ["DEVOPS-035"], { title: "Dashboards and alerts" }),
  waiting("DOC-001", [], { title: "Write the guide" }),
];

test("the graph shows what waits for what around the critical path and the blockers, and the same as a table", async () => {
  const text = renderDependencyGraph({ tasks: sample });

  matchesGolden("render/dependency-graph-typical.md", `${text}\n`);
  expect(offences(text, web)).toEqual([]);
  const { nodes, arrows } = await graphOf(text);
  expect(nodes.map((node) => [node.id, node.text, node.shape, node.classes.join(" ")])).toEqual([
    ["n1", "►★ AUTH-005 CSRF and rate-limit tests", "subroutine", "in-progress critical"],
    ["n2", "○ ORG-006 Org model and memberships", "stadium", "ready"],
    ["n3", "‖★ ORG-007 CRUD for /orgs and members", "square", "waiting critical"],
    ["n4", "‖ FE-004 Login page and form", "square", "waiting"],
    ["n5", "‖ FE-005 Remember me", "square", "waiting"],
    ["n6", "✕ DEVOPS-035 Deploy to production", "hexagon", "blocked"],
    ["n7", "‖ OBS-036 Dashboards and alerts", "square", "waiting"],
  ]);
  expect(arrows).toEqual([
    ["n1", "n3"],
    ["n1", "n4"],
    ["n2", "n3"],
    ["n4", "n5"],
    ["n6", "n7"],
  ]);
  expect(tablesOf(text)[0]?.children).toHaveLength(nodes.length + 1);
  expect(text).toContain("Not drawn: 1 more open task.");
});

test("without anything that waits there is no graph", () => {
  expect(renderDependencyGraph({ tasks: [] })).toBe("");
  expect(renderDependencyGraph({ tasks: [waiting("A-1"), waiting("A-2", ["A-2", "A-9"], { critical: true })] })).toBe("");
});

test("of a large plan the tasks nearest to the critical and blocked ones are drawn", async () => {
  const chain = Array.from({ length: 200 }, (_, at) => waiting(`A-${at}`, at === 0 ? [] : [`A-${at - 1}`], { critical: at === 100 }));
  const text = renderDependencyGraph({ tasks: chain });

  expect(await namesIn(text)).toEqual(chain.slice(70, 130).map(({ id }) => id));
  expect(text).toContain("Not drawn: 140 more open tasks.");
  expect(await namesIn(renderDependencyGraph({ tasks: chain }, 3))).toEqual(["A-99", "A-100", "A-101"]);
});

test("where there is no room for all blockers, those that hold up most hours come first, then most tasks, then the plan's order; and with them what they touch", async () => {
  const blocked = (id: string, hours: number, behind: number): GraphTask =>
    waiting(id, [`${id}-1`], { standing: "blocked", holdsUp: { tasks: behind, hours } });
  const blockers = [blocked("A", 1, 9), blocked("B", 5, 1), blocked("C", 1, 8), blocked("D", 1, 9), blocked("E", 0, 0), blocked("F", 0, 0)];
  const tasks = [...blockers, ...blockers.map(({ id }) => waiting(`${id}-1`))];

  expect(await namesIn(renderDependencyGraph({ tasks }, 2))).toEqual(["B", "B-1"]);
  expect(await namesIn(renderDependencyGraph({ tasks }, 3))).toEqual(["A", "B", "B-1"]);
  expect(await namesIn(renderDependencyGraph({ tasks }, 5))).toEqual(["A", "B", "D", "A-1", "B-1"]);
});

test("where nothing is critical or blocked, what holds up most is drawn, and tasks without neighbours are not", async () => {
  const tasks = [
    waiting("A"),
    waiting("B", ["C"]),
    waiting("C", [], { holdsUp: { tasks: 1, hours: 3 } }),
    waiting("D", ["E"]),
    waiting("E"),
  ];

  expect(await namesIn(renderDependencyGraph({ tasks }, 3))).toEqual(["B", "C", "D"]);
  expect(await namesIn(renderDependencyGraph({ tasks }))).toEqual(["B", "C", "D", "E"]);
});

test("tasks that wait for each other in a circle are all drawn", async () => {
  const { nodes, arrows } = await graphOf(
    renderDependencyGraph({ tasks: [waiting("A", ["C"]), waiting("B", ["A"]), waiting("C", ["B"]), waiting("D", ["D", "A"])] }),
  );

  expect(nodes).toHaveLength(4);
  expect(arrows).toEqual([
    ["n1", "n2"],
    ["n1", "n4"],
    ["n2", "n3"],
    ["n3", "n1"],
  ]);
});

test("two tasks of different scopes that share an id stay two", async () => {
  const text = renderDependencyGraph({ tasks: [waiting("T-1", [], { key: "a#T-1" }), waiting("T-1", ["a#T-1"], { key: "b#T-1" })] });

  expect((await graphOf(text)).arrows).toEqual([["n1", "n2"]]);
});

test("the largest graph stays below the 50 000 characters and 500 arrows that GitHub draws", async () => {
  for (const name of ["_".repeat(5000), "👩‍👩‍👧‍👦".repeat(500), "漢".repeat(5000)]) {
    const tasks = Array.from({ length: 3 * mostNodes }, (_, at) =>
      waiting(name, at < 30 ? [] : Array.from({ length: 30 }, (_, first) => `${first}`), {
        key: `${at}`,
        title: name,
        critical: true,
        holdsUp: { tasks: 200 - at, hours: 0 },
      }),
    );
    const text = renderDependencyGraph({ tasks });
    const { nodes, arrows } = await graphOf(text);

    expect(diagramIn(text).length).toBeLessThan(50_000);
    expect(nodes).toHaveLength(mostNodes);
    expect(arrows).toHaveLength(mostArrows);
    expect(text).toContain("Not drawn: 120 more open tasks and 600 more arrows.");
  }
});

test("the same tasks give the same graph", () => {
  expect(renderDependencyGraph({ tasks: sample })).toBe(renderDependencyGraph({ tasks: structuredClone(sample) }));
});

test("its colours can be read on GitHub's white page and on its dark one", () => {
  const text = renderDependencyGraph({ tasks: sample });
  const styles = [...text.matchAll(/classDef \S+ fill:(#\w+),stroke:(#\w+),color:(#\w+)$/gm)];

  expect(styles).toHaveLength(4);
  for (const [, fill = "", stroke = "", color = ""] of styles) {
    expect(contrast(fill, color)).toBeGreaterThan(7);
    expect(contrast(stroke, "#ffffff")).toBeGreaterThan(3);
    expect(contrast(stroke, "#0d1117")).toBeGreaterThan(3);
  }
});

test("nasty names are shown as written", async () => {
  const tasks = nastyTexts.map((text, at) =>
    waiting(text, at === 0 ? [] : [`${at - 1}`], { key: `${at}`, title: text, standing: "blocked" }),
  );
  const text = renderDependencyGraph({ tasks });

  matchesGolden("render/dependency-graph-nasty.md", `${text}\n`);
  expect(offences(text, web)).toEqual([]);
  expect((await graphOf(text)).nodes).toHaveLength(nastyTexts.length);
});

test("whatever people write, Mermaid draws every task shown and the page mentions nobody", { timeout: 120_000 }, async () => {
  const anyTask = fc.record({
    id: anyText,
    title: anyText,
    url: fc.oneof(
      fc.constant(null),
      anyText.map((text) => `nowhere ${text}`),
      anyText.map((path) => `${web}/${path}`),
    ),
    critical: fc.boolean(),
    standing: fc.constantFrom("in-progress", "blocked", "ready", "waiting"),
    waits: fc.array(fc.nat(9), { maxLength: 4 }),
    holdsUp: fc.record({ tasks: fc.nat(9), hours: fc.nat(99) }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyTask, { maxLength: 8 }), async (rows) => {
      const tasks = rows.map(({ waits, ...row }, at): GraphTask => ({ ...row, key: `${at}`, waitsFor: waits.map(String) }));
      const text = renderDependencyGraph({ tasks });
      const pairs = tasks.flatMap(({ key, waitsFor }) =>
        waitsFor.filter((other) => other !== key && Number(other) < tasks.length).map((other) => [key, other]),
      );
      if (pairs.length === 0) {
        expect(text).toBe("");
        return;
      }
      expect(offences(text, web)).toEqual([]);
      expect(namesOf(text).join("\n")).not.toMatch(/[<>`"[\]\\]|@\w|#\d|%%/);
      const { nodes, arrows } = await graphOf(text);
      expect(tablesOf(text).map(({ children }) => children.length)).toEqual([nodes.length + 1]);
      expect(namesOf(text)).toHaveLength(nodes.length);
      expect(diagramIn(text).match(/-->|==>/g)).toHaveLength(arrows.length);
      expect(nodes).toHaveLength(new Set(pairs.flat()).size);
    }),
    { numRuns: 80 },
  );
});

/** What stands between the quotes of the nodes. */
const namesOf = (text: string): readonly string[] => [...diagramIn(text).matchAll(/^ {2}n\d+\W+"(.*)"\W+$/gm)].map(([, name = ""]) => name);

/** WCAG 2.1, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((from) => {
    const part = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
