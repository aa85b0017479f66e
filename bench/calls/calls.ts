import { openPool } from "../../src/postgres/open-pool.ts";
import { type Sandbox, type SandboxRepository, startSandbox } from "../../src/sandbox/sandbox.ts";
import { startChild } from "../child.ts";
import { credentials } from "../credentials.ts";
import { csvPlan } from "../plan.ts";
import type { BenchPostgres } from "../postgres.ts";
import { type Call, type Counted, countCalls } from "./count.ts";
import { minute } from "./pull-life.ts";
import { busyDay, dayOfPulls, people, planPath } from "./story.ts";
import { type StoryTime, storyTime } from "./story-time.ts";

const stories = { "busy day": busyDay, "day of 60 pull requests": dayOfPulls } as const;

const setting = {
  tasks: 200,
  /**
   * The stories last eight hours; `hours` = what they are pressed into. The aim is one of 500 deliveries: the day of 60 pull requests has as
   * many of their whole lives alone, and is played to know what the heaviest day costs.
   */
  days: [
    { story: "busy day", hours: 8, processes: 1 },
    { story: "busy day", hours: 8, processes: 2 },
    { story: "busy day", hours: 0.5, processes: 1 },
    { story: "day of 60 pull requests", hours: 8, processes: 1 },
  ],
  aims: { writesPerDelivery: { "busy day": 0.3, "day of 60 pull requests": 0.55 }, summaryEveryMs: 30_000 },
} as const;

type Day = (typeof setting.days)[number];
export type DayFigures = Day & Counted;

/** `missed` = a sentence for each aim that was missed. */
export type CallsFigures = { readonly setting: typeof setting; readonly days: readonly DayFigures[]; readonly missed: readonly string[] };

/** How often the app calls GitHub in the course of a busy day: the whole app in processes of its own, the sandbox as GitHub. */
export async function benchCalls(postgres: BenchPostgres): Promise<CallsFigures> {
  const days: DayFigures[] = [];
  for (const day of setting.days) days.push({ ...day, ...(await playDay(postgres, day)) });
  return { setting, days, missed: days.flatMap(missedBy) };
}

function missedBy({ story, processes, hours, writesPerDelivery, summaryGapMs }: DayFigures): readonly string[] {
  const { aims } = setting;
  const day = `${story} in ${hours} h with ${processes} process${processes === 1 ? "" : "es"}`;
  const most = aims.writesPerDelivery[story];
  const often = writesPerDelivery > most;
  const soon = summaryGapMs !== null && summaryGapMs < aims.summaryEveryMs;
  return [
    ...(often ? [`${day}: ${writesPerDelivery.toFixed(3)} writes a delivery, aim ${most} or less`] : []),
    ...(soon ? [`${day}: a summary written twice within ${(summaryGapMs / 1000).toFixed(1)} s, aim ${aims.summaryEveryMs / 1000} s`] : []),
  ];
}

async function playDay(postgres: BenchPostgres, day: Day): Promise<Counted> {
  const closings: (() => Promise<unknown>)[] = [];
  try {
    const url = await postgres.database();
    const pool = openPool(url, { poolSize: 1, log: () => undefined });
    closings.push(() => pool.end());
    const { appId, publicKey, webhookSecret } = credentials;
    const now = Date.parse("2026-03-02T08:00:00Z");
    const sandbox = await startSandbox({ appId, publicKey, webhookSecret, webhookUrl: "http://127.0.0.1:9/", now });
    closings.push(() => sandbox.close());
    for (let process = 0; process < day.processes; process += 1) {
      const app = await startChild(["dist/main.js", "all"], {
        APP_ID: String(appId),
        PRIVATE_KEY: credentials.privateKey,
        WEBHOOK_SECRET: webhookSecret,
        DATABASE_URL: url,
        GITHUB_API_URL: sandbox.url,
        // A second between two writes makes none of them fewer.
        GITHUB_WRITE_SPACING: "off",
        PORT: "0",
      });
      closings.push(() => app.stop());
      sandbox.deliverTo(`${app.url}/api/github/webhooks`);
    }
    const repository = sandbox.repository({ owner: "octo", name: "plans", files: { [planPath]: csvPlan(setting.tasks) }, people });
    const time = storyTime(sandbox, pool);
    await sandbox.install([repository]);
    // Reading the past, and the first summary, are no part of the day.
    await time.until(time.now() + 10 * minute);
    return await callsOf(day, { sandbox, repository, time });
  } finally {
    for (const close of closings.reverse()) await close();
  }
}

type Scene = { readonly sandbox: Sandbox; readonly repository: SandboxRepository; readonly time: StoryTime };

/** Lets the day happen, and an hour after it, so that nothing that waits is left out. */
async function callsOf({ story, hours }: Day, { sandbox, repository, time }: Scene): Promise<Counted> {
  const calls: Call[] = [];
  const before = sandbox.deliveries.length;
  sandbox.onExchange((exchange) => calls.push({ exchange, at: time.now() }));
  const morning = time.now();
  for (const act of stories[story]()) {
    await time.until(morning + (act.at * hours) / 8);
    await act.play(repository);
  }
  await time.until(time.now() + 60 * minute);
  return countCalls([...calls], sandbox.deliveries.slice(before));
}
