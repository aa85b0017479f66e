import { defaultConfiguration } from "../../src/core/plan/configuration.ts";
import { readPlan } from "../../src/core/plan/read-plan.ts";
import { impactOf } from "../../src/core/schedule/impact.ts";
import { asBoardTask } from "../../src/core/schedule/next.ts";
import { scheduleOf } from "../../src/core/schedule/schedule.ts";
import { taskKey } from "../../src/core/schedule/task-key.ts";
import type { Board, Status } from "../../src/core/words.ts";
import { csvPlan } from "../plan.ts";
import { inTurns } from "../rounds.ts";
import { type Spread, spreadOf } from "../spread.ts";

const setting = { tasks: 10_000, rounds: 9, repeats: 5, runs: 1000 } as const;

/**
 * Milliseconds of processor time: what a pull request does to statuses and milestones, the same with ends and critical paths, a whole schedule.
 * `toParse` = the second to reading the same board with `JSON.parse`, which tells what the machine is worth.
 */
export type ImpactFigures = {
  readonly setting: typeof setting;
  readonly statuses: Spread;
  readonly withSchedule: Spread;
  readonly toParse: Spread;
  readonly schedule: Spread;
};

const path = "docs/plan.csv";
const now = Date.UTC(2026, 0, 7);
const ratios = [0.4, 0.6, 0.8, 0.9, 1, 1.1, 1.3, 1.6, 2.5];

/** The impact of a pull request that completes one task of a plan of 10 000 and starts another, and the schedule of that plan. */
export async function benchImpact(): Promise<ImpactFigures> {
  const boards = [boardOf(csvPlan(setting.tasks))];
  const [done, begun] = boards.flatMap(({ tasks }) => tasks).map(({ scope, token }) => taskKey(scope, token));
  const after = new Map<string, Status>([
    [done ?? "", "completed"],
    [begun ?? "", "in-progress"],
  ]);
  const input = { before: boards, after, configuration: defaultConfiguration };
  const asked = { boards, configuration: defaultConfiguration, spread: { ratios }, now, revision: "one" };
  const text = JSON.stringify(boards);
  const contestants = [
    () => must(impactOf(input).changes.length === 2),
    () => must(impactOf({ ...input, now }).schedule?.plans.length === 1),
    () => must(scheduleOf(asked).tasks.size === setting.tasks),
    () => must(Array.isArray(JSON.parse(text))),
  ];
  const rounds = await inTurns(contestants, setting.rounds, (work) => Promise.resolve(milliseconds(work)));
  const of = (index: number): Spread => spreadOf(rounds.flatMap((round) => round.slice(index, index + 1)));
  const toParse = spreadOf(rounds.map(([, impact = Number.NaN, , parse = Number.NaN]) => impact / parse));
  return { setting, statuses: of(0), withSchedule: of(1), toParse, schedule: of(2) };
}

function boardOf(text: string): Board {
  const plan = readPlan({ path, text }).plan;
  const tasks = plan?.tasks.map(asBoardTask) ?? [];
  return { path, tasks, milestones: [], risks: [], cadence: [], criteria: { open: 0, done: 0 }, problems: [], unreadable: null };
}

/** Processor time, on average: the time of a shared machine would be that of its other work too. */
function milliseconds(work: () => void): number {
  const start = process.cpuUsage();
  for (let i = 0; i < setting.repeats; i += 1) work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / setting.repeats;
}

function must(right: boolean): void {
  if (!right) throw new Error("what was measured did not do its work");
}
