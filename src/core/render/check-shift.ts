import type { EndShift, MilestoneEndShift, PlanEndShift } from "../schedule/shift.ts";
import { fileName } from "./addresses.ts";
import { count, list, more, page, section } from "./block.ts";
import { inline, plain } from "./escape.ts";
import type { PullView } from "./views.ts";
import { idOf, milestoneName, percentage } from "./wording.ts";

const mostInTitle = 2;

/** Milestones whose percentage moves, each with how its planned end does, as parts of a title: `Beta 41 % → 47 %`, `1.5 days earlier`. */
export function titleShifts({ impact }: PullView): readonly string[] {
  const { milestones, schedule } = impact;
  const shown = milestones.slice(0, mostInTitle).map((milestone) => {
    const name = plain(milestone.title === "" ? milestone.id : milestone.title, 30);
    const ends = schedule?.milestones.find((other) => isSame(other, milestone));
    return [`${name} ${percentage(milestone.before)} → ${percentage(milestone.after)}`, ends === undefined ? "" : movedBy(ends)];
  });
  const parts = shown.flat().filter((part) => part !== "");
  const [only, ...others] = schedule?.plans ?? [];
  const whole = only === undefined || others.length > 0 ? "" : movedBy(only);
  // A number of days belongs to the milestone before it; where none of these moves, it is the whole plan's.
  const ending = whole !== "" && shown.every(([, moved]) => moved === "") ? [`the plan ends ${whole}`] : [];
  const rest = milestones.length > mostInTitle ? [`${milestones.length - mostInTitle} more`] : [];
  return [...parts, ...rest, ...ending];
}

/** Milestones before and after merging: their percentages, and the dates for which they are planned. */
export function milestonesBlock({ impact }: PullView, amount: number): string {
  const ends = (impact.schedule?.milestones ?? []).filter((end) => movedBy(end) !== "");
  const moved = impact.milestones.map((milestone) => {
    const progress = `${percentage(milestone.before)} → ${percentage(milestone.after)}`;
    const end = ends.find((other) => isSame(other, milestone));
    return `${milestoneName(milestone)}: ${progress}${end === undefined ? "" : `, ${planned(end)}`}`;
  });
  const others = ends.filter((end) => !impact.milestones.some((milestone) => isSame(end, milestone)));
  const lines = [...moved, ...others.map((end) => `${milestoneName(end)}: ${planned(end)}`)];
  return section("Milestones", list(lines.slice(0, amount)), more(lines.length, amount, "milestone"));
}

/** How the ends and critical paths of plans move, before and after. */
export function pathsBlock({ impact }: PullView, amount: number): string {
  const plans = (impact.schedule?.plans ?? []).filter((plan) => plan.critical !== null || movedBy(plan) !== "");
  const dated = impact.schedule?.milestones.some((end) => movedBy(end) !== "") === true || plans.length > 0;
  return page(
    section("Critical path", ...plans.slice(0, amount).map(pathBlock), more(plans.length, amount, "plan")),
    dated ? "Dates are planned, not forecast: as if every task took its estimate, and each owner worked as `capacity` allows." : "",
  );
}

function pathBlock(plan: PlanEndShift): string {
  const { critical, path } = plan;
  const end = movedBy(plan) === "" && plan.after !== null ? "its planned end stays" : planned(plan);
  const tasks = (side: "before" | "after"): string => {
    const all = critical?.[side] ?? [];
    if (all.length === 0) return "nothing is left";
    const shown = all.slice(0, mostOnPath).map(idOf).join(" → ");
    return all.length > mostOnPath ? `${shown} → … (${count(all.length, "task")})` : shown;
  };
  const lines = critical === null ? [] : [`Before: ${tasks("before")}`, `After: ${tasks("after")}`];
  return page(`${fileName(path)}: ${end}.`, list(lines));
}

const mostOnPath = 12;

type Dated = EndShift & Partial<Pick<MilestoneEndShift, "due">>;

function planned(end: Dated): string {
  const { before, after, due } = end;
  if (after === null) return "nothing is left to do";
  if (before === null) return `planned for ${after}`;
  const against =
    due === null || due === undefined ? [] : [after > due ? `**after its due date ${inline(due, 20)}**` : `due ${inline(due, 20)}`];
  const dates = before === after ? `planned for ${after} as before` : `planned for ${after} instead of ${before}`;
  return `${dates} (${[movedBy(end), ...against].join(", ")})`;
}

/** `1.5 days earlier`, in half days; empty where it is less, or nothing is left that could end. */
function movedBy({ before, after, days }: EndShift): string {
  const halves = Math.round(Math.abs(days) * 2) / 2;
  if (halves === 0 || before === null || after === null) return "";
  return `${halves < 1 ? "half a day" : `${halves} ${halves === 1 ? "day" : "days"}`} ${days < 0 ? "earlier" : "later"}`;
}

const isSame = (a: { readonly id: string; readonly title: string }, b: { readonly id: string; readonly title: string }): boolean =>
  a.id === b.id && a.title === b.title;
