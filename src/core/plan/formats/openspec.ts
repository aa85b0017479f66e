import { draftOf } from "../boxes/box-plan.ts";
import { editBoxes } from "../boxes/edit-boxes.ts";
import type { BoxReading } from "../boxes/hand.ts";
import type { Marks } from "../boxes/marks.ts";
import { asideOf, isTaskList, numberedHand, readNumbered } from "../boxes/numbered.ts";
import type { Format, FormatReading, Refusal, Source } from "./format.ts";

/**
 * The tasks of a change as OpenSpec has them, in `openspec/changes/<change>/tasks.md`: `- [ ] 1.1 text` below `## 1. Title`. The heading
 * is the phase: it has no box, so nobody could say of it more than its tasks do. The change's folder is the scope.
 */
export const openspec: Format = {
  summary: "an OpenSpec `tasks.md`: boxes numbered 1.1, 1.2 below numbered headings, in a folder below `openspec/changes`",
  read,
  edit: (source, changes) => {
    const plan = planOf(source);
    if (plan === null) return null;
    return editBoxes(source, plan, changes, numberedHand(planOf, { marks, plain: source.markdown().plain, dependsOn: null }));
  },
};

const marks: Marks = { own: {}, usual: { todo: " ", completed: "x" } };

function read(source: Source): FormatReading {
  const plan = planOf(source);
  if (plan === null || "refusal" in plan) return plan;
  return { draft: draftOf(plan), because: `a list of OpenSpec's, numbered boxes in the folder of a change${asideOf(plan)}` };
}

function planOf(source: Source): BoxReading {
  const found = /(?:^|\/)openspec\/changes\/(archive\/)?/i.exec(source.path);
  if (found === null || !isTaskList(source.path)) return null;
  const plan = readNumbered(source, marks);
  return plan !== null && found[1] !== undefined && !source.named ? { refusal: archived } : plan;
}

const archived: Refusal = {
  code: "not-a-plan",
  at: 0,
  because: "an archived change is finished; its tasks are read only where the file is named as a plan",
  meant: false,
};
