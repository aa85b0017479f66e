import type { LeftOut } from "../schedule/network.ts";
import type { Assumption, Schedule } from "../schedule/schedule.ts";
import { type BoardTask, unreachable } from "../words.ts";
import { count, details, list, more, series } from "./block.ts";
import { code } from "./escape.ts";
import { idLink, type Shown } from "./task-cells.ts";
import { hoursOf } from "./wording.ts";

/** What the dates of this plan suppose, and what they leave out, behind a line that opens it: for people to mend. */
export function assumptionsBlock(shown: Shown, schedule: Schedule, amount: number): string {
  const own = new Set(shown.board.tasks);
  const mine = (tasks: readonly BoardTask[]): readonly BoardTask[] => tasks.filter((task) => own.has(task));
  const lines = [
    ...schedule.assumed.flatMap((one) => assumptionLine(shown, { ...one, tasks: mine(one.tasks) })),
    ...schedule.leftOut.flatMap((one) => leftOutLine(shown, one, own)),
    ...undatedLine(schedule.leftOut, own),
  ];
  return details("What the dates rest on", list(lines.slice(0, amount)), more(lines.length, amount, "line"));
}

function assumptionLine(shown: Shown, one: Assumption): readonly string[] {
  if (one.tasks.length === 0) return [];
  const names = series(
    one.tasks.map((task) => idLink(shown, task)),
    5,
  );
  const have = one.tasks.length === 1 ? "has" : "have";
  if (one.kind === "unassigned")
    return [
      `${count(one.tasks.length, "task")} ${have} no owner, planned one at a time unless \`capacity.owners.unassigned\` says otherwise: ${names}.`,
    ];
  return [
    `${count(one.tasks.length, "task")} ${have} no estimate and ${one.tasks.length === 1 ? "counts" : "count"} as ${hoursOf(one.hours)} h, ${sources[one.from]}: ${names}.`,
  ];
}

const sources: Readonly<Record<Extract<Assumption, { kind: "estimate" }>["from"], string>> = {
  phase: "the median of their phase",
  plan: "the median of the plan",
  repository: "the median of all plans",
  parent: "a share of what they are part of",
  day: "a day each",
};

function leftOutLine(shown: Shown, one: LeftOut, own: ReadonlySet<BoardTask>): readonly string[] {
  switch (one.kind) {
    case "circle":
      return one.tasks.some((task) => own.has(task))
        ? [
            `In a circle, so what they say of one another is not regarded: ${series(
              one.tasks.map((task) => idLink(shown, task)),
              10,
            )}.`,
          ]
        : [];
    case "unknown-dependency":
      return own.has(one.task) ? [`${idLink(shown, one.task)} depends on ${code(one.token, 60)}, which no plan knows.`] : [];
    case "deferred":
    case "recurring":
      return [];
    default:
      return unreachable(one);
  }
}

function undatedLine(leftOut: readonly LeftOut[], own: ReadonlySet<BoardTask>): readonly string[] {
  const number = (kind: LeftOut["kind"]): number => leftOut.filter((one) => one.kind === kind && "task" in one && own.has(one.task)).length;
  const [deferred, recurring] = [number("deferred"), number("recurring")];
  const parts = [
    ...(deferred === 0 ? [] : [count(deferred, "deferred task")]),
    ...(recurring === 0 ? [] : [count(recurring, "recurring task")]),
  ];
  return parts.length === 0 ? [] : [`Without dates: ${series(parts)}.`];
}
