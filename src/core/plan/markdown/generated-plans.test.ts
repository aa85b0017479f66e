import fc from "fast-check";
import { expect, test } from "vitest";
import type { Status } from "../../words.ts";
import { readPlan } from "../read-plan.ts";
import { sourceOf } from "../source.ts";
import { readMarkdown } from "./read-markdown.ts";

type Task = {
  readonly id: string;
  readonly title: string;
  readonly status: Status;
  readonly owner: string | null;
  readonly due: string | null;
  readonly dependencies: readonly string[];
};
type Drawn = Omit<Task, "id" | "dependencies"> & { readonly waits: boolean; readonly style: number };

const word = fc.stringMatching(/^[A-Za-zäßéЖ漢]{2,9}$/);
const drawn: fc.Arbitrary<Drawn> = fc.record({
  title: fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => `Do ${words.join(" ")} well`),
  status: fc.constantFrom<Status>("todo", "in-progress", "completed", "blocked", "deferred"),
  owner: fc.option(fc.constantFrom("@ann", "@bob-b")),
  due: fc.option(fc.constantFrom("2026-01-02", "2026-12-31")),
  waits: fc.boolean(),
  style: fc.nat(5),
});

const words: Readonly<Record<Status, readonly string[]>> = {
  todo: ["todo", "To Do", "🕐 Planned"],
  "in-progress": ["in-progress", "In Progress", "🚧"],
  completed: ["done", "Completed", "✅ Done"],
  blocked: ["blocked", "On hold", "⛔"],
  deferred: ["deferred", "Cancelled", "won't do"],
};
const boxes: Readonly<Record<Status, string>> = { todo: " ", "in-progress": "~", completed: "x", blocked: "!", deferred: "-" };
const spelt = ({ status, style }: Drawn): string => words[status][style % 3] ?? "";

type Part = { readonly lines: readonly string[]; readonly tasks: readonly Task[] };
type Form = (drawn: readonly Drawn[], prefix: string) => Part;

const tasksOf = (all: readonly Drawn[], prefix: string): readonly Task[] =>
  all.map(({ title, status, owner, due, waits }, index) => ({
    id: `${prefix}-${index + 1}`,
    title,
    status,
    owner,
    due,
    dependencies: waits && index > 0 ? [`${prefix}-${index}`] : [],
  }));

const each = (all: readonly Drawn[], prefix: string, write: (task: Task, one: Drawn) => readonly string[]): Part => {
  const tasks = tasksOf(all, prefix);
  return { tasks, lines: tasks.flatMap((task, index) => write(task, all[index] ?? { ...task, waits: false, style: 0 })) };
};

const tableForm: Form = (all, prefix) => {
  const { tasks, lines } = each(all, prefix, (task, one) => [
    `| **${task.id}** | ${task.title} | ${task.owner ?? "—"} | ${spelt(one)}${" ".repeat(one.style)}|${task.dependencies.join(", ")}| ${task.due ?? ""} |`,
  ]);
  return { tasks, lines: ["| ID | Task | Owner | Status | Depends on | Due |", "|---|:--|---|:-:|---|--:|", ...lines] };
};

const bracketed = ({ owner, due, dependencies }: Task): string =>
  [dependencies.length > 0 ? ` (depends on ${dependencies.join(", ")})` : "", due && ` (due: ${due})`, owner && ` ${owner}`].join("");

const checklistForm: Form = (all, prefix) =>
  each(all, prefix, (task, one) => [
    `- [${boxes[task.status]}] ${[`${task.id}`, `**${task.id}:**`, `\`${task.id}\` —`][one.style % 3]} ${task.title}${bracketed(task)}`,
    ...(one.style > 3 ? ["", "  More about it."] : []),
  ]);

const fields = ({ owner, due, dependencies }: Task, one: Drawn, mark: string): readonly string[] => [
  `${mark}${one.style > 2 ? "**Status:**" : "Status:"} ${spelt(one)}`,
  ...(owner === null ? [] : [`${mark}Owner: ${owner}`]),
  ...(due === null ? [] : [`${mark}Target: ${due}`]),
  ...(dependencies.length === 0 ? [] : [`${mark}Dependencies: ${dependencies.join(" and ")}.`]),
];

const proseForm: Form = (all, prefix) =>
  each(all, prefix, (task, one) => [
    "",
    `${one.style > 2 ? "### " : ""}Task ${task.id.slice(prefix.length + 1)}00 — ${task.title}`,
    "",
    `- ID: ${task.id}`,
    ...fields(task, one, "- "),
    "",
  ]);

const headingForm: Form = (all, prefix) =>
  each(all, prefix, (task, one) => [
    "",
    `### ${one.style % 2 === 0 ? "" : "🎯 "}${task.id}: ${task.title}`,
    "",
    ...fields(task, one, ""),
    "",
  ]);

const forms: Readonly<Record<string, Form>> = { T: tableForm, C: checklistForm, P: proseForm, H: headingForm };
const plan = fc
  .array(fc.record({ form: fc.constantFrom(...Object.keys(forms)), drawn: fc.array(drawn, { minLength: 1, maxLength: 6 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) =>
    parts.flatMap(({ form, drawn: all }, index) => {
      const part = forms[form]?.(all, `GEN${form}${"ABCD"[index]}`);
      return part === undefined ? [] : [{ ...part, lines: [`## Part ${index + 1}`, "", "Some words.", "", ...part.lines, ""] }];
    }),
  );

test.each(["\n", "\r\n"])("what was generated is what is read, with %j", (newline) => {
  fc.assert(
    fc.property(plan, (parts) => {
      const text = ["# Plan", "", ...parts.flatMap(({ lines }) => lines)].join(newline);
      const reading = readPlan({ path: "PLAN.md", text });

      expect(
        reading.plan?.tasks.map(({ id, title, status, owner, due, dependencies }) => ({ id, title, status, owner, due, dependencies })),
      ).toEqual(parts.flatMap(({ tasks }) => tasks));
      expect(reading.problems.filter(({ code }) => code !== "done-before-dependency")).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

const scraps = fc.constantFrom(
  ..."- [ ] |- [x] |* |1. |  - |    |# |## |### |\n|\n\n|\r\n|\r|\\|||**|`|~~|```\n|<!-- PLAN:BEGIN -->\n|<!-- PLAN:END -->\n|<!--|-->|> |[|](|)|(|Status: |**Owner:** |ID: |Task 1 — |Epic 1: |Epic A — |A-1 |A-2|T1|✅ |🔴|📅 2026-01-02|@ann|(depends on A-1)|(optional)|[done]|Done|In Progress|2026-01-02|Phase 1: |M1|\t|é|\u0000|\ud800|__proto__: x|\n| ID | Task | Status |\n|--|--|--|\n"
    .split(/\|(?=[^|\n]|\n)/)
    .concat(["| ID | Task | Status |\n|--|--|--|\n", "| A-1 | x |  |\n", "|"]),
);
const nonsense = fc.oneof(
  fc.array(fc.oneof(scraps, word), { maxLength: 60 }).map((all) => all.join("")),
  fc.string({ unit: "binary", maxLength: 200 }),
);

test("nonsense is read without an error, and all places that are told lie in the text", () => {
  fc.assert(
    fc.property(nonsense, (text) => {
      const named = readPlan({ path: "PLAN.md", text, named: true });
      const unnamed = readPlan({ path: "PLAN.md", text });

      if (unnamed.plan !== null) expect(named.plan).toEqual(unnamed.plan);
      if (text.includes("\0")) return;
      const reading = readMarkdown(sourceOf({ path: "PLAN.md", text, named: true }));
      const source = text.replace(/^\uFEFF/, "");
      for (const task of reading !== null && "draft" in reading ? reading.draft.tasks : []) {
        const spots = (["status", "owner", "notes", "completed", "due"] as const).flatMap((field) => task.spot?.(field) ?? []);
        const extent = task.extent?.();
        for (const { from, to } of [...spots, ...(extent === undefined ? [] : [extent])]) {
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(source.length);
        }
        if (extent !== undefined) {
          expect(task.place(null)).toBeGreaterThanOrEqual(extent.from);
          expect(task.place(null)).toBeLessThanOrEqual(extent.to);
        }
      }
    }),
    { numRuns: 300 },
  );
});
