/** A database whose lanes are told facts: what lies between GitHub's words and ours is tested where it is written. */
import type pg from "pg";
import { onTestFinished } from "vitest";
import { z } from "zod";
import { type Fact, factSchema, type RepositoryFact } from "../src/core/words.ts";
import { drain } from "../src/flow.ts";
import type { InstallationNews, Translator } from "../src/ports.ts";
import { type Lanes, openLanes } from "../src/postgres/lanes.ts";
import { openPool } from "../src/postgres/open-pool.ts";
import { putIntoInbox } from "../src/postgres/put-into-inbox.ts";
import { at, shaOf } from "./facts.ts";
import { freshDatabase } from "./fresh-database.ts";

const rowBody = z.object({
  repository: z.number().nullable(),
  facts: z.array(factSchema),
  texts: z.array(z.string()),
  from: z.number().nullable(),
  news: z.object({ installation: z.number(), present: z.boolean(), deleted: z.boolean(), at: z.number() }).nullable(),
});
type Body = z.infer<typeof rowBody>;

const translator: Translator = {
  translate: async (rows) =>
    rows.map((row) => {
      if (row.event === "reading.again")
        return { row: row.row, delivery: row.id, told: [], texts: new Map(), from: null, news: null, asks: "again" };
      const { repository, facts, texts, from, news } = rowBody.parse(JSON.parse(row.body.toString("utf8")));
      return {
        row: row.row,
        delivery: row.id,
        told: facts.map((fact) => ({ repository: repository ?? 0, fact })),
        texts: new Map(texts.map((text) => [shaOf(text), text])),
        from: from === null || repository === null ? null : { repository, installation: from, owner: "octo", name: `plans-${repository}` },
        news,
      };
    }),
};

export const homeOf = (repository: number, installation: number): RepositoryFact => ({
  kind: "repository",
  id: `repository#${repository}`,
  thing: "repository",
  at: 0,
  repository,
  installation,
  owner: "octo",
  name: `plans-${repository}`,
  defaultBranch: "main",
  private: false,
  present: true,
});

type Told = { readonly texts?: readonly string[]; readonly from?: number };

export type FactLanes = {
  readonly pool: pg.Pool;
  readonly lanes: Lanes;
  /** Facts of one repository, as one row; drained at once. `from` = the installation that the payload names. */
  tell(repository: number, facts: readonly Fact[], told?: Told): Promise<void>;
  /** News of an installation, drained at once in its own lane; what follows for its repositories waits in theirs. */
  hear(news: Omit<InstallationNews, "at">): Promise<void>;
};

/** Closed and dropped when the test ends. */
export async function openFactLanes(): Promise<FactLanes> {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const pool = openPool(database.url, { poolSize: 3, log: () => undefined });
  onTestFinished(() => pool.end());
  const lanes = openLanes(pool, (lane) => drain(lane, translator));
  let rows = 0;
  const put = async (lane: string, body: Partial<Body>) => {
    rows += 1;
    const whole: Body = { repository: null, facts: [], texts: [], from: null, news: null, ...body };
    await putIntoInbox(pool, [{ id: `row ${rows}`, event: "facts", lane, live: true, body: Buffer.from(JSON.stringify(whole)) }]);
    await lanes.drain(lane);
  };
  return {
    pool,
    lanes,
    tell: (repository, facts, { texts = [], from } = {}) =>
      put(`repository:${repository}`, { repository, facts: [...facts], texts: [...texts], from: from ?? null }),
    hear: (news) => put(`installation:${news.installation}`, { news: { ...news, at: at(60) } }),
  };
}
