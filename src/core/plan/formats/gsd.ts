import { draftOf } from "../boxes/box-plan.ts";
import { editBoxes } from "../boxes/edit-boxes.ts";
import type { BoxReading, Hand } from "../boxes/hand.ts";
import { headOf, titleFor } from "../boxes/head.ts";
import type { Marks } from "../boxes/marks.ts";
import { readRoadmap } from "../boxes/read-roadmap.ts";
import { phaseNumber, planNumber } from "../boxes/roadmap-words.ts";
import type { Plain } from "../markdown/plain-text.ts";
import { type Format, type FormatReading, mostTasks, type Source, tooLargeForMarkdown } from "./format.ts";

/**
 * A roadmap as GSD keeps it in `.planning/ROADMAP.md`: phases (`- [ ] **Phase 5: Title**`, told in `### Phase 5: Title`) and their plans
 * (`- [ ] 05-01-PLAN.md — text`). A phase is a task whose parts are its plans; the versions listed above them are the milestones.
 */
export const gsd: Format = {
  summary: "a GSD `ROADMAP.md`: boxes of phases (`Phase 5: …`) and of their plans (`05-01-PLAN.md — …`)",
  read,
  edit: (source, changes) => {
    const plan = planOf(source);
    return plan === null ? null : editBoxes(source, plan, changes, hand(source.markdown().plain));
  },
};

const marks: Marks = { own: {}, usual: { todo: " ", completed: "x" } };

function read(source: Source): FormatReading {
  const plan = planOf(source);
  if (plan === null || "refusal" in plan) return plan;
  const plans = plan.rows.filter(({ task }) => isPlan(task.id)).length;
  return { draft: draftOf(plan), because: `a roadmap of GSD's, ${plan.rows.length - plans} phases and ${plans} plans` };
}

const isPlan = (id: string): boolean => id.includes("-");

function planOf(source: Source): BoxReading {
  const { path } = source;
  const home = /(?:^|\/)\.planning\//i.test(path);
  if (!/\.(?:md|markdown)$/i.test(path) || !(home || source.text.includes("-PLAN.md")) || tooLargeForMarkdown(source) !== null) return null;
  const plan = readRoadmap(source, marks);
  const boxes = plan.rows.filter(({ box }) => box !== null);
  // Outside its own folder a list of phases is anyone's; plans as `05-01-PLAN.md` of a phase of the same file are not.
  if (home ? boxes.length === 0 : !boxes.some(({ task }) => isPlan(task.id) && task.parent !== null)) return null;
  if (plan.rows.length > mostTasks) return { refusal: { code: "too-large", at: 0, because: `more than ${mostTasks} tasks`, meant: true } };
  return plan;
}

const hand = (plain: Plain): Hand => ({
  marks,
  read: planOf,
  parent: (id) => (isPlan(id) ? id.slice(0, id.lastIndexOf("-")) : null),
  level: (id) => (isPlan(id) ? 1 : 0),
  nests: false,
  completion: (day) => ` (completed ${day})`,
  compose: (task, like) => {
    const title = titleFor(task.title, plain);
    if (title === null) return "its title cannot be written on one line";
    if (headOf(task.id, isPlan(task.id) ? planNumber : phaseNumber)?.id !== task.id)
      return "an id here is a phase (5, 5.1) or a plan (05-01)";
    const usual = isPlan(task.id) ? { before: "", behind: "-PLAN.md — ", end: "" } : { before: "**Phase ", behind: ": ", end: "**" };
    const { before, behind, end } = like !== null && isPlan(like.task.id) === isPlan(task.id) ? like.style : usual;
    const day = task.completed == null ? "" : ` (completed ${task.completed})`;
    return { words: `${before}${task.id}${behind}${title}${end}${day}`, below: [], says: ["completed"] };
  },
});
