import type { FieldChange, namedFields } from "../plan/edit-meaning.ts";
import { fileName } from "./addresses.ts";
import { count, list, more, section, series } from "./block.ts";
import { code, inline } from "./escape.ts";
import type { ConfigurationEdit, PlanEdit, PullView } from "./views.ts";
import { hoursOf, statusWords } from "./wording.ts";

/** What a pull request's own edits of plan files and configuration mean, a block for each file; lists are cut to `amount`. */
export function editBlocks({ planEdits, configurationEdit }: PullView, amount: number): readonly string[] {
  return [
    ...planEdits.map((edit) => planBlock(edit, amount)),
    configurationEdit === null ? "" : configurationBlock(configurationEdit, amount),
  ];
}

/** By how many hours the plans grow, as a part of a title: `12 h more`; empty where they do not. */
export function growth(edits: readonly PlanEdit[]): string {
  const hours = edits.reduce((sum, edit) => sum + (edit.shows === null ? edit.hours : 0), 0);
  return Math.abs(hours) < 0.05 ? "" : `${hoursOf(Math.abs(hours))} h ${hours > 0 ? "more" : "less"}`;
}

function planBlock(edit: PlanEdit, amount: number): string {
  const restated = edit.restated.map(({ id, before, after }) => `${idCode(id)} from ${statusWords[before]} to ${statusWords[after]}`);
  const ids = (all: readonly string[]): string => series(all.map(idCode), amount);
  const grown = growth([edit]);
  const says = [
    edit.gone ? "Takes the file away" : "",
    edit.added.length > 0 ? `Adds ${ids(edit.added)}` : "",
    ...movesOf(edit).map(({ tasks, way, other }) => `Moves ${ids(tasks)} ${way} ${fileName(other)}`),
    edit.removed.length > 0 ? `Removes ${ids(edit.removed)}; what is known of ${edit.removed.length === 1 ? "it" : "them"} is kept` : "",
    restated.length > 0 ? `Sets ${series(restated, amount)}` : "",
    ...edit.changed.slice(0, amount).map(({ id, fields }) => `Changes ${idCode(id)}: ${fieldWords(fields)}`),
    grown === "" ? "" : `Its estimates come to ${grown}`,
  ].filter((line) => line !== "");
  return section(
    `Edit of ${fileName(edit.path)}`,
    edit.shows === null ? "" : `This file only shows ${fileName(edit.shows)}: what its rows say changes no task.`,
    edit.unreadable ? "This version cannot be read, so the plan stays as it is." : "",
    says.length > 0 || edit.unreadable ? list(says) : "No task is added, removed or changed.",
    more(edit.changed.length, amount, "changed task"),
  );
}

type Moves = { readonly way: "here from" | "to"; readonly other: string; readonly tasks: readonly string[] };

function movesOf({ path, moved }: PlanEdit): readonly Moves[] {
  const groups = new Map<string, Moves & { readonly tasks: string[] }>();
  for (const { id, from, to } of moved) {
    const [way, other] = to === path ? (["here from", from] as const) : (["to", to] as const);
    const group = groups.get(`${way} ${other}`) ?? { way, other, tasks: [] };
    groups.set(`${way} ${other}`, group);
    group.tasks.push(id);
  }
  return [...groups.values()];
}

const idCode = (id: string): string => code(id, 60);

const mostFields = 6;

function fieldWords(fields: readonly FieldChange[]): string {
  const words = fields.flatMap(wordsOf);
  return words.length === 0 ? "details" : series(words, mostFields);
}

function wordsOf(change: FieldChange): readonly string[] {
  if ("before" in change) return [toldWords(change)];
  if (!("added" in change)) return [namedWords[change.field]];
  const { added, removed } = change;
  return [
    ...(added.length > 0 ? [`now depends on ${series(added.map(idCode), 5)}`] : []),
    ...(removed.length > 0 ? [`no longer depends on ${series(removed.map(idCode), 5)}`] : []),
  ];
}

type Told = Extract<FieldChange, { readonly before: unknown }>;
type Named = { readonly field: (typeof namedFields)[number] };

function toldWords({ field, before, after }: Told): string {
  if (field === "milestone") return `moved${before === null ? "" : ` from ${worth(before)}`}${after === null ? "" : ` to ${worth(after)}`}`;
  const [lead, unit] = fieldForms[field];
  const value = (one: Told["before"]): string => (one === null ? "none" : unit(one));
  return `${lead} ${value(before)} → ${value(after)}`;
}

const worth = (value: Told["before"]): string => inline(String(value ?? ""), 40);

const fieldForms: Readonly<Record<Exclude<Told["field"], "milestone">, readonly [string, (value: string | number) => string]>> = {
  hours: ["estimate", (value) => `${hoursOf(Number(value))} h`],
  phase: ["phase", worth],
  owner: ["owner", worth],
  priority: ["priority", (value) => `P${worth(value)}`],
  start: ["start", worth],
  due: ["due", worth],
};

const namedWords: Readonly<Record<Named["field"], string>> = {
  id: "how its id is written",
  title: "title",
  parent: "what it is a part of",
  recurring: "whether it recurs",
  optional: "whether it is optional",
  completed: "day of completion",
  notes: "notes",
  steps: "steps",
  other: "other columns",
};

function configurationBlock({ path, keys, dues }: ConfigurationEdit, amount: number): string {
  const day = (due: string | null): string => (due === null ? "none" : inline(due, 20));
  const moved = dues.map(({ id, before, after }) => `${inline(id, 40)}: due ${day(before)} → ${day(after)}`);
  const says = keys.length === 0 ? "It means the same as before." : `Changes ${series(keys.map((key) => code(key)))}.`;
  return section(`Edit of ${fileName(path)}`, says, list(moved.slice(0, amount)), more(moved.length, amount, "milestone"));
}

/** What edits do to tasks, as parts of a title: `adds 2, removes 1, edits 3 tasks`, `12 h more`. */
export function editCounts(edits: readonly PlanEdit[]): readonly string[] {
  const plans = edits.filter(({ shows }) => shows === null);
  const sum = (size: (edit: PlanEdit) => number): number => plans.reduce((total, edit) => total + size(edit), 0);
  const counts = [
    ["adds", sum(({ added }) => added.length)],
    ["moves", sum(({ path, moved }) => moved.filter(({ to }) => to === path).length)],
    ["removes", sum(({ removed }) => removed.length)],
    ["edits", sum(({ restated, changed }) => new Set([...restated, ...changed].map(({ id }) => id)).size)],
  ] as const;
  const some = counts.filter(([, number]) => number > 0);
  const [last] = some.slice(-1);
  if (last === undefined) return edits.length > 0 ? ["edits the plan file, not its tasks"] : [];
  const parts = [...some.slice(0, -1).map(([verb, number]) => `${verb} ${number}`), `${last[0]} ${count(last[1], "task")}`];
  const grown = growth(edits);
  return [parts.join(", "), ...(grown === "" ? [] : [grown])];
}
