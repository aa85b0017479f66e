import { now } from "../../src/clock.ts";
import { drain } from "../../src/flow.ts";
import { openApp } from "../../src/github/app.ts";
import { createLog } from "../../src/logging.ts";
import { openLanes } from "../../src/postgres/lanes.ts";
import { openPool } from "../../src/postgres/open-pool.ts";
import { credentials } from "../credentials.ts";
import type { BenchPostgres } from "../postgres.ts";
import { type Spread, spreadOf } from "../spread.ts";
import { drainInBatches, drainOneByOne, importPlans, type Lane, type Stage } from "./stage.ts";

const setting = {
  repositories: 5,
  tasks: 200,
  /** Deliveries in all, when they wait in batches, and when each is drained before the next one comes. */
  batched: 2000,
  singly: 150,
  rounds: 3,
  growth: { small: 100, large: 10_000, deliveries: 30, rounds: 5 },
} as const;

export type DrainFigures = {
  readonly setting: typeof setting;
  /** Deliveries a second. */
  readonly batched: Spread;
  readonly singly: Spread;
  readonly ratio: Spread;
  /** Milliseconds a delivery when they come one by one, and how many times longer in the large plan. */
  readonly small: Spread;
  readonly large: Spread;
  readonly growth: Spread;
};

/** Deliveries drained a second through the flow with the real translator: the inbox is filled beforehand, nothing goes over HTTP. */
export async function benchDrain(postgres: BenchPostgres): Promise<DrainFigures> {
  const { translator } = await openApp({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    apiUrl: "https://github.invalid",
    log: createLog("silent"),
    now,
  });
  const pool = openPool(await postgres.database(), { poolSize: 12, log: () => undefined });
  try {
    const stage: Stage = { pool, lanes: openLanes(pool, (lane) => drain(lane, translator)) };
    return { setting, ...(await throughput(stage)), ...(await growth(stage)) };
  } finally {
    await pool.end();
  }
}

/** The same deliveries to repositories of the same size: many waiting, and one at a time. The first round warms up. */
async function throughput(stage: Stage): Promise<Pick<DrainFigures, "batched" | "singly" | "ratio">> {
  const { repositories, tasks } = setting;
  const rounds: { readonly batched: number; readonly singly: number }[] = [];
  for (let round = 0; round <= setting.rounds; round += 1) {
    const crowd = await importPlans(stage, { repositories, tasks, named: tasks });
    const batched = await drainInBatches(stage, crowd, setting.batched / repositories);
    const trickle = await importPlans(stage, { repositories, tasks, named: tasks });
    const singly = await drainOneByOne(stage, trickle, setting.singly / repositories);
    if (round > 0) rounds.push({ batched: setting.batched / batched, singly: setting.singly / singly });
  }
  return {
    batched: spreadOf(rounds.map((round) => round.batched)),
    singly: spreadOf(rounds.map((round) => round.singly)),
    ratio: spreadOf(rounds.map((round) => round.batched / round.singly)),
  };
}

/** The same work on the same tasks in a plan of few and in a plan of many, delivery by delivery in turns. */
async function growth(stage: Stage): Promise<Pick<DrainFigures, "small" | "large" | "growth">> {
  const { small, large, deliveries } = setting.growth;
  const [few] = await importPlans(stage, { repositories: 1, tasks: small, named: small });
  const [many] = await importPlans(stage, { repositories: 1, tasks: large, named: small });
  if (few === undefined || many === undefined) throw new Error("no plan was imported");
  const rounds: { readonly small: number; readonly large: number }[] = [];
  const spent = async (lane: Lane) => (await drainOneByOne(stage, [lane], 1)) * 1000;
  for (let round = 0; round <= setting.growth.rounds; round += 1) {
    const sum = { small: 0, large: 0 };
    for (let index = 0; index < deliveries; index += 1) {
      sum.small += await spent(few);
      sum.large += await spent(many);
    }
    if (round > 0) rounds.push({ small: sum.small / deliveries, large: sum.large / deliveries });
  }
  return {
    small: spreadOf(rounds.map((round) => round.small)),
    large: spreadOf(rounds.map((round) => round.large)),
    growth: spreadOf(rounds.map((round) => round.large / round.small)),
  };
}
