import type { CallsFigures, DayFigures } from "./calls/calls.ts";
import type { Count } from "./calls/count.ts";
import type { DeriveFigures } from "./derive/derive.ts";
import type { DrainFigures } from "./drain/drain.ts";
import type { ImpactFigures } from "./impact/impact.ts";
import type { LatencyFigures } from "./latency/latency.ts";
import type { PlanFigures } from "./plan/plan.ts";
import type { ReceiptFigures } from "./receipt/receipt.ts";
import { number, written } from "./spread.ts";

/** Figures as a person reads them in a terminal: the median, the least and the most in brackets. */
export function describeReceipt({ setting, contestants, ratios }: ReceiptFigures): readonly string[] {
  const rows = contestants.map(({ name, perSecond, p50, p99 }) => [name, written(perSecond), written(p50, 1), written(p99, 1)]);
  return [
    `signed pushes of ${number(setting.bytes)} bytes, ${setting.connections} connections, ${setting.rounds} rounds of ${setting.seconds} s in turns`,
    ...table([["", "receipts a second", "p50 ms", "p99 ms"], ...rows]),
    `to Probot with an empty handler: ${written(ratios.toEmpty, 2)}, aim 0.7 or more`,
    `to Probot with one insert:       ${written(ratios.toInsert, 2)}, aim 1.3 or more`,
  ];
}

export function describeDrain({ setting, ...figures }: DrainFigures): readonly string[] {
  const { repositories, tasks, growth } = setting;
  return [
    `pushes and pull requests of ${repositories} repositories, plans of ${tasks} tasks, ${setting.rounds} rounds`,
    ...table([
      ["", "deliveries a second"],
      [`${number(setting.batched)} waiting`, written(figures.batched)],
      ["one at a time", written(figures.singly)],
    ]),
    `in batches to one at a time: ${written(figures.ratio, 1)}`,
    `ms a delivery, one at a time: plan of ${number(growth.small)} tasks ${written(figures.small, 1)}, of ${number(growth.large)} tasks ${written(figures.large, 1)}`,
    `large plan to small plan: ${written(figures.growth, 2)}`,
  ];
}

export function describeDerive({ setting, plans, facts, atOnce }: DeriveFigures): readonly string[] {
  const rows = plans.map(({ tasks, ms, growth }) => [number(tasks), written(ms, 1), written(growth, 2)]);
  return [
    `one delivery about one task, drained by itself, ${setting.rounds} rounds of ${setting.deliveries} in turns`,
    ...table([["tasks in the plan", "ms a delivery", "to the smallest, aim 1.5 or less"], ...rows]),
    ...table([
      ["facts of the task", "ms a delivery"],
      [number(facts.few), written(facts.msFew, 1)],
      [number(facts.many), written(facts.msMany, 1)],
    ]),
    `many facts to few: ${written(facts.growth, 2)}, aim 2 or less`,
    `${setting.atOnce.deliveries} deliveries to one repository: in one go ${written(atOnce.together, 2)} s, singly ${written(atOnce.singly, 2)} s`,
    `singly to in one go: ${written(atOnce.ratio, 1)}`,
  ];
}

export function describeLatency({ setting, toCheck, p95 }: LatencyFigures): readonly string[] {
  return [
    `${setting.pulls} pull requests, plan of ${setting.tasks} tasks, from sending the webhook to the check run's creation on GitHub`,
    `p50 ${number(toCheck.median)} ms, p95 ${number(p95)} ms, from ${number(toCheck.least)} to ${number(toCheck.most)}`,
  ];
}

export function describeCalls({ setting, days, missed }: CallsFigures): readonly string[] {
  const { aims } = setting;
  return [
    `calls of GitHub in a working day, plan of ${setting.tasks} tasks, with every wait of the app's as long as it is`,
    `aim: ${aims.summaryEveryMs / 1000} s or more between two writes of a summary`,
    ...days.flatMap((day) => ["", ...describeDay(day, aims.writesPerDelivery[day.story])]),
    "",
    ...(missed.length === 0 ? ["no aim is missed"] : missed.map((aim) => `MISSED: ${aim}`)),
  ];
}

function describeDay(day: DayFigures, most: number): readonly string[] {
  const { story, hours, processes, pulls, commits, deliveries, writes, reads, summaryGapMs } = day;
  return [
    `${story} in ${hours} h, processes: ${processes}`,
    `  ${sum(deliveries)} deliveries, ${pulls} pull requests opened, ${commits} commits: ${deliveries.map(({ kind, calls }) => `${kind} ${calls}`).join(", ")}`,
    `  ${number(day.writesPerDelivery, 3)} writes a delivery, aim ${most} or less; ${number(day.readsPerDelivery, 2)} reads; between two writes of the summary ${summaryGapMs === null ? "no time: it was not written twice" : `${number(summaryGapMs / 1000, 1)} s at least`}`,
    ...table([...writes.map(rowOf("  write")), ...reads.map(rowOf("  read"))]),
  ];
}

const sum = (counts: readonly Count[]): number => counts.reduce((all, { calls }) => all + calls, 0);
const rowOf =
  (what: string) =>
  ({ kind, calls }: Count): readonly string[] => [what, number(calls), kind];

export function describePlan({ setting, sizes, growth }: PlanFigures): readonly string[] {
  const rows = sizes.map(({ tasks, parse, read, edit }) => [number(tasks), written(parse, 1), written(read, 1), written(edit, 1)]);
  return [
    `CSV plans of 13 columns, ${setting.rounds} rounds, each reading and editing beside csv-parse alone on the same text`,
    ...table([["tasks", "csv-parse ms", "read ms", "edit one cell ms"], ...rows]),
    ...sizes.flatMap(({ tasks, readToParse, editToParse }) => [
      `${number(tasks)} tasks, reading to csv-parse:          ${written(readToParse, 2)}, aim 2 or less`,
      `${number(tasks)} tasks, editing one cell to csv-parse: ${written(editToParse, 2)}, aim 1.5 or less`,
    ]),
    `ten times the tasks: reading ${written(growth.read, 1)} times as long, editing ${written(growth.edit, 1)}, aim 11 or less`,
  ];
}

export function describeImpact({ setting, statuses, withSchedule, toParse, schedule }: ImpactFigures): readonly string[] {
  return [
    `a pull request that completes one of ${number(setting.tasks)} tasks and starts another, ms of processor time, ${setting.rounds} rounds`,
    `statuses, readiness, milestones: ${written(statuses, 1)}`,
    `with ends and critical paths:    ${written(withSchedule, 1)}, aim 50 or less`,
    `to JSON.parse of the same board: ${written(toParse, 2)}`,
    `a whole schedule with forecasts of ${number(setting.runs)} runs: ${written(schedule)}`,
  ];
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("   ")
      .trimEnd(),
  );
}
