import { parse } from "csv-parse/sync";
import { editPlan } from "../../src/core/plan/edit.ts";
import { readPlan } from "../../src/core/plan/read-plan.ts";
import { normalise } from "../../src/core/plan/token.ts";
import { csvPlan, taskId } from "../plan.ts";
import { inTurns } from "../rounds.ts";
import { type Spread, spreadOf } from "../spread.ts";

const setting = {
  /** So often that each turn takes some tenths of a second. */
  small: { tasks: 10_000, repeats: 10 },
  large: { tasks: 100_000, repeats: 1 },
  rounds: 9,
} as const;

/** Milliseconds of csv-parse alone, of reading, and of writing one status; and how many times as long as csv-parse in the same round. */
export type SizeFigures = {
  readonly tasks: number;
  readonly parse: Spread;
  readonly read: Spread;
  readonly edit: Spread;
  readonly readToParse: Spread;
  readonly editToParse: Spread;
};
export type PlanFigures = {
  readonly setting: typeof setting;
  readonly sizes: readonly SizeFigures[];
  /** How many times as long ten times the tasks take. */
  readonly growth: { readonly read: Spread; readonly edit: Spread };
};

type Turn = { readonly parse: number; readonly read: number; readonly edit: number };

/** Reading a CSV plan, and editing one cell of it, beside csv-parse alone on the same text. */
export async function benchPlan(): Promise<PlanFigures> {
  const sizes = [setting.small, setting.large].map((size) => ({ ...size, text: csvPlan(size.tasks) }));
  const rounds = await inTurns(sizes, setting.rounds, (size) => Promise.resolve(turn(size)));
  const of = (index: number, figure: (turn: Turn) => number): Spread =>
    spreadOf(rounds.flatMap((round) => round.slice(index, index + 1).map(figure)));
  const growth = (figure: (turn: Turn) => number): Spread =>
    spreadOf(rounds.flatMap(([small, large]) => (small === undefined || large === undefined ? [] : [figure(large) / figure(small)])));
  return {
    setting,
    sizes: sizes.map(({ tasks }, index) => ({
      tasks,
      parse: of(index, ({ parse: alone }) => alone),
      read: of(index, ({ read }) => read),
      edit: of(index, ({ edit }) => edit),
      readToParse: of(index, (one) => one.read / one.parse),
      editToParse: of(index, (one) => one.edit / one.parse),
    })),
    growth: { read: growth(({ read }) => read), edit: growth(({ edit }) => edit) },
  };
}

function turn({ text, tasks, repeats }: { readonly text: string; readonly tasks: number; readonly repeats: number }): Turn {
  const path = "docs/plan.csv";
  const token = normalise(taskId(Math.floor(tasks / 2)));
  const change = { kind: "set", scope: path, token, to: { status: "completed" } } as const;
  return {
    parse: milliseconds(repeats, () => must(parse(text).length === tasks + 1)),
    read: milliseconds(repeats, () => must(readPlan({ path, text }).plan?.tasks.length === tasks)),
    edit: milliseconds(repeats, () =>
      must(editPlan({ path, text }, [change]).text.length === text.length + "completed".length - "todo".length),
    ),
  };
}

/** Milliseconds of processor time that a piece of work takes, on average: the time of a shared machine would be that of its other work too. */
function milliseconds(repeats: number, work: () => void): number {
  const start = process.cpuUsage();
  for (let time = 0; time < repeats; time += 1) work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / repeats;
}

function must(right: boolean): void {
  if (!right) throw new Error("what was measured did not do its work");
}
