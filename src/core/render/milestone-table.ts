import type { MilestoneProgress } from "../schedule/milestones.ts";
import { more, nothing, page, table } from "./block.ts";
import { inline } from "./escape.ts";
import { milestoneHours, milestoneName, milestoneTasks, progressBar } from "./wording.ts";

/** Milestones with bars, finished ones last; those without tasks have only their date, and without a date nothing to tell. */
export function milestoneTable(milestones: readonly MilestoneProgress[], amount: number): string {
  const telling = milestones.filter(({ total, due }) => total > 0 || due !== null);
  const sorted = telling.toSorted((a, b) => Number(a.percent === 100) - Number(b.percent === 100));
  const rows = sorted.slice(0, amount).map((milestone) => {
    const due = inline(milestone.due ?? nothing, 20);
    return [milestoneName(milestone), progressBar(milestone), milestoneTasks(milestone), milestoneHours(milestone), due];
  });
  return page(table(["Milestone", "Progress", "Tasks", "Hours", "Due"], rows), more(sorted.length, amount, "milestone"));
}
