import { draftOf } from "../boxes/box-plan.ts";
import { editBoxes } from "../boxes/edit-boxes.ts";
import type { BoxReading } from "../boxes/hand.ts";
import type { Marks } from "../boxes/marks.ts";
import { asideOf, isTaskList, numberedHand, readNumbered } from "../boxes/numbered.ts";
import type { Format, FormatReading, Source } from "./format.ts";

/**
 * The tasks of a spec as Kiro writes them, in `.kiro/specs/<spec>/tasks.md`: `- [ ] 1. text`, its parts `- [ ] 1.1 text`, below them
 * bullets with details and `_Requirements: 1.1_`. `- [ ]* 1.2` may be left undone. A task is done when its own box is.
 */
export const kiro: Format = {
  summary: "a Kiro `tasks.md`: boxes numbered 1., 2.1, 2.2, in a folder below `.kiro/specs`",
  read,
  edit: (source, changes) => {
    const plan = planOf(source);
    if (plan === null) return null;
    const dependsOn = (ids: string): string => `- _Depends on: ${ids}_`;
    return editBoxes(source, plan, changes, numberedHand(planOf, { marks, plain: source.markdown().plain, dependsOn }));
  },
};

/** Kiro marks what is at work `[-]`, and what it has put into its queue `[~]`. */
const marks: Marks = { own: { "-": "in-progress", "~": "todo" }, usual: { todo: " ", "in-progress": "-", completed: "x" } };

function read(source: Source): FormatReading {
  const plan = planOf(source);
  if (plan === null || "refusal" in plan) return plan;
  return { draft: draftOf(plan), because: `a list of Kiro's, numbered boxes in a folder of specs${asideOf(plan)}` };
}

// A list numbered 1.1 is anyone's; that it is Kiro's, whose `[-]` means something else, only its folder tells.
const planOf = (source: Source): BoxReading =>
  /(?:^|\/)\.kiro\/specs\//i.test(source.path) && isTaskList(source.path) ? readNumbered(source, marks) : null;
