import type { Plan, PlannedTask, Token } from "../words.ts";
import type { Splice } from "./change.ts";
import { type Drift, driftOf } from "./drift.ts";
import { tooLargeForMarkdown } from "./formats/format.ts";
import type { Context } from "./markdown/context.ts";
import { readDocument } from "./markdown/document.ts";
import { lineAt, newlineOf } from "./markdown/line-at.ts";
import { type PlanBlock, planBlocks } from "./markdown/plan-block.ts";
import { kindOf } from "./markdown/task-table.ts";
import { defaultTable } from "./snapshot/default-table.ts";
import { renderTable, type ShownTable, shownTable } from "./snapshot/render-table.ts";
import { countSplices } from "./snapshot/status-counts.ts";
import { sourceOf } from "./source.ts";
import { spliced } from "./spliced.ts";

/**
 * A Markdown text whose block shows a plan as it is now. `drift` = how the block differed from the plan before, null where ids and statuses
 * were the same. `untouched` = why the text was left as it is, null where it shows the plan.
 */
export type Snapshot = { readonly text: string; readonly drift: Drift | null; readonly untouched: string | null };

/**
 * Brings what stands between PLAN:BEGIN and PLAN:END up to date with its plan, and the line of status counts beside it, if there is one. The
 * table keeps its columns, their order and their padding; a cell whose meaning did not change keeps its bytes; rows come in the order of the
 * plan. An empty block gets a table. Everything else stays. Where the block holds several tables each keeps the tasks it has, and new ones
 * come into the last. Never throws.
 */
export function regenerateSnapshot(text: string, plan: Plan): Snapshot {
  const source = sourceOf({ path: plan.path, text });
  const large = tooLargeForMarkdown(source);
  if (large !== null) return { text, drift: null, untouched: large.because };
  const { plain, document } = source.markdown();
  const context: Context = { text: source.text, plain, report: () => {}, lineOf: (offset) => source.lines.placeOf(offset).line };
  const inCode = (offset: number): boolean => document.fences.some(({ from, to, open }) => !open && from < offset && offset < to);
  const blocks = planBlocks(source.text, inCode);
  const tables = blocks.flatMap((block) => tablesIn(block, context));
  const shown = tables.flatMap(({ columns, rows }) =>
    [...rows.values()].map(({ task }) => (columns.has("status") ? task : { ...task, status: null })),
  );
  const drift = blocks.length === 0 ? null : driftOf(shown, plan.tasks);
  const [block] = blocks;
  const untouched = block === undefined ? "there is no PLAN:BEGIN in it" : doubtAbout(blocks, tables, source.text);
  if (untouched !== null || block === undefined) return { text, drift, untouched };

  const outside = (at: number): boolean => !inCode(at) && !blocks.some(({ marker, to }) => marker <= at && at < to);
  const splices = [
    ...(tables.length === 0
      ? [filling(block, source.text, plan)]
      : [...sharedOut(tables, plan)].flatMap(([table, tasks]) => tableSplices(table, tasks, plan, context))),
    ...countSplices(source.text, outside, plan.tasks),
  ];
  return { text: text.slice(0, text.length - source.text.length) + spliced(source.text, splices), drift, untouched: null };
}

/** A plan as a table of its own, where no block stands whose form it could take. */
export const snapshotTable = (plan: Plan): string => `${defaultTable(plan).join("\n")}\n`;

function tablesIn({ from, to }: PlanBlock, context: Context): readonly ShownTable[] {
  return readDocument(context.text.slice(from, to), from, context.plain).blocks.flatMap((block) => {
    const kind = block.kind === "table" ? kindOf(block, context) : null;
    return block.kind === "table" && kind?.kind === "tasks" ? [shownTable(block, kind.columns, context)] : [];
  });
}

function doubtAbout(blocks: readonly PlanBlock[], tables: readonly ShownTable[], text: string): string | null {
  if (blocks.some(({ closed }) => !closed)) return "its PLAN:END is missing";
  if (tables.length > 0) return null;
  if (blocks.length > 1) return "it has several blocks, and no table in any of them";
  return blocks.every(({ from, to }) => text.slice(from, to).trim() === "") ? null : "its block holds no table of tasks with ids";
}

function filling({ from, to }: PlanBlock, text: string, plan: Plan): Splice {
  const newline = newlineOf(text);
  return { from, to, text: ["", "", ...defaultTable(plan), "", ""].join(newline) };
}

/** Which of a plan's tasks each table shows: those it has, and the last one also those that none has. */
function sharedOut(tables: readonly ShownTable[], plan: Plan): ReadonlyMap<ShownTable, readonly PlannedTask[]> {
  const home = new Map<Token, ShownTable>();
  for (const table of tables.toReversed()) for (const token of table.rows.keys()) home.set(token, table);
  const last = tables.at(-1);
  return new Map(tables.map((table) => [table, plan.tasks.filter(({ token }) => (home.get(token) ?? last) === table)]));
}

function tableSplices(shown: ShownTable, tasks: readonly PlannedTask[], plan: Plan, context: Context): readonly Splice[] {
  const { text } = context;
  const header = lineAt(text, shown.table.head[0]?.offset ?? 0);
  const rows = shown.table.rows.map((row) => lineAt(text, row.offset));
  const before = [header, lineAt(text, header.next), ...rows];
  // Words right below a table are a row of it to every parser, but nobody who wrote them thought so.
  const words = rows.map(({ from, to }) => text.slice(from, to)).filter((line) => !line.includes("|"));
  const after = [...renderTable(shown, tasks, plan, context), ...words];
  if (after.length === before.length && before.every(({ from, to }, index) => text.slice(from, to) === after[index])) return [];
  const newline = text.slice(header.to, header.next);
  return [{ from: header.from, to: before.at(-1)?.to ?? header.to, text: after.join(newline) }];
}
