/** Points in the app's work at which it can be killed, brought about from outside: by locks in its database, and by answers that never come. */
import pg from "pg";
import type { FaultKind } from "../../src/sandbox/sandbox.ts";
import type { Stage } from "./stage.ts";
import { until } from "./until.ts";

/** Prepared before the story goes on: when the app has come to the point, and how it is let go. */
export type Armed = { reached(): Promise<void>; release(): Promise<void> };
export type Point = (stage: Stage) => Promise<Armed>;

/** Deliveries are in the inbox and nobody drains them. */
export const beforeTheDrain: Point = (stage) =>
  holding(stage, {
    hold: `select pg_advisory_xact_lock(hashtextextended('repository:${stage.repository.id}', 1))`,
    reached: "select count(*) from inbox where state = 'waiting'",
  });

/** A drain has done its work but for the audit: nothing of it may be seen. */
export const beforeTheCommit: Point = (stage) =>
  holding(stage, {
    hold: "lock table audit_log in share row exclusive mode",
    reached: "select count(*) from pg_locks where relation = 'audit_log'::regclass and not granted",
  });

/** Everything is drained, and nobody takes what is to be performed. */
export const afterTheCommit: Point = (stage) =>
  holding(stage, {
    hold: "select from graphile_worker._private_job_queues for update",
    reached:
      "select count(*) from graphile_worker._private_jobs where key like '%:check:%' and not exists (select from inbox where state = 'waiting')",
  });

/** The app waits for GitHub's answer to a call of this route; `timeout-after`: GitHub has done what it was asked. */
export const waitingFor =
  (route: string, kind: FaultKind): Point =>
  async ({ sandbox }) => {
    const befallen = () => sandbox.exchanges.filter((exchange) => exchange.fault === kind && exchange.route === route).length;
    const before = befallen();
    sandbox.fault({ route, kind, times: 1 });
    return { reached: () => until(`the app asks for ${route}`, () => befallen() > before), release: async () => undefined };
  };

/** Holds something in a transaction of its own, until a count is not zero. */
export async function holding({ pool }: Stage, { hold, reached }: { readonly hold: string; readonly reached: string }): Promise<Armed> {
  const holder = new pg.Client({ connectionString: pool.options.connectionString });
  await holder.connect();
  await holder.query("begin");
  await holder.query(hold);
  return {
    reached: () =>
      until(`not zero: ${reached}`, async () => {
        const { rows } = await pool.query(reached);
        return Number(rows[0]?.count) > 0;
      }),
    release: () => holder.end(),
  };
}
