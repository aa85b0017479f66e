import { fork } from "node:child_process";
import pg from "pg";
import { z } from "zod";
import { type Child, startChild } from "../child.ts";
import { credentials } from "../credentials.ts";
import type { BenchPostgres } from "../postgres.ts";
import { inTurns } from "../rounds.ts";
import { type Spread, spreadOf } from "../spread.ts";
import { signedPushes } from "./signed-pushes.ts";
import { type Load, type LoadResult, loadResultSchema } from "./words.ts";

const setting = { connections: 50, bytes: 8192, rounds: 5, seconds: 2.5 } as const;

type Contestant = {
  readonly name: string;
  readonly server: Child;
  /** Where each accepted delivery must be found afterwards; null where nothing is kept. */
  readonly kept: { readonly client: pg.Client; readonly table: string } | null;
};

export type ReceiptFigures = {
  readonly setting: typeof setting;
  readonly contestants: readonly { readonly name: string; readonly perSecond: Spread; readonly p50: Spread; readonly p99: Spread }[];
  /** Ours divided by theirs, round by round. */
  readonly ratios: { readonly toEmpty: Spread; readonly toInsert: Spread };
};

/** Receipts a second: our web role, bare Probot, and Probot that stores each delivery, in turns. */
export async function benchReceipt(postgres: BenchPostgres): Promise<ReceiptFigures> {
  const started: Contestant[] = [];
  try {
    for (const start of [startOurs, startEmpty, startInsert]) started.push(await start(postgres));
    const results = await inTurns(started, setting.rounds, takeTurn);
    const column = (index: number, read: (result: LoadResult) => number) => results.map((round) => figure(round[index], read));
    const ratio = (index: number) => spreadOf(results.map((round) => figure(round[0], perSecond) / figure(round[index], perSecond)));
    return {
      setting,
      contestants: started.map(({ name }, index) => ({
        name,
        perSecond: spreadOf(column(index, perSecond)),
        p50: spreadOf(column(index, ({ p50 }) => p50)),
        p99: spreadOf(column(index, ({ p99 }) => p99)),
      })),
      ratios: { toEmpty: ratio(1), toInsert: ratio(2) },
    };
  } finally {
    for (const { server, kept } of started) {
      await server.stop();
      await kept?.client.end();
    }
  }
}

const perSecond = (result: LoadResult): number => result.perSecond;
const figure = (result: LoadResult | undefined, read: (result: LoadResult) => number): number =>
  result === undefined ? Number.NaN : read(result);

const environment = { APP_ID: String(credentials.appId), PRIVATE_KEY: credentials.privateKey, WEBHOOK_SECRET: credentials.webhookSecret };

async function startOurs(postgres: BenchPostgres): Promise<Contestant> {
  const url = await postgres.database();
  const server = await startChild(["dist/main.js", "web"], { ...environment, DATABASE_URL: url, PORT: "0" });
  return { name: "Plankeeper", server, kept: { client: await connected(url), table: "inbox" } };
}

async function startEmpty(): Promise<Contestant> {
  return { name: "Probot, empty handler", server: await startProbot("empty"), kept: null };
}

async function startInsert(postgres: BenchPostgres): Promise<Contestant> {
  const url = await postgres.database({ empty: true });
  const client = await connected(url);
  await client.query("create table deliveries (id text primary key, event text not null, payload text not null)");
  return { name: "Probot, one insert", server: await startProbot("insert", url), kept: { client, table: "deliveries" } };
}

const startProbot = (...options: readonly string[]): Promise<Child> =>
  startChild(["--import", "tsx", "bench/receipt/probot-app.ts", ...options], environment);

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  // Whoever uses it learns from the query that fails; unheard, the end of the server would end the bench before it has cleaned up.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

const counted = z.tuple([z.object({ rows: z.coerce.number() })]);

/** Begins with an empty table and with nothing left to write out, and proves that what was answered is stored. */
async function takeTurn({ name, server, kept }: Contestant): Promise<LoadResult> {
  await kept?.client.query(`truncate ${kept.table}`);
  await kept?.client.query("checkpoint");
  const result = await generate({
    url: `${server.url}/api/github/webhooks`,
    connections: setting.connections,
    seconds: setting.seconds,
    deliveries: signedPushes({ count: 16, bytes: setting.bytes, secret: credentials.webhookSecret }),
  });
  if (kept === null) return result;
  const { rows } = await kept.client.query(`select count(*) as rows from ${kept.table}`);
  const [stored] = counted.parse(rows);
  if (stored.rows !== result.accepted) throw new Error(`${name} answered ${result.accepted} deliveries and stored ${stored.rows}`);
  return result;
}

function generate(load: Load): Promise<LoadResult> {
  const child = fork("bench/receipt/load.ts", { execArgv: ["--import", "tsx"] });
  return new Promise((resolve, reject) => {
    child.once("message", (message) => {
      child.disconnect();
      resolve(loadResultSchema.parse(message));
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the load generator ended with ${code}`)));
    child.send(load);
  });
}
