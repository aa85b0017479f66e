import type { NewTask } from "../change.ts";
import type { DraftTask } from "../draft.ts";
import { type Added, givenOf } from "./added-task.ts";
import { exactLineWords } from "./cell-words.ts";
import { behind, isBlankLine, lineSplice } from "./edit-lines.ts";
import { keyLineOf } from "./key-line.ts";
import { lineAt } from "./line-at.ts";
import type { Home, WrittenPlan } from "./written-plan.ts";

/** A task as a line of its own above its fields, in the style of another: `Task 4 — title`, `- ID: T4`, `- Status: To Do`. */
export function addProse(task: NewTask, like: DraftTask, { line, list }: Extract<Home, { kind: "line" }>, plan: WrittenPlan): Added | null {
  if (list === null) return null;
  const { text, plain } = plan.context;
  const head = titleLine(task, like, text.slice(lineAt(text, line.offset).from, lineAt(text, line.end).to), plan);
  if (head === null) return null;
  const written = new Set<string>();
  const fields = list.items.flatMap((item) => {
    const key = keyLineOf(item, plan.context);
    const value = key === null || written.has(key.field) ? null : wordsFor(task, key.field, plan);
    if (key === null || value === null) return [];
    written.add(key.field);
    return [text.slice(lineAt(text, item.offset).from, key.from) + (exactLineWords(value, plain) ?? value)];
  });
  const gap = text.slice(lineAt(text, line.end).next, lineAt(text, list.offset).from) === "" ? [] : [""];
  const left = givenOf(task).filter((field) => !written.has(field) && !(field === "phase" && line.section.phase === task.phase));
  const at = like.extent?.().to ?? behind(text, list.end);
  const before = at > 0 && !isBlankLine(text, at - 1) ? [""] : [];
  const after = at < text.length && !isBlankLine(text, at) ? [""] : [];
  return { splice: lineSplice(text, at, [...before, head, ...gap, ...fields, ...after], plan.newline), left };
}

/** The line that names the task; null where another's cannot be followed. */
function titleLine(task: NewTask, like: DraftTask, line: string, { tasks, fresh, context: { plain } }: WrittenPlan): string | null {
  const title = exactLineWords(task.title, plain) ?? task.title;
  const numbered = /^(.{0,40}?\bTask\s#?)(\d[\d.]*)(\s?[—–:.-]\s?)/i.exec(line);
  if (numbered !== null && like.number !== null) {
    const [, front = "", , joint = ""] = numbered;
    const next = Math.max(0, ...tasks.map((one) => Number.parseInt(one.number ?? "0", 10) || 0)) + 1 + Math.max(0, fresh.indexOf(task.id));
    const own = digits(like.id) === like.number ? digits(task.id) : null;
    const number = like.id === like.number ? task.id : (own ?? String(next));
    return `${front}${number}${joint}${title}`;
  }
  const at = line.indexOf(like.title);
  if (at < 0) return null;
  const front = line.slice(0, at).replace(like.id, () => task.id);
  return front + title + (/^[*_`]*$/.exec(line.slice(at + like.title.length))?.[0] ?? "");
}

/** The number an id ends in: 4 of `T4`. */
const digits = (id: string): string | null => /[1-9]\d*$/.exec(id)?.[0] ?? null;

function wordsFor(task: NewTask, field: string, plan: WrittenPlan): string | null {
  switch (field) {
    case "id":
      return task.id;
    case "status":
      return task.status === undefined ? null : plan.spell(task.status, "value");
    case "owner":
    case "due":
    case "completed":
    case "phase":
    case "milestone":
    case "notes":
      return task[field] ?? null;
    case "priority":
      return typeof task.priority === "number" ? `P${task.priority}` : null;
    case "hours":
      return typeof task.hours === "number" ? `${task.hours}h` : null;
    case "dependencies":
      return task.dependencies === undefined || task.dependencies.length === 0 ? null : task.dependencies.join(", ");
    default:
      return null;
  }
}
