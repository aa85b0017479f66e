import type { PlannedMilestone, PlannedRisk } from "../../words.ts";
import type { DraftTask } from "../draft.ts";
import { type FormatReading, mostTasks, type Refusal, type Source, tooLargeForMarkdown } from "../formats/format.ts";
import { readChecklists } from "./checklist.ts";
import type { Context } from "./context.ts";
import { type Block, type Document, type List, readDocument, type Table } from "./document.ts";
import { readMilestoneList, readMilestoneTable } from "./milestones.ts";
import { type PlanBlock, planBlocks } from "./plan-block.ts";
import { readProseTasks } from "./prose-tasks.ts";
import { readRiskTable } from "./risks.ts";
import { kindOf, readTaskTable, type TableKind } from "./task-table.ts";

/** Reads a Markdown file as a plan: its tables, lists and headings, or where there is one, the block between PLAN:BEGIN and PLAN:END. */
export function readMarkdown(source: Source): FormatReading {
  const { text, lines, report } = source;
  const tooLarge = tooLargeForMarkdown(source);
  if (tooLarge !== null) return { refusal: tooLarge };
  const { plain, document } = source.markdown();
  const context: Context = { text, plain, report, lineOf: (offset) => lines.placeOf(offset).line };
  const blocks = planBlocks(text, (offset) => document.fences.some(({ from, to, open }) => !open && from < offset && offset < to));
  reportGaps(document, blocks, source);

  const tables = tablesOf(document.blocks, context);
  // What stands in a block is read once more, by itself; its problems must not be told twice.
  const {
    open,
    done,
    tasks: checked,
  } = readChecklists(listsOf(document.blocks), blocks.length > 0 ? { ...context, report: () => {} } : context);
  const found = blocks.length > 0 ? insideBlocks(blocks, text, context) : findTasks(document, { tables, checked }, context);
  if (found.tasks.length > mostTasks)
    return { refusal: { code: "too-large", at: 0, because: `more than ${mostTasks} tasks`, meant: true } };
  const empty = blocks.length > 0 || (source.named && tables.some(({ kind }) => kind.kind === "tasks"));
  const refusal = found.tasks.length === 0 ? doubt(found, empty, open + done) : null;
  if (refusal !== null) return { refusal };

  for (const at of found.withoutIds)
    report("table-without-ids", () => ({ at, message: "this table of tasks has no column of ids; it is left aside" }));
  const milestones = uniqueById([
    ...milestonesOf(tables, context),
    ...listsOf(document.blocks).flatMap((list) => readMilestoneList(list, context)),
  ]);
  const risks = uniqueById(tables.flatMap(({ table, kind }) => (kind.kind === "risks" ? readRiskTable(table, kind.columns, context) : [])));
  return {
    draft: { tasks: found.tasks, milestones, risks, roles: [], cadence: [], criteria: { open, done }, block: blocks.length > 0 },
    because: `a Markdown file with ${found.sources.join(" and ") || "an empty table of tasks"}`,
  };
}

type KnownTable = { readonly table: Table; readonly kind: TableKind };
type Found = { readonly tasks: readonly DraftTask[]; readonly sources: readonly string[]; readonly withoutIds: readonly number[] };

/** Where one block stands, only it makes tasks: what surrounds it are views and examples. */
function insideBlocks(blocks: readonly PlanBlock[], text: string, context: Context): Found {
  const found = blocks.map(({ from, to }) => {
    const document = readDocument(text.slice(from, to), from, context.plain);
    const tables = tablesOf(document.blocks, context);
    return findTasks(document, { tables, checked: readChecklists(listsOf(document.blocks), context).tasks }, context);
  });
  return {
    tasks: found.flatMap(({ tasks }) => tasks),
    sources: ["a block between PLAN:BEGIN and PLAN:END"],
    withoutIds: found.flatMap(({ withoutIds }) => withoutIds),
  };
}

type Seen = { readonly tables: readonly KnownTable[]; readonly checked: readonly DraftTask[] };

function findTasks(document: Document, { tables, checked }: Seen, context: Context): Found {
  const rows = tables.flatMap(({ table, kind }) => (kind.kind === "tasks" ? readTaskTable(table, kind.columns, context) : []));
  const prose = readProseTasks(document, context);
  const sources = [
    { tasks: rows, what: "tables of tasks" },
    { tasks: prose, what: "tasks written out with ID and Status lines" },
    { tasks: checked, what: "checklists with ids" },
  ].filter(({ tasks }) => tasks.length > 0);
  const tasks = sources.flatMap(({ tasks }) => tasks).sort((a, b) => a.place(null) - b.place(null));
  return {
    tasks: tasks.map((task, index) => removable(task, tasks[index + 1])),
    sources: sources.map(({ what }) => what),
    withoutIds: tables.flatMap(({ table, kind }) => (kind.kind === "without-ids" ? [table.head[0]?.offset ?? 0] : [])),
  };
}

/** A task whose lines hold another cannot be taken out without it. */
function removable({ extent, ...task }: DraftTask, next: DraftTask | undefined): DraftTask {
  const holds = extent !== undefined && next !== undefined && next.place(null) < extent().to;
  return extent === undefined || holds ? task : { ...task, extent };
}

/** Why no tasks make no plan; null where a block or a table is there to be filled. */
function doubt({ withoutIds }: Found, empty: boolean, boxes: number): Refusal | null {
  const [at] = withoutIds;
  if (at !== undefined) return { code: "no-id-column", at, because: "its table of tasks has no column of ids", meant: true };
  if (empty) return null;
  const counted = boxes === 0 ? "" : `; ${boxes} boxes have no id`;
  return { code: "not-a-plan", at: 0, because: `no table, list or heading in it gives tasks with ids${counted}`, meant: boxes > 0 };
}

function tablesOf(blocks: readonly Block[], context: Context): readonly KnownTable[] {
  return blocks.flatMap((block) => (block.kind === "table" ? [{ table: block, kind: kindOf(block, context) }] : []));
}

const listsOf = (blocks: readonly Block[]): readonly List[] => blocks.filter((block) => block.kind === "list");

function milestonesOf(tables: readonly KnownTable[], context: Context): readonly PlannedMilestone[] {
  return tables.flatMap(({ table, kind }) => (kind.kind === "milestones" ? readMilestoneTable(table, kind.columns, context) : []));
}

function uniqueById<T extends PlannedMilestone | PlannedRisk>(all: readonly T[]): readonly T[] {
  const once = new Map<string, T>();
  for (const one of all) if (!once.has(one.id)) once.set(one.id, one);
  return [...once.values()];
}

function reportGaps({ fences, unread }: Document, blocks: readonly PlanBlock[], { report }: Source): void {
  for (const { from } of fences.filter((fence) => fence.open))
    report("unclosed-fence", () => ({ at: from, message: "this code fence is never closed" }));
  for (const { marker } of blocks.filter((block) => !block.closed))
    report("unclosed-block", () => ({ at: marker, message: "PLAN:END is missing" }));
  const [at] = unread;
  if (at !== undefined)
    report("unread-lines", () => ({ at, message: `${unread.length} lines from here on are nested too deep or are one text without end` }));
}
