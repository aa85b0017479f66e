import { createServer, type Server } from "node:net";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import { Fault } from "../core/words.ts";
import { openPool } from "./open-pool.ts";
import { openReceipt } from "./receipt.ts";

const quiet = { poolSize: 4, log: () => {} };
const push = (id: string, body: string | Buffer = `{"repository":{"id":7}}`) => ({ id, event: "push", body: Buffer.from(body) });

let database: Awaited<ReturnType<typeof freshDatabase>>;
let pool: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url, quiet);
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("a delivery is in the inbox, waiting, once its receipt is told", async () => {
  const receipt = openReceipt(pool);

  expect(await receipt.add(push("first"))).toBe("stored");

  const { rows } = await pool.query("select event, lane, state, live, convert_from(body, 'utf8') as body from inbox where id = 'first'");
  expect(rows).toEqual([{ event: "push", lane: "repository:7", state: "waiting", live: true, body: `{"repository":{"id":7}}` }]);
});

test("bytes that no text column would take are kept as they came", async () => {
  const body = Buffer.from([0x22, 0x00, 0xed, 0xa0, 0x80, 0xff, 0x5c, 0x22]);

  await openReceipt(pool).add(push("bytes", body));

  const { rows } = await pool.query("select body, lane from inbox where id = 'bytes'");
  expect(rows).toEqual([{ body, lane: "none" }]);
});

test("many deliveries at once are each stored whole", async () => {
  const receipt = openReceipt(pool);
  const bodies = new Map(Array.from({ length: 1_000 }, (_, index) => [`many-${index}`, `{"text":"${"x".repeat(index)}"}`]));

  const answers = await Promise.all([...bodies].map(([id, body]) => receipt.add(push(id, body))));

  expect(answers.filter((answer) => answer === "stored")).toHaveLength(1_000);
  const { rows } = await pool.query("select id, convert_from(body, 'utf8') as body from inbox where id like 'many-%'");
  expect(rows).toHaveLength(1_000);
  expect(rows.filter((row) => row.body !== bodies.get(row.id))).toEqual([]);
});

test("a delivery that comes twice is stored once, whenever the second comes", async () => {
  const receipt = openReceipt(pool);

  const together = await Promise.all([receipt.add(push("twice")), receipt.add(push("twice"))]);
  const later = await receipt.add(push("twice", "{}"));

  expect([...together, later]).toEqual(["stored", "known", "known"]);
  const { rows } = await pool.query("select convert_from(body, 'utf8') as body from inbox where id = 'twice'");
  expect(rows).toEqual([{ body: `{"repository":{"id":7}}` }]);
});

test("two processes that get the same deliveries in different order store each once", async () => {
  const ids = Array.from({ length: 300 }, (_, index) => `both-${index}`);
  const [one, other] = [openReceipt(pool), openReceipt(pool)];

  const answers = await Promise.all([...ids.map((id) => one.add(push(id))), ...ids.toReversed().map((id) => other.add(push(id)))]);

  expect(answers.filter((answer) => answer === "stored")).toHaveLength(300);
});

test("a parked delivery that is sent again is opened again, a done one is not", async () => {
  const receipt = openReceipt(pool);
  await receipt.add(push("parked"));
  await receipt.add(push("done"));
  await pool.query(
    "update inbox set state = id, attempts = 9, error = 'unreadable', not_before = 'infinity' where id in ('parked', 'done')",
  );

  expect([await receipt.add(push("parked")), await receipt.add(push("done"))]).toEqual(["known", "known"]);

  const { rows } = await pool.query(
    "select id, state, attempts, error, not_before <= now() as due from inbox where id in ('parked', 'done') order by id",
  );
  expect(rows).toEqual([
    { id: "done", state: "done", attempts: 9, error: "unreadable", due: false },
    { id: "parked", state: "waiting", attempts: 0, error: null, due: true },
  ]);
});

test("whoever listens is woken by a new delivery", async () => {
  const client = await pool.connect();
  await client.query("listen inbox");
  const woken = new Promise<string>((resolve) => client.once("notification", (told) => resolve(told.channel)));

  await openReceipt(pool).add(push("waking"));

  expect(await woken).toBe("inbox");
  client.release(true);
});

test("one delivery that the database refuses does not take its neighbours with it", async () => {
  const receipt = openReceipt(pool);
  const bad = { ...push("bad"), event: "\u0000" };
  // The first two are under way alone; the others form one group.
  const answers = await Promise.allSettled([push("a"), push("b"), push("c"), bad, push("d")].map((delivery) => receipt.add(delivery)));

  expect(answers.map((answer) => answer.status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected", "fulfilled"]);
  const { rows } = await pool.query("select id from inbox where id in ('c', 'bad', 'd') order by id");
  expect(rows).toEqual([{ id: "c" }, { id: "d" }]);
});

test("a database that is away makes a Fault, and receipt works again when it is back", async () => {
  const away = openPool("postgres://nobody@127.0.0.1:1/none", quiet);

  await expect(openReceipt(away).add(push("away"))).rejects.toBeInstanceOf(Fault);
  expect(await openReceipt(pool).add(push("away"))).toBe("stored");
  await away.end();
});

test("a database that accepts connections and says nothing makes a Fault within the deadline", async () => {
  const server = await silentServer();
  const silent = openPool(server.url, quiet);

  await expect(openReceipt(silent, { deadlineMs: 50 }).add(push("silent"))).rejects.toThrow("did not answer in time");

  server.close();
  await silent.end();
});

test("a database that stalls in the middle makes a Fault within the deadline, and the next delivery finds its way", async () => {
  const blocker = await pool.connect();
  await blocker.query("begin");
  await blocker.query("lock table inbox in access exclusive mode");
  const receipt = openReceipt(pool, { deadlineMs: 100 });

  const stalled = Array.from({ length: 5 }, (_, index) => receipt.add(push(`stalled-${index}`)));
  const answers = await Promise.allSettled(stalled);
  await blocker.query("rollback");
  blocker.release();
  await receipt.close();

  expect(answers.map((answer) => answer.status)).toEqual(["rejected", "rejected", "rejected", "rejected", "rejected"]);
  const again = openReceipt(pool);
  await Promise.all(stalled.map((_, index) => again.add(push(`stalled-${index}`))));
  const { rows } = await pool.query("select count(*) as stored from inbox where id like 'stalled-%'");
  expect(rows).toEqual([{ stored: 5 }]);
});

test("more deliveries than may wait are refused at once instead of filling the memory", async () => {
  const limits = { queuedRows: 3, queuedBytes: 1_000, groupRows: 1, groupBytes: 1_000 };
  const byCount = openReceipt(pool, { limits });
  const bySize = openReceipt(pool, { limits });

  // What comes in one turn of the event loop waits together, before any of it is under way.
  const counted = await Promise.allSettled(Array.from({ length: 7 }, (_, index) => byCount.add(push(`count-${index}`))));
  const sized = await Promise.allSettled([1, 2, 3, 4].map((index) => bySize.add(push(`size-${index}`, "x".repeat(600)))));

  expect(counted.map((answer) => answer.status === "fulfilled")).toEqual([true, true, true, false, false, false, false]);
  expect(sized.map((answer) => answer.status === "fulfilled")).toEqual([true, false, false, false]);
});

test("closing waits for what was taken and takes nothing more", async () => {
  const receipt = openReceipt(pool);
  const taken = Array.from({ length: 50 }, (_, index) => receipt.add(push(`closing-${index}`)));

  await receipt.close();

  const { rows } = await pool.query("select count(*) as stored from inbox where id like 'closing-%'");
  expect(rows).toEqual([{ stored: 50 }]);
  await Promise.all(taken);
  await expect(receipt.add(push("late"))).rejects.toBeInstanceOf(Fault);
});

function silentServer(): Promise<{ readonly url: string; close(): void }> {
  const sockets = new Set<{ destroy(): void }>();
  const server: Server = createServer((socket) => sockets.add(socket));
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      resolve({ url: `postgres://nobody@127.0.0.1:${port}/none`, close });
    });
  });
}
