import { expect, test } from "vitest";
import type { SentDelivery } from "../../src/sandbox/sandbox.ts";
import { files, people } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;

async function installed(): Promise<Stage> {
  const stage = await setStage({ files, people });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  return stage;
}

/** How often the app asked how a thing stands. */
const readings = ({ sandbox }: Stage, thing: string): number =>
  sandbox.exchanges.filter(({ method, path }) => method === "GET" && path.endsWith(`/octo/plans/${thing}`)).length;

const orders: readonly (readonly [string, (pending: SentDelivery[]) => SentDelivery[]])[] = [
  ["in their order", (pending) => pending],
  ["the last one first", (pending) => pending.toReversed()],
];

test.each(orders)(
  "an issue that is opened, labelled and relabelled within a second ends with its last label, told %s",
  async (_, order) => {
    const stage = await installed();
    const { sandbox, repository } = stage;
    sandbox.hold();
    const { number } = await repository.openIssue({ title: "AUTH-005: harden", by: "mira" });
    await repository.label({ number, label: "in progress", by: "mira" });
    await repository.unlabel({ number, label: "in progress", by: "mira" });
    await repository.label({ number, label: "blocked", by: "mira" });
    await sandbox.release(order);
    await stage.settle();

    expect((await stage.statuses())["AUTH-005"]).toBe("blocked");
    expect(readings(stage, `issues/${number}`)).toBe(1);
    const { rows } = await stage.pool.query("select before, after from transitions where token = 'AUTH-5' order by seq");
    expect(rows).toEqual([
      { before: null, after: "todo" },
      { before: "todo", after: "blocked" },
    ]);

    for (const { guid } of sandbox.deliveries.filter(({ event }) => event === "issues")) await sandbox.redeliver(guid);
    await stage.settle();
    expect(readings(stage, `issues/${number}`)).toBe(1);
    expect((await stage.statuses())["AUTH-005"]).toBe("blocked");
    expect(await stage.problems()).toEqual([]);
  },
);

test.each(orders)("a pull request that a bot labels as it is opened is blocked by that label, told %s", async (_, order) => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  await repository.push({ branch: "work", by: "dev", commits: [{ message: "Work", files: { "a.txt": "1" } }] });
  await stage.settle();
  sandbox.hold();
  const { number } = await repository.openPull({ title: "AUTH-004: refresh flow", head: "work", by: "dev" });
  await repository.label({ number, label: "blocked", by: "dev" });
  await sandbox.release(order);
  await stage.settle();

  expect((await stage.statuses())["AUTH-004"]).toBe("blocked");
  const { rows } = await stage.pool.query("select count(*)::int as readings from facts where kind = 'pull' and body ? 'settles'");
  expect(rows).toEqual([{ readings: 1 }]);
  expect(await stage.problems()).toEqual([]);
});

test("what is told late of a second that was read is read again, and the newest word stands", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  const { number } = await repository.openIssue({ title: "AUTH-005: harden", by: "mira" });
  await stage.settle();
  await repository.label({ number, label: "blocked", by: "mira" });
  await stage.settle();
  expect((await stage.statuses())["AUTH-005"]).toBe("blocked");

  sandbox.hold();
  await repository.unlabel({ number, label: "blocked", by: "mira" });
  await repository.label({ number, label: "in progress", by: "mira" });
  await sandbox.release();
  await stage.settle();
  expect((await stage.statuses())["AUTH-005"]).toBe("in-progress");
  expect(readings(stage, `issues/${number}`)).toBe(2);
  sandbox.hold();
  await repository.closeIssue({ number, by: "mira" });
  await repository.reopenIssue({ number, by: "mira" });
  await repository.unlabel({ number, label: "in progress", by: "mira" });
  await sandbox.release((pending) => pending.toReversed());
  await stage.settle();
  expect((await stage.statuses())["AUTH-005"]).toBe("in-progress");
  expect(readings(stage, `issues/${number}`)).toBe(3);
  expect(await stage.problems()).toEqual([]);
});

test("a second in which things agree, and one that something newer came after, are not read", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  const labelled = await repository.openIssue({ title: "AUTH-005: harden", labels: ["blocked"], by: "mira" });
  await stage.settle();
  expect(readings(stage, `issues/${labelled.number}`)).toBe(0);

  sandbox.hold();
  const { number } = await repository.openIssue({ title: "ORG-006: model", by: "mira" });
  await repository.label({ number, label: "bug", by: "mira" });
  sandbox.clock.advance(minute);
  await repository.label({ number, label: "blocked", by: "mira" });
  await sandbox.release();
  await stage.settle();
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "blocked", "ORG-006": "blocked" });
  expect(readings(stage, `issues/${number}`)).toBe(0);
  expect(await stage.problems()).toEqual([]);
});
