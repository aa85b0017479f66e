import fc from "fast-check";
import { expect, test } from "vitest";
import { bar, ganttSection } from "../../../test/diagrams.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { offences, tablesOf } from "../../../test/markdown.ts";
import { diagramIn, drawn } from "../../../test/mermaid.ts";
import { anyText, nastyTexts } from "../../../test/nasty.ts";
import { web } from "../../../test/sample-plan.ts";
import type { GanttBar, GanttView } from "./diagram-views.ts";
import { mostBars, renderGantt } from "./gantt.ts";

async function ganttOf(text: string) {
  const read = await drawn(diagramIn(text));
  if (read.kind !== "gantt") throw new Error("this is no gantt chart");
  return read;
}

const sample: GanttView = {
  sections: [
    ganttSection(
      "M1 Login works",
      [
        bar("AUTH-002", "2026-01-12", "2026-01-16", { title: "Register endpoint and password hashing", standing: "completed" }),
        bar("AUTH-001", "2026-01-05", "2026-01-09", { title: "Design auth data model", standing: "completed" }),
        bar("AUTH-005", "2026-01-19", "2026-01-27", { title: "CSRF and rate-limit tests", standing: "in-progress", critical: true }),
      ],
      { due: "2026-02-01" },
    ),
    ganttSection(
      "M2 Beta",
      [
        bar("ORG-006", "2026-01-28", "2026-02-06", { title: "Org model and memberships", critical: true }),
        bar("ORG-007", "2026-02-09", "2026-02-20", { title: "CRUD for /orgs and members", standing: "waiting", critical: true }),
        bar("FE-004", "2026-01-28", "2026-02-04", { title: "Login page and form", standing: "waiting" }),
        bar("FE-009", null, null, { title: "Ideas" }),
      ],
      { due: "2026-03-01" },
    ),
    ganttSection(
      "M3 Launch",
      [
        bar("DEVOPS-035", "2026-02-23", "2026-03-06", { title: "Deploy to production", standing: "blocked" }),
        bar("OBS-036", "2026-03-20", "2026-03-09", { title: "Dashboards and alerts", standing: "waiting" }),
      ],
      { due: "2026-04-15" },
    ),
    ganttSection("", [bar("OPS-001", "2026-01-05", "2026-03-31", { title: "Weekly dependency updates", standing: "in-progress" })]),
  ],
};

test("the chart shows milestones, their tasks from start to end, and the same as a table", async () => {
  const text = renderGantt(sample);

  matchesGolden("render/gantt-typical.md", `${text}\n`);
  expect(offences(text, web)).toEqual([]);
  const { sections, lines } = await ganttOf(text);
  expect(sections).toEqual(["1. M1 Login works", "2. M2 Beta", "3. M3 Launch", "4. Other tasks"]);
  expect(lines.map((line) => [line.text, line.start, line.flags.join(" ")])).toEqual([
    ["✓ AUTH-001 Design auth data model", "2026-01-05", "done"],
    ["✓ AUTH-002 Register endpoint and password hashing", "2026-01-12", "done"],
    ["►★ AUTH-005 CSRF and rate-limit tests", "2026-01-19", "crit"],
    ["◆ M1 Login works", "2026-02-01", "milestone"],
    ["○★ ORG-006 Org model and memberships", "2026-01-28", "crit"],
    ["‖ FE-004 Login page and form", "2026-01-28", ""],
    ["‖★ ORG-007 CRUD for /orgs and members", "2026-02-09", "crit"],
    ["◆ M2 Beta", "2026-03-01", "milestone"],
    ["✕ DEVOPS-035 Deploy to production", "2026-02-23", ""],
    ["◆ M3 Launch", "2026-04-15", "milestone"],
    ["► OPS-001 Weekly dependency updates", "2026-01-05", ""],
  ]);
  expect(tablesOf(text)[0]?.children).toHaveLength(lines.length + 1);
});

test("of much that is done, what was done last is drawn where there is room", () => {
  const done = (id: string, end: string) => bar(id, "2026-01-01", end, { standing: "completed" });
  const days = Array.from({ length: 60 }, (_, i) =>
    done(`D-${i + 1}`, `2026-0${1 + Math.floor(i / 20)}-${String((i % 20) + 1).padStart(2, "0")}`),
  );
  const text = renderGantt({ sections: [ganttSection("M", [...days, bar("A-1", "2026-04-01", "2026-04-02")])] });

  expect(text).toContain("○ A-1");
  expect(text).toContain("✓ D-60 ");
  expect(text).not.toContain("✓ D-21 ");
  expect(text).toContain("Not drawn: 21 more tasks.");
});

test("a chart of more than a year names the years", () => {
  const until = (end: string): string => renderGantt({ sections: [ganttSection("M", [bar("A-1", "2026-02-28", end)])] });

  expect(until("2027-02-28")).toContain("axisFormat %b %d\n");
  expect(until("2027-03-01")).toContain("axisFormat %b %Y\n");
});

test("a task lasts through its last day", async () => {
  const { lines } = await ganttOf(renderGantt({ sections: [ganttSection("M", [bar("A-1", "2026-01-05", "2026-01-05")])] }));

  expect(lines).toMatchObject([{ start: "2026-01-05", end: "2026-01-06" }]);
});

test("a milestone that was reached is drawn as done, also one without dated tasks", async () => {
  const text = renderGantt({ sections: [ganttSection("Alpha", [], { due: "2026-01-31", reached: true })] });

  expect((await ganttOf(text)).lines).toMatchObject([
    { text: "◆✓ Alpha", start: "2026-01-31", end: "2026-01-31", flags: ["done", "milestone"] },
  ]);
  expect(text).toContain("\n◆✓ reached.\n");
  expect(text).toContain("| ◆✓ Alpha | reached | 2026-01-31 |");
});

test("what has no dates, or dates that cannot be, is counted and not drawn", async () => {
  const wrong: readonly (readonly [string | null, string | null])[] = [
    ["2026-02-30", "2026-03-02"],
    ["2026-03-02", "2026-02-28"],
    ["0202-01-01", "2026-01-01"],
    ["2026-01-01", "20260-01-01"],
    ["2026-1-1", "2026-01-02"],
    ["after b1", "2026-01-02"],
    ["2026-01-01", "7d"],
    ["2026-01-01\n  click b1", "2026-01-02"],
    ["", "2026-01-02"],
    [null, "2026-01-02"],
    ["2026-01-02", null],
  ];
  const bars = wrong.map(([start, end], at) => bar(`W-${at}`, start, end));
  const text = renderGantt({
    sections: [ganttSection("M", [...bars, bar("A-1", "2026-01-05", "2026-01-06")], { due: "soon" }), ganttSection("N", [], { due: null })],
  });

  expect((await ganttOf(text)).lines.map((line) => line.text)).toEqual(["○ A-1 Task A-1"]);
  expect(text).toContain("Not drawn: 2 tasks without dates, 9 tasks with impossible dates and 1 milestone with an impossible date.");
});

test("where no date can be drawn there is no chart", () => {
  expect(renderGantt({ sections: [] })).toBe("");
  expect(renderGantt({ sections: [ganttSection("M", [bar("A-1", null, "2026-01-02")], { due: "never" })] })).toBe("");
});

test("a long plan shows what is under way first, then what comes next, then what was done last", async () => {
  const day = (at: number): string => `2026-0${1 + Math.floor(at / 28)}-${String((at % 28) + 1).padStart(2, "0")}`;
  const many = (name: string, change: Partial<GanttBar>): readonly GanttBar[] =>
    Array.from({ length: 30 }, (_, at) => bar(`${name}-${at}`, day(at), day(at + 5), change));
  const text = renderGantt({
    sections: [
      ganttSection("Old", [...many("OLD", { standing: "completed" }), ...many("NEXT", {})], { due: "2026-02-01", reached: true }),
      ganttSection("Now", many("NOW", { standing: "in-progress" }).slice(0, 5), { due: "2026-03-01" }),
    ],
  });
  const { lines } = await ganttOf(text);

  expect(lines).toHaveLength(mostBars);
  expect(lines.filter(({ flags }) => flags.includes("milestone"))).toHaveLength(2);
  expect(lines.filter((line) => line.text.includes("NOW"))).toHaveLength(5);
  expect(lines.filter((line) => line.text.includes("NEXT"))).toHaveLength(30);
  expect(lines.filter((line) => line.text.includes("OLD")).map((line) => line.start)).toEqual(["2026-01-28", "2026-02-01", "2026-02-02"]);
  expect(text).toContain("Not drawn: 27 more tasks.");
  const few = renderGantt({ sections: [ganttSection("Old", many("OLD", {})), ganttSection("New", [], { due: "2026-02-01" })] }, 3);
  expect((await ganttOf(few)).lines.map((line) => line.text)).toEqual(["○ OLD-0 Task OLD-0", "○ OLD-1 Task OLD-1", "◆ New"]);
});

test("sections of one name, or named like a number or a part of JavaScript, stay apart and in order", async () => {
  const names = ["2", "1", "Beta", "Beta", "__proto__", "constructor"];
  const { sections, lines } = await ganttOf(
    renderGantt({ sections: names.map((name, at) => ganttSection(name, [bar(`A-${at}`, "2026-01-05", "2026-01-06")])) }),
  );

  expect(sections).toEqual(names.map((name, at) => `${at + 1}. ${name}`));
  expect(lines.map(({ section }) => section)).toEqual(sections);
});

test("the largest chart stays below the 50 000 characters that GitHub draws", async () => {
  for (const name of ["_".repeat(5000), "👩‍👩‍👧‍👦".repeat(500), "漢".repeat(5000)]) {
    const bars = Array.from({ length: 3 * mostBars }, () =>
      bar(name, "2026-01-05", "2026-01-06", { title: name, standing: "in-progress", critical: true }),
    );
    const text = renderGantt({ sections: bars.map((one) => ganttSection(name, [one], { due: "2026-01-05" })) });

    expect(diagramIn(text).length).toBeLessThan(50_000);
    expect((await ganttOf(text)).lines).toHaveLength(mostBars);
  }
});

test("nasty names are shown as written", async () => {
  const sections = nastyTexts.map((text) =>
    ganttSection(text, [bar(text, "2026-01-05", "2026-01-06", { title: text })], { due: "2026-01-06" }),
  );
  const text = renderGantt({ sections: sections.slice(0, 12) });

  matchesGolden("render/gantt-nasty.md", `${text}\n`);
  expect(offences(text, web)).toEqual([]);
  expect((await ganttOf(text)).lines).toHaveLength(24);
});

test("whatever people write, Mermaid draws every task shown and the page mentions nobody", { timeout: 120_000 }, async () => {
  const anyDay = fc.oneof(fc.constant("2026-01-05"), fc.constant("2026-03-31"), anyText, fc.constant(null));
  const anyBar = fc.record({
    id: anyText,
    title: anyText,
    url: fc.oneof(
      fc.constant(null),
      anyText.map((text) => `nowhere ${text}`),
      anyText.map((path) => `${web}/${path}`),
    ),
    critical: fc.boolean(),
    start: anyDay,
    end: anyDay,
    standing: fc.constantFrom("completed", "in-progress", "blocked", "ready", "waiting"),
  });
  const anySection = fc.record({ title: anyText, due: anyDay, reached: fc.boolean(), bars: fc.array(anyBar, { maxLength: 5 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(anySection, { maxLength: 5 }), async (sections) => {
      const text = renderGantt({ sections });
      const valid = (day: string | null): day is string => day === "2026-01-05" || day === "2026-03-31";
      const bars = sections.flatMap((section) =>
        section.bars.filter(({ start, end }) => valid(start) && valid(end) && start <= end),
      ).length;
      const dues = sections.filter(({ due }) => valid(due)).length;
      if (bars + dues === 0) {
        expect(text).toBe("");
        return;
      }
      expect(offences(text, web)).toEqual([]);
      expect(diagramIn(text)).not.toMatch(/[<>"]|@\w|#\d|%%/);
      expect((await ganttOf(text)).lines).toHaveLength(bars + dues);
      expect(tablesOf(text).map(({ children }) => children.length)).toEqual([bars + dues + 1]);
    }),
    { numRuns: 80 },
  );
});
