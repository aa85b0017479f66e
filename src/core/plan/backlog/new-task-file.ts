import { type Change, type FormatEdit, type NewTask, type Unwritten, unwritable } from "../change.ts";
import type { Field } from "../columns.ts";
import { packedFile } from "../folder.ts";
import { normalise } from "../token.ts";
import { type Known, noPlace, noWord } from "./known.ts";
import { readAgain } from "./read-again.ts";
import { spellScalar } from "./spell-scalar.ts";
import { lineBreakOf } from "./write-value.ts";

type Add = Extract<Change, { kind: "add" }>;
type Optional = Exclude<keyof NewTask, "id" | "title" | "dependencies" | "status">;

const optional = ["owner", "priority", "hours", "due", "completed", "phase", "milestone", "notes"] as const satisfies readonly Optional[];

/** A file for a new task, named and written as Backlog.md does. There is no date in it: nobody said when. */
export function newTaskFile(change: Add, known: Known): FormatEdit {
  const { task } = change;
  const { folder, source } = known;
  const refused = (because: string): FormatEdit => ({ splices: [], unwritten: [unwritable(change, because)] });
  if (!/^\p{L}[\p{L}\p{N}_]*-\d+(?:\.\d+)*$/u.test(task.id)) return refused("an id here is a word and a number, such as BACK-12");
  if (folder.tokens.has(normalise(task.id))) return refused("a task with this id is there already");
  const path = `tasks/${task.id.toLowerCase()} - ${nameOf(task.title)}.md`;
  if (folder.files.some((file) => file.path === path)) return refused(`there is a file ${path} already`);

  const word = known.words.get(task.status ?? "todo") ?? null;
  const unwritten: Unwritten[] = word === null ? [told(change, "status", noWord(task.status ?? "todo", folder))] : [];
  const status = word ?? known.words.get("todo") ?? "";
  const values = new Map<Optional, string>();
  for (const field of optional) {
    const value = field === "priority" ? priorityOf(task.priority) : task[field];
    if (value === undefined || value === null) continue;
    if (reads(field, String(value), change, known)) values.set(field, String(value));
    else unwritten.push(told(change, field, field === "priority" ? "Backlog.md knows only high, medium and low" : noPlace));
  }
  const content = contentOf(task, status, values, known);
  const again = readAgain({ file: { path, from: 0, to: 0 }, completed: false }, content, folder);
  if (again === null || again.id !== task.id || again.title !== task.title)
    return refused("its title would not read back as it was written");
  const next = folder.files.findIndex((file) => file.path > path);
  const at = next <= 0 ? (next === 0 ? 0 : source.text.length) : (folder.files[next - 1]?.to ?? 0);
  return { splices: [{ from: at, to: at, text: packedFile(path, content) }], unwritten };
}

const told = (change: Add, field: keyof NewTask, because: string): Unwritten => ({ change, field, because, at: 0 });

/** Backlog.md knows these three, and loses any other. */
const priorities: Readonly<Record<number, string>> = { 1: "high", 2: "medium", 3: "low" };
const priorityOf = (rank: number | null | undefined): string | null => (rank == null ? null : (priorities[rank] ?? unsayable));
const unsayable = "?";

/** Whether a value, written under its key, reads back as itself. */
function reads(field: Optional, value: string, { task }: Add, known: Known): boolean {
  const content = contentOf(task, "", new Map([[field, value]]), known);
  const again = readAgain({ file: { path: "tasks", from: 0, to: 0 }, completed: false }, content, known.folder);
  return again !== null && again[field] === task[field];
}

function contentOf(task: NewTask, status: string, values: ReadonlyMap<Optional, string>, known: Known): string {
  const front = known.folder.tasks[0]?.front;
  const rest = [...values].flatMap(([field, value]) => lineOf(field, value, known));
  const lines = [
    "---",
    `id: ${task.id}`,
    `title: ${spellScalar(task.title)}`,
    `status: ${spellScalar(status)}`,
    ...(values.has("owner") ? [] : ["assignee: []"]),
    ...rest,
    "labels: []",
    ...list("dependencies", task.dependencies ?? []),
    "---",
    "",
  ];
  return lines.join(front === undefined ? "\n" : lineBreakOf(known.source.text, front));
}

function lineOf(field: Field & Optional, value: string, known: Known): readonly string[] {
  const key = known.keys.get(field);
  if (key === undefined) return [];
  return field === "owner" ? list(key, value.split(", ")) : [`${key}: ${spellScalar(value)}`];
}

const list = (key: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [`${key}: []`] : [`${key}:`, ...items.map((item) => `  - ${spellScalar(item)}`)];

/** A title as part of a file name: words joined by hyphens, without the signs that some systems do not allow. */
function nameOf(title: string): string {
  const words = title.replace(/[^\p{L}\p{M}\p{N}.+_'()-]+/gu, "-").replace(/-{2,}/g, "-");
  return (
    words
      .slice(0, 80)
      .replace(/^[-.]+|[-.]+$/g, "")
      .replace(/\p{Cs}/gu, "") || "Task"
  );
}
