import type { NewTask } from "../change.ts";
import type { DraftTask } from "../draft.ts";
import { type Added, givenOf } from "./added-task.ts";
import { exactLineWords } from "./cell-words.ts";
import { boxFor } from "./edit-boxes.ts";
import { behind, isBlankLine, lineSplice } from "./edit-lines.ts";
import { lineAt } from "./line-at.ts";
import type { Home, WrittenPlan } from "./written-plan.ts";

/** An item of a list below one of its items, in its style: bullet, indentation, box, and the marks around its id. */
export function addItem(task: NewTask, like: DraftTask, { list, item }: Extract<Home, { kind: "item" }>, plan: WrittenPlan): Added {
  const { text, plain } = plan.context;
  const start = lineAt(text, item.offset).from;
  const words = text.slice(item.words.offset, Math.min(item.words.end, lineAt(text, item.words.offset).to));
  const bullet = text.slice(start, item.box?.offset ?? item.words.offset);
  const status = task.status ?? "todo";
  const heading = list.section.status?.status === status && status !== "completed";
  const told = item.box === null ? null : boxFor(heading ? "todo" : status, item.box.text, plan.boxes);
  const box = item.box === null ? "" : (told ?? boxFor("todo", item.box.text, plan.boxes) ?? item.box.text).replace(/\*$/, "");
  const gap = item.box === null ? "" : text.slice(item.box.end, item.words.offset);
  const title = exactLineWords(task.title, plain) ?? task.title;
  const line = numbered(bullet) + box + gap + titled(words, like.id, { id: task.id, title });
  const left = givenOf(task).filter(
    (field) => !(field === "status" && (told !== null || heading)) && !(field === "phase" && list.section.phase === task.phase),
  );
  const loose = isLoose(plan.context.text, list.items);
  return { splice: lineSplice(text, behind(text, item.end), loose ? ["", line] : [line], plan.newline), left };
}

/** Words with another id and title in the place of theirs: `**AUTH-1**: title`, `title (ID: AUTH-1)`. */
function titled(words: string, old: string, { id, title }: { readonly id: string; readonly title: string }): string {
  const at = words.indexOf(old);
  if (at < 0) return title;
  const front = words.slice(0, at);
  const rest = words.slice(at + old.length);
  const bracket = /\s*[([](?:id:?\s?)?$/i.exec(front);
  if (bracket !== null && bracket.index > 0) return `${title}${bracket[0]}${id}${/^[)\]]\.?/.exec(rest)?.[0] ?? ")"}`;
  const joint = /^[*_`\])]*\s?(?:[:—–.-]\s?)?[*_]*\s?/.exec(rest)?.[0] ?? " ";
  // Bold from the id to the end of the title.
  const open = front.includes("**") && !joint.includes("**") ? "**" : "";
  return front + id + joint + title + open;
}

/** `3. ` is followed by `4. `, but a list that writes `1. ` before every item goes on so. */
function numbered(bullet: string): string {
  return bullet.replace(/\d{1,8}(?=[.)]\s*$)/, (number) => (number === "1" ? number : String(Number(number) + 1)));
}

function isLoose(text: string, items: readonly { readonly offset: number; readonly end: number }[]): boolean {
  return items.length > 1 && items.slice(1).every(({ offset }) => isBlankLine(text, lineAt(text, offset).from - 1));
}
