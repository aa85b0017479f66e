import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { at, branch, issue, pull, relation, shaOf } from "../../test/facts.ts";
import { freshDatabase } from "../../test/fresh-database.ts";
import type { Fact } from "../core/words.ts";
import type { BackfillStep, Backfills, PastPage } from "../ports.ts";
import { openBackfills } from "./backfills.ts";
import { openPool } from "./open-pool.ts";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let pool: pg.Pool;
let backfills: Backfills;

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url, { poolSize: 4, log: () => {} });
  backfills = openBackfills(pool);
});

beforeEach(async () => {
  await pool.query("truncate backfills, inbox, repositories, facts; delete from graphile_worker._private_jobs");
  await pool.query(
    "insert into repositories (id, installation_id, owner, name, default_branch, private) values (7, 1, 'o', 'r', 'main', true)",
  );
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const since = Date.UTC(2026, 0, 1);
const page = (change: Partial<PastPage> = {}): PastPage => ({ readings: [], cursor: null, items: 1, left: 0, restUntil: null, ...change });
const reading = (id: string) => ({ id, kind: "told", body: {} });
const jobs = async () => (await pool.query("select key, queue_name as queue from graphile_worker.jobs order by key")).rows;
const rows = async () => (await pool.query("select id, live from inbox order by id")).rows;

async function step(): Promise<BackfillStep> {
  const next = await backfills.next(7);
  if (next === null) throw new Error("nothing is left");
  return next;
}

/** Reads every kind to its end. */
async function readAll(): Promise<void> {
  for (let next = await backfills.next(7); next !== null && next.kind !== "statuses"; next = await backfills.next(7))
    await backfills.advance(7, next, page());
  await backfills.finish(7, []);
}

describe("a backfill begins", () => {
  test("with the first kind, in a queue of its own, and not again unless somebody asks", async () => {
    await backfills.begin(7, { request: null, since });
    expect(await backfills.next(7)).toEqual({ kind: "plans", cursor: null, since });
    expect(await jobs()).toEqual([{ key: "7:backfill-page", queue: "past:1" }]);

    await readAll();
    await backfills.begin(7, { request: null, since });
    expect(await backfills.next(7)).toBeNull();
  });

  test("anew for each request, once; a request while it is running begins nothing", async () => {
    await backfills.begin(7, { request: null, since });
    await backfills.advance(7, await step(), page({ items: 3 }));
    await backfills.begin(7, { request: "comment:1#a", since });
    expect((await backfills.of(7))?.stages[0]).toMatchObject({ kind: "plans", state: "done", done: 3 });
    expect((await backfills.of(7))?.requests).toEqual(["first", "comment:1#a"]);

    await readAll();
    await backfills.begin(7, { request: "comment:1#a", since });
    expect(await backfills.next(7)).toBeNull();
    await backfills.begin(7, { request: "comment:2#b", since: since + 1 });
    expect(await backfills.next(7)).toEqual({ kind: "plans", cursor: null, since: since + 1 });
    expect((await backfills.of(7))?.requests).toEqual(["first", "comment:1#a", "comment:2#b"]);
  });

  test("once, however many ask at the same moment", async () => {
    await Promise.all(["a", "b", "c"].map((name) => backfills.begin(7, { request: name, since })));

    expect((await backfills.of(7))?.requests.toSorted()).toEqual(["a", "b", "c"]);
    expect((await backfills.of(7))?.stages).toHaveLength(7);
  });
});

describe("a page", () => {
  test("is stored with the place behind it, as rows of the past", async () => {
    await backfills.begin(7, { request: null, since });
    expect(await backfills.advance(7, await step(), page({ readings: [reading("a")], cursor: { page: 2 }, items: 5, left: 9 }))).toBe(true);

    expect(await rows()).toEqual([{ id: "a", live: false }]);
    expect(await backfills.isWaiting(7)).toBe(true);
    expect(await backfills.next(7)).toMatchObject({ kind: "plans", cursor: { page: 2 } });
    expect((await backfills.of(7))?.stages[0]).toMatchObject({ state: "waiting", done: 5, left: 9 });
  });

  test("that another process stored already is left alone, cursor and rows", async () => {
    await backfills.begin(7, { request: null, since });
    const same = await step();
    await backfills.advance(7, same, page({ readings: [reading("a")], cursor: { page: 2 } }));

    expect(await backfills.advance(7, same, page({ readings: [reading("b")], cursor: { page: 2 } }))).toBe(false);
    expect(await rows()).toEqual([{ id: "a", live: false }]);
    expect((await backfills.of(7))?.stages[0]).toMatchObject({ done: 1 });
  });

  test("whose row cannot be stored moves nothing on", async () => {
    await backfills.begin(7, { request: null, since });
    const cyclic: unknown[] = [];
    cyclic.push(cyclic);

    await expect(backfills.advance(7, await step(), page({ readings: [{ ...reading("a"), body: cyclic }] }))).rejects.toThrow();
    expect(await backfills.next(7)).toMatchObject({ kind: "plans", cursor: null });
  });

  test("after which the quota is spared lets the next kind wait", async () => {
    await backfills.begin(7, { request: null, since });
    await backfills.advance(7, await step(), page({ restUntil: since + 5 }));

    expect((await backfills.of(7))?.stages.map(({ notBefore }) => notBefore)).toEqual([null, since + 5, null, null, null, null, null]);
  });
});

describe("trouble", () => {
  test("that may pass is kept to be shown, until a page comes through", async () => {
    await backfills.begin(7, { request: null, since });
    await backfills.stumble(7, await step(), { error: "bad \u0000 gateway", final: false, notBefore: null });
    expect((await backfills.of(7))?.stages[0]).toMatchObject({ state: "waiting", error: "bad  gateway" });

    await backfills.advance(7, await step(), page());
    expect((await backfills.of(7))?.stages[0]).toMatchObject({ state: "done", error: null });
  });

  test("that does not pass stops it where it is, which is told; whoever asks again lets it go on from there", async () => {
    await backfills.begin(7, { request: null, since });
    await backfills.advance(7, await step(), page({ cursor: { page: 2 }, items: 5 }));
    await backfills.stumble(7, await step(), { error: "bad gateway", final: false, notBefore: null });
    expect(await backfills.of(7)).toMatchObject({ stopped: false });
    const attempts = (set: string) => pool.query(`update graphile_worker._private_jobs set ${set}`);
    await attempts("attempts = max_attempts, locked_at = now(), locked_by = 'a worker'");
    expect(await backfills.of(7)).toMatchObject({ stopped: false });
    await attempts("locked_at = null, locked_by = null");
    expect(await backfills.of(7)).toMatchObject({ stopped: true, stages: [{ kind: "plans", error: "bad gateway" }, ...Array(6).fill({})] });

    await backfills.begin(7, { request: "comment:1#a", since });
    expect(await backfills.of(7)).toMatchObject({ stopped: false, requests: ["first", "comment:1#a"] });
    expect(await backfills.next(7)).toMatchObject({ kind: "plans", cursor: { page: 2 } });
  });

  test("for good leaves one kind out, and the others are read", async () => {
    await backfills.begin(7, { request: null, since });
    await backfills.stumble(7, await step(), { error: "forbidden", final: true, notBefore: null });

    expect(await backfills.next(7)).toMatchObject({ kind: "merged" });
    await readAll();
    expect((await backfills.of(7))?.stages[0]).toMatchObject({ state: "failed", error: "forbidden" });
  });
});

test("what stands open here, which edges and which branches are known, is told by the newest fact of each", async () => {
  const facts: readonly Fact[] = [
    issue(1, at(1)),
    issue(2, at(1)),
    issue(2, at(2), { state: "closed" }),
    pull(7, "draft", at(3)),
    pull(8, "open", at(1)),
    pull(8, "merged", at(2)),
    branch("topic", at(1)),
    branch("gone", at(1)),
    branch("gone", at(2), false),
    relation("part", 3, 7, at(1)),
    relation("waits-for", 3, 8, at(1)),
    relation("waits-for", 3, 8, at(1), false),
  ];
  await pool.query(
    "insert into facts (repository_id, id, kind, thing, at, body) select 7, f ->> 'id', f ->> 'kind', f ->> 'thing', to_timestamp((f ->> 'at')::float8 / 1000), f from unnest($1::jsonb[]) as told (f)",
    [facts.map((fact) => JSON.stringify(fact))],
  );

  expect(await backfills.openThings(7)).toEqual(["issue:1", "pull:7"]);
  expect(await backfills.openHeads(7)).toEqual([shaOf("head 7")]);
  expect(await backfills.edges(7)).toEqual([relation("part", 3, 7, at(1))]);
  expect(await backfills.branches(7)).toEqual(
    new Map([
      ["topic", { at: at(1), live: true }],
      ["gone", { at: at(2), live: false }],
    ]),
  );
});

test("at the end what is to be shown is asked for, once", async () => {
  await backfills.begin(7, { request: null, since });
  await readAll();
  await pool.query("delete from graphile_worker._private_jobs");
  await backfills.finish(7, [{ kind: "summary" }]);
  expect(await jobs()).toEqual([]);

  await backfills.begin(7, { request: "again", since });
  for (let next = await step(); next.kind !== "statuses"; next = await step()) await backfills.advance(7, next, page());
  await backfills.finish(7, [{ kind: "summary" }]);
  expect((await jobs()).map(({ key }) => key)).toContain("7:summary");
});
