import { now } from "../../src/clock.ts";
import { drain } from "../../src/flow.ts";
import { openApp } from "../../src/github/app.ts";
import { createLog } from "../../src/logging.ts";
import { openLanes } from "../../src/postgres/lanes.ts";
import { openPool } from "../../src/postgres/open-pool.ts";
import { credentials } from "../credentials.ts";
import { drainInBatches, drainOneByOne, importPlans, type Lane, type Stage } from "../drain/stage.ts";
import type { BenchPostgres } from "../postgres.ts";
import { type Spread, spreadOf } from "../spread.ts";

const setting = {
  /** Tasks of the plans; the deliveries speak of the first `named`, one each. */
  plans: [100, 10_000, 100_000],
  named: 100,
  /** Deliveries that came before, three a pull request: to `among` tasks in turns, so that each has few facts, and all to one task. */
  few: { deliveries: 120, among: 20 },
  many: 15_000,
  /** Deliveries in a round, of each contestant in turns. */
  deliveries: 30,
  rounds: 5,
  atOnce: { deliveries: 500, tasks: 100, rounds: 3 },
} as const;

const patient = ["idle_in_transaction_session_timeout", "statement_timeout"];

export type DeriveFigures = {
  readonly setting: typeof setting;
  /** Milliseconds a delivery, and how many times longer than in the smallest plan. */
  readonly plans: readonly { readonly tasks: number; readonly ms: Spread; readonly growth: Spread }[];
  /** Milliseconds a delivery for one task with few and with many facts, and how many times longer with many. */
  readonly facts: { readonly few: number; readonly many: number; readonly msFew: Spread; readonly msMany: Spread; readonly growth: Spread };
  /** Seconds for the same deliveries to one repository, all waiting and one by one. */
  readonly atOnce: { readonly together: Spread; readonly singly: Spread; readonly ratio: Spread };
};

/** Whether the cost of a delivery follows what it changes: neither the size of the plan nor what became of its task before. */
export async function benchDerive(postgres: BenchPostgres): Promise<DeriveFigures> {
  const { translator } = await openApp({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    apiUrl: "https://github.invalid",
    log: createLog("silent"),
    now,
  });
  const pool = openPool(await postgres.database(), { poolSize: 4, log: () => undefined });
  // On a machine that is busy with others a plan of 100 000 tasks takes longer to be taken in than a session may idle.
  pool.on("connect", (client) => void client.query("select set_config(name, '0', false) from unnest($1::text[]) as name", [patient]));
  try {
    const stage: Stage = { pool, lanes: openLanes(pool, (lane) => drain(lane, translator)) };
    return { setting, plans: await growthOfPlans(stage), facts: await growthOfFacts(stage), atOnce: await allAtOnce(stage) };
  } finally {
    await pool.end();
  }
}

async function growthOfPlans(stage: Stage): Promise<DeriveFigures["plans"]> {
  const lanes: Lane[] = [];
  for (const tasks of setting.plans) lanes.push(...(await importPlans(stage, { repositories: 1, tasks, named: setting.named })));
  const rounds = await inTurns(stage, lanes);
  return setting.plans.map((tasks, index) => ({
    tasks,
    ms: spreadOf(rounds.map((round) => round[index] ?? Number.NaN)),
    growth: spreadOf(rounds.map((round) => (round[index] ?? Number.NaN) / (round[0] ?? Number.NaN))),
  }));
}

async function growthOfFacts(stage: Stage): Promise<DeriveFigures["facts"]> {
  const [few] = await importPlans(stage, { repositories: 1, tasks: 100, named: setting.few.among });
  const [many] = await importPlans(stage, { repositories: 1, tasks: 100, named: 1 });
  if (few === undefined || many === undefined) throw new Error("no plan was imported");
  await drainInBatches(stage, [few], setting.few.deliveries);
  await drainInBatches(stage, [many], setting.many);
  await stage.pool.query("analyze");
  const [factsFew, factsMany] = [Math.round((await factsOf(stage, few)) / setting.few.among), await factsOf(stage, many)];
  const rounds = await inTurns(stage, [few, many]);
  const [msFew, msMany] = [0, 1].map((index) => spreadOf(rounds.map((round) => round[index] ?? Number.NaN)));
  if (msFew === undefined || msMany === undefined) throw new Error("nothing was measured");
  const growth = spreadOf(rounds.map(([a = Number.NaN, b = Number.NaN]) => b / a));
  return { few: factsFew, many: factsMany, msFew, msMany, growth };
}

async function allAtOnce(stage: Stage): Promise<DeriveFigures["atOnce"]> {
  const { deliveries, tasks, rounds } = setting.atOnce;
  const spent: { readonly together: number; readonly singly: number }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const lanes = await importPlans(stage, { repositories: 2, tasks, named: tasks });
    const together = await drainInBatches(stage, lanes.slice(0, 1), deliveries);
    const singly = await drainOneByOne(stage, lanes.slice(1), deliveries);
    if (round > 0) spent.push({ together, singly });
  }
  return {
    together: spreadOf(spent.map((round) => round.together)),
    singly: spreadOf(spent.map((round) => round.singly)),
    ratio: spreadOf(spent.map((round) => round.singly / round.together)),
  };
}

/** Milliseconds a delivery of each lane in each round, one delivery of each after the other. The first round warms up. */
async function inTurns(stage: Stage, lanes: readonly Lane[]): Promise<readonly (readonly number[])[]> {
  const rounds: number[][] = [];
  for (let round = 0; round <= setting.rounds; round += 1) {
    const sums = lanes.map(() => 0);
    for (let index = 0; index < setting.deliveries; index += 1)
      for (const [contestant, lane] of lanes.entries())
        sums[contestant] = (sums[contestant] ?? 0) + (await drainOneByOne(stage, [lane], 1)) * 1000;
    if (round > 0) rounds.push(sums.map((sum) => sum / setting.deliveries));
  }
  return rounds;
}

/** How many facts the repository of a lane has, but for those of its plan. */
async function factsOf({ pool }: Stage, lane: Lane): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    "select count(*)::int as count from facts where 'repository:' || repository_id = $1 and kind not in ('plan', 'repository')",
    [lane.name],
  );
  return rows[0]?.count ?? 0;
}
