import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir, readdir, readFile, rm, stat, utimes, watch, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { type Embedded, startEmbedded } from "./embedded.ts";
import { isReachable } from "./embedded-place.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const nobody = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
// Only root has to give up being root, and only root can become someone else.
const testAsRoot = test.skipIf(!isRoot);
// The other user must be able to read this clone and to run this Node.
const testAsOther = test.skipIf(!isRoot || !(await isReachable(project, nobody)) || !(await isReachable(process.execPath, nobody)));

test("data outlives a stop and a start", async () => {
  const folder = await temporaryFolder();
  const first = await start(folder);
  await ask(first.url, "create table kept (word text); insert into kept values ('said')");
  await first.stop();

  const second = await start(folder);

  expect(await ask(second.url, "select word from kept")).toEqual([{ word: "said" }]);
  expect(await ask(second.url, "show server_encoding")).toEqual([{ server_encoding: "UTF8" }]);
});

test("after a stop nothing answers any more, and stopping twice is stopping once", async () => {
  const embedded = await start(await temporaryFolder());

  await Promise.all([embedded.stop(), embedded.stop()]);

  await expect(ask(embedded.url, "select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("it listens on loopback alone and lets in nobody without the password, which others cannot read", async () => {
  const folder = await temporaryFolder();
  const { url } = await start(folder);

  expect(await ask(url, "show listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  const guess = new URL(url);
  guess.password = "guess";
  await expect(ask(guess.href, "select 1")).rejects.toMatchObject({ code: "28P01" });
  expect((await stat(join(folder, "postgres-18"))).mode & 0o777).toBe(0o700);
  expect((await stat(join(folder, "postgres-18", "password"))).mode & 0o777).toBe(0o600);
});

test("what is said to be durable is, and only a durable server is joined for it", async () => {
  const folder = await temporaryFolder();
  const durable = await start(folder, { durable: true });
  expect(await ask(durable.url, "show fsync")).toEqual([{ fsync: "on" }]);
  await durable.stop();
  const careless = await start(folder);
  expect(await ask(careless.url, "show fsync")).toEqual([{ fsync: "off" }]);

  await expect(startEmbedded({ dataDir: folder, durable: true, log: () => {} })).rejects.toThrow("without durability");
});

test("a path of any length with any characters will do", async () => {
  const folder = join(await temporaryFolder(), "x".repeat(120), `it's "here" $HOME ü`);

  const { url, dataDir } = await start(folder);

  expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(dataDir).toBe(folder);
});

test("several starts at once on a new folder share one server, and it stops with the last", async () => {
  const folder = await temporaryFolder();
  const all = await Promise.all([start(folder), start(folder), start(folder), start(folder)]);
  const url = all[0].url;
  expect(all.map((embedded) => embedded.url)).toEqual([url, url, url, url]);
  expect((await readdir(folder)).filter((name) => name.startsWith("postgres-18"))).toEqual(["postgres-18"]);

  await Promise.all(all.slice(1).map((embedded) => embedded.stop()));
  expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
  await all[0].stop();
  await expect(ask(url, "select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("whoever comes while the last is leaving gets a server that stays", async () => {
  const folder = await temporaryFolder();
  let current = await start(folder);
  for (let round = 0; round < 5; round += 1) {
    const [, next] = await Promise.all([current.stop(), start(folder)]);
    expect(await ask(next.url, "select 1 as one")).toEqual([{ one: 1 }]);
    current = next;
  }
});

test("a server whose process was killed is joined by the next one, and stopped by it", async () => {
  const folder = await temporaryFolder();
  const { child, url } = await startProcess(folder);
  await ask(url, "create table kept (word text)");
  child.kill("SIGKILL");
  await once(child, "close");

  const lines: string[] = [];
  const adopted = await start(folder, { log: (line) => lines.push(line) });

  expect(adopted.url).toBe(url);
  expect(lines.join()).toContain("Joined");
  expect(await ask(url, "select * from kept")).toEqual([]);
  await adopted.stop();
  await expect(ask(url, "select 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("a second process beside the first keeps the server when the first one leaves", async () => {
  const folder = await temporaryFolder();
  const { child, url } = await startProcess(folder);
  const joined = await start(folder);

  child.stdin.write("leave\n");
  await once(child, "close");

  expect(child.exitCode).toBe(0);
  expect(await ask(joined.url, "select 1 as one")).toEqual([{ one: 1 }]);
  expect(joined.url).toBe(url);
});

test("a first start that is killed in the middle leaves nothing that stops the second", async () => {
  const folder = await temporaryFolder();
  const seen = untilSeen(folder, "postgres-18.new-");
  const child = spawnProcess(folder);
  await seen;
  child.kill("SIGKILL");
  await once(child, "close");

  const { url } = await start(folder);

  expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("what a killed first start left behind is removed later", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "postgres-18.new-dead", "cluster"), { recursive: true });
  await utimes(join(folder, "postgres-18.new-dead"), 0, 0);

  await start(folder);

  expect((await readdir(folder)).filter((name) => name.includes("new"))).toEqual([]);
});

test("after a power cut it starts although another process has the number of the lost server now", async () => {
  const folder = await temporaryFolder();
  await (await start(folder)).stop();
  const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  onTestFinished(() => {
    stranger.kill("SIGKILL");
  });
  const cluster = join(folder, "postgres-18", "cluster");
  const stale = `${stranger.pid}\n${cluster}\n1700000000\n5432\n\n127.0.0.1\n  1234567       12345\nready   \n`;
  await writeFile(join(cluster, "postmaster.pid"), stale);

  const { url } = await start(folder);

  expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
});

test("a folder of that name that is not Plankeeper's is refused and left as it is", async () => {
  const folder = await temporaryFolder();
  const home = join(folder, "postgres-18");
  await mkdir(home);
  if (isRoot) await chown(home, nobody.uid, nobody.gid);
  await writeFile(join(home, "password"), "short");

  await expect(startEmbedded({ dataDir: folder, durable: false, log: () => {} })).rejects.toThrow("DATABASE_URL");

  expect(await readFile(join(home, "password"), "utf8")).toBe("short");
});

testAsRoot("data that belongs to another user than Postgres' is refused in words that say what to do", async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "postgres-18"));

  await expect(startEmbedded({ dataDir: folder, durable: false, log: () => {} })).rejects.toThrow(/belongs to user 0.*DATA_DIR/);
});

testAsRoot("run by root, Postgres runs as somebody else", async () => {
  const folder = await temporaryFolder();
  await start(folder);

  const home = join(folder, "postgres-18");
  const [pid] = (await readFile(join(home, "cluster", "postmaster.pid"), "utf8")).split("\n");
  expect((await stat(home)).uid).not.toBe(0);
  expect((await stat(`/proc/${pid}`)).uid).toBe((await stat(home)).uid);
});

testAsRoot("run by root below a closed folder, it keeps the data where Postgres can reach it and says where", async () => {
  const closed = await temporaryFolder();
  await chmod(closed, 0o700);
  const requested = join(closed, "clone", ".plankeeper");
  const lines: string[] = [];
  const first = await start(requested, { log: (line) => lines.push(line) });
  onTestFinished(() => rm(first.dataDir, { recursive: true, force: true }));
  await ask(first.url, "create table kept (word text)");
  await first.stop();

  const second = await start(requested);

  expect(first.dataDir).toMatch(/^\/var\/lib\/plankeeper\/[0-9a-f]{12}$/);
  expect(lines.join()).toContain(first.dataDir);
  expect(second.dataDir).toBe(first.dataDir);
  expect(await ask(second.url, "select * from kept")).toEqual([]);
});

testAsOther("run by an ordinary user, Postgres is that user's, and root can join it", async () => {
  const folder = await temporaryFolder();
  await chown(folder, nobody.uid, nobody.gid);
  const { child, url } = await startProcess(folder, nobody);

  const joined = await start(folder);
  child.stdin.write("leave\n");
  await once(child, "close");

  expect(joined.url).toBe(url);
  expect((await stat(join(folder, "postgres-18"))).uid).toBe(nobody.uid);
  expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
});

async function start(dataDir: string, options: { durable?: boolean; log?: (line: string) => void } = {}): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, durable: false, log: () => {}, ...options });
  onTestFinished(() => embedded.stop());
  return embedded;
}

async function startProcess(folder: string, user: { readonly uid?: number; readonly gid?: number } = {}) {
  const child = spawnProcess(folder, user);
  const [line] = await once(child.stdout, "data");
  return { child, url: String(line).trim() };
}

function spawnProcess(
  folder: string,
  user: { readonly uid?: number; readonly gid?: number } = {},
): ChildProcessByStdio<Writable, Readable, null> {
  const script = join(project, "test", "embedded-process.ts");
  return spawn(process.execPath, ["--import", "tsx", script, folder], { cwd: project, stdio: ["pipe", "pipe", "inherit"], ...user });
}

async function untilSeen(folder: string, prefix: string): Promise<void> {
  for await (const { filename } of watch(folder)) if (filename?.startsWith(prefix)) return;
}

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
