import type { PlannedMilestone, PlannedRisk } from "../../words.ts";
import type { Draft, DraftTask } from "../draft.ts";
import { type FormatReading, mostTasks, type Refusal, type Source, tooLargeForMarkdown } from "../formats/format.ts";
import { readCadence } from "./cadence.ts";
import { type Box, type Naming, readChecklists } from "./checklist.ts";
import type { Context } from "./context.ts";
import { type Block, type Document, type List, readDocument, type Table } from "./document.ts";
import { readHeadingTasks } from "./heading-tasks.ts";
import { readMilestoneHeadings, readMilestoneList, readMilestoneTable } from "./milestones.ts";
import { onceAcross, underHeadings } from "./parents.ts";
import { type PlanBlock, planBlocks } from "./plan-block.ts";
import { readRiskTable } from "./risks.ts";
import { readRoleTable } from "./roles-table.ts";
import { slugs } from "./slugs.ts";
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

  // What stands in a block is read once more, by itself; its problems must not be told twice.
  const seen = look(document, null, blocks.length > 0 ? { ...context, report: () => {} } : context);
  const found = blocks.length > 0 ? insideBlocks(blocks, text, context) : findAll(document, { seen, named: source.named }, context);
  const { tables, boxes: all } = found.seen ?? seen;
  const boxes = all.filter(({ boxed }) => boxed);
  const criteria = { open: boxes.filter(({ done }) => !done).length, done: boxes.filter(({ done }) => done).length };
  if (found.tasks.length > mostTasks)
    return { refusal: { code: "too-large", at: 0, because: `more than ${mostTasks} tasks`, meant: true } };
  const empty = blocks.length > 0 || (source.named && tables.some(({ kind }) => kind.kind === "tasks"));
  const refusal = found.tasks.length === 0 ? doubt(found, empty, boxes.length) : null;
  if (refusal !== null) return { refusal };

  for (const at of found.withoutIds)
    report("table-without-ids", () => ({ at, message: "this table of tasks has no column of ids; it is left aside" }));
  return {
    draft: { ...aroundTasks(document, tables, context), tasks: found.tasks, criteria, block: blocks.length > 0 },
    because: `a Markdown file with ${found.sources.join(" and ") || "an empty table of tasks"}`,
  };
}

/** What a plan says beside its tasks. */
function aroundTasks(
  { blocks }: Document,
  tables: readonly KnownTable[],
  context: Context,
): Pick<Draft, "milestones" | "risks" | "roles" | "cadence"> {
  const milestones = [
    ...tables.flatMap(({ table, kind }) => (kind.kind === "milestones" ? readMilestoneTable(table, kind.columns, context) : [])),
    ...listsOf(blocks).flatMap((list) => readMilestoneList(list, context)),
    ...readMilestoneHeadings(blocks, context),
  ];
  const risks = tables.flatMap(({ table, kind }) => (kind.kind === "risks" ? readRiskTable(table, kind.columns, context) : []));
  const roles = tables.flatMap(({ table, kind }) => (kind.kind === "roles" ? readRoleTable(table, kind.headers, context) : []));
  return { milestones: uniqueById(milestones), risks: uniqueById(risks), roles, cadence: readCadence(blocks, context) };
}

type KnownTable = { readonly table: Table; readonly kind: TableKind };
/** What is known of a document before it is asked what its tasks are. */
type Seen = { readonly tables: readonly KnownTable[]; readonly checked: readonly DraftTask[]; readonly boxes: readonly Box[] };
type Found = {
  readonly tasks: readonly DraftTask[];
  readonly sources: readonly string[];
  readonly withoutIds: readonly number[];
  /** Where what was seen was looked at again in another way. */
  readonly seen?: Seen;
};

function look(document: Document, naming: Naming | null, context: Context): Seen {
  const { tasks, boxes } = readChecklists(listsOf(document.blocks), naming, context);
  return { tables: tablesOf(document.blocks, context), checked: tasks, boxes };
}

/** Where one block stands, only it makes tasks: what surrounds it are views and examples. */
function insideBlocks(blocks: readonly PlanBlock[], text: string, context: Context): Found {
  const found = blocks.map(({ from, to }) => {
    const document = readDocument(text.slice(from, to), from, context.plain);
    return findTasks(document, { seen: look(document, null, context), naming: null }, context);
  });
  return {
    tasks: found.flatMap(({ tasks }) => tasks),
    sources: ["a block between PLAN:BEGIN and PLAN:END"],
    withoutIds: found.flatMap(({ withoutIds }) => withoutIds),
  };
}

/**
 * The tasks of a document. Where none has an id, each box and each row of a table of tasks is a task named by its title, but only in a file
 * that somebody calls a plan: a reading that nobody asked for must find the same tasks as one that was.
 */
function findAll(document: Document, { seen, named }: { readonly seen: Seen; readonly named: boolean }, context: Context): Found {
  const found = findTasks(document, { seen, naming: null }, context);
  if (!named || found.tasks.length > 0 || seen.tables.some(({ kind }) => kind.kind === "tasks")) return found;
  const naming = slugs();
  const again = look(document, naming, context);
  const slugged = findTasks(document, { seen: again, naming }, context);
  return slugged.tasks.length === 0
    ? found
    : { ...slugged, sources: slugged.sources.map((what) => `${what}, named by their titles`), seen: again };
}

type From = { readonly seen: Seen; readonly naming: Naming | null };

function findTasks(document: Document, { seen, naming }: From, context: Context): Found {
  const { tables, checked, boxes } = seen;
  const rows = tables.flatMap(({ table, kind }) => {
    if (kind.kind === "tasks") return readTaskTable(table, { columns: kind.columns, naming: null }, context);
    return naming !== null && kind.kind === "without-ids" ? readTaskTable(table, { columns: kind.columns, naming }, context) : [];
  });
  const written = readHeadingTasks(document, { boxes, naming }, context);
  const sources = [
    { tasks: rows, what: "tables of tasks" },
    { tasks: written, what: "tasks written out" },
    { tasks: checked, what: naming === null ? "checklists with ids" : "checklists" },
  ].filter(({ tasks }) => tasks.length > 0);
  const once = onceAcross(sources.map(({ tasks }) => tasks)).toSorted((a, b) => a.place(null) - b.place(null));
  const tasks = underHeadings(once, new Set(written));
  const withoutIds = tables.flatMap(({ table, kind }) => (kind.kind === "without-ids" && kind.loud ? [table.head[0]?.offset ?? 0] : []));
  return {
    tasks: tasks.map((task, index) => removable(task, tasks[index + 1])),
    sources: sources.map(({ what }) => what),
    withoutIds: naming === null ? withoutIds : [],
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
