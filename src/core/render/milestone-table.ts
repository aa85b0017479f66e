import type { MilestoneProgress } from "../schedule/milestones.ts";
import { more, nothing, page, table } from "./block.ts";
import { inline } from "./escape.ts";
import { bar, hoursOf, milestoneName } from "./wording.ts";

/** Milestones with bars, finished ones last; those without tasks have only their date, and without a date nothing to tell. */
export function milestoneTable(milestones: readonly MilestoneProgress[], amount: number): string {
  const telling = milestones.filter(({ total, due }) => total > 0 || due !== null);
  const sorted = telling.toSorted((a, b) => Number(a.percent === 100) - Number(b.percent === 100));
  const rows = sorted.slice(0, amount).map((milestone) => {
    const due = inline(milestone.due ?? nothing, 20);
    return [milestoneName(milestone), progress(milestone), tasks(milestone), hours(milestone), due];
  });
  return page(table(["Milestone", "Progress", "Tasks", "Hours", "Due"], rows), more(sorted.length, amount, "milestone"));
}

const progress = ({ percent }: MilestoneProgress): string => (percent === null ? nothing : `${bar(percent)} ${percent} %`);

const tasks = ({ done, total }: MilestoneProgress): string => (total === 0 ? nothing : `${done} of ${total}`);

const hours = (milestone: MilestoneProgress): string =>
  milestone.hours === null || milestone.hoursDone === null || milestone.hours === 0
    ? nothing
    : `${hoursOf(milestone.hoursDone)} of ${hoursOf(milestone.hours)}`;
