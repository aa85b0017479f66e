import { beforeEach, describe, expect, test } from "vitest";
import { type FactLanes, homeOf, openFactLanes } from "../../test/fact-lanes.ts";
import { at, commit, configurationFact, planFact } from "../../test/facts.ts";
import { rulesEdition } from "../core/status/rules-edition.ts";
import { canonicalJson, type Fact } from "../core/words.ts";
import { askToDeriveAgain } from "./derive-again.ts";
import { claimDueWork } from "./due-work.ts";
import { verifyAll } from "./verify.ts";

const own = 42;
const plan = "id,title,status,depends_on\nAUTH-001,Login,todo,\nAUTH-002,Logout,todo,\n";
const configuration = "completion: title\n";
const settings = configurationFact(configuration, at(-60));
const base: readonly Fact[] = [homeOf(own, 7), settings, planFact("docs/plan.csv", plan, at(0)), commit("closes AUTH-001", at(30))];

let lanes: FactLanes;

beforeEach(async () => {
  lanes = await openFactLanes();
  await lanes.tell(own, base, { texts: [plan, configuration] });
  // Beginning to watch is no change; whatever the rules make of later facts is audited.
  await lanes.tell(own, [commit("closes AUTH-002", at(40))]);
});

const query = async (text: string, values: readonly unknown[] = []) => (await lanes.pool.query(text, [...values])).rows;
const verdict = async () => (await verifyAll(lanes.pool))[0];
const statuses = async () =>
  (await query("select token, status from tasks order by token")).map(({ token, status }) => `${token} ${status}`);
const actions = async () => (await query("select action, entity_id from audit_log order by id")).map(({ action }) => action);
const ask = (reopen = true) => askToDeriveAgain(lanes.pool, { most: null, reopen });

/** As another version left it, which read less in texts and plans than this one does. */
async function leftByAnother(): Promise<void> {
  const late = commit("closes AUTH-001, mark AUTH-002 deferred", at(50));
  await query("insert into facts (repository_id, id, kind, thing, at, body) values ($1, $2, 'commit', $3, to_timestamp($4), $5)", [
    own,
    late.id,
    late.thing,
    late.at / 1000,
    canonicalJson(late),
  ]);
  await query('update tasks set declared = declared || \'{"owner": "somebody"}\'');
  await query('update plan_changes set body = body || \'{"written": "?"}\'');
  await query("update repositories set rules = $1", [rulesEdition - 1]);
}

test("what was derived by the rules of now is left alone", async () => {
  expect(await ask()).toBe(0);
  expect(await verdict()).toMatchObject({ waiting: false, problems: [] });
});

describe("a repository that another version derived", () => {
  test("waits, which verify says instead of calling it wrong, and is derived again by the one flow, with what changed in its audit", async () => {
    await leftByAnother();
    expect(await verdict()).toMatchObject({ waiting: true, problems: [] });

    expect(await ask()).toBe(1);
    expect(await query("select event, live from inbox where state = 'waiting'")).toEqual([{ event: "reading.again", live: false }]);
    await lanes.lanes.drain(`repository:${own}`);

    expect(await verdict()).toMatchObject({ waiting: false, problems: [] });
    expect(await statuses()).toEqual(["AUTH-1 completed", "AUTH-2 deferred"]);
    expect((await actions()).at(-1)).toBe("task.status_changed");
    expect(await ask()).toBe(0);
  });

  test("of whose history something is wrong by the rules of now gets it corrected, and told so once", async () => {
    await query("update facts set body = body || '{\"message\": \"nothing of the plan\"}' where body ->> 'message' = 'closes AUTH-002'");
    await query("update repositories set rules = 0");
    const before = await actions();
    await ask();
    await lanes.lanes.drain(`repository:${own}`);

    expect(await statuses()).toEqual(["AUTH-1 completed", "AUTH-2 todo"]);
    expect((await actions()).slice(before.length)).toEqual(["task.history_corrected"]);
    expect(await verdict()).toMatchObject({ waiting: false, problems: [] });
  });

  test("is neither announced nor told twice: nothing is shown but by its next look, which falls due", async () => {
    await claimDueWork(lanes.pool, at(0));
    await leftByAnother();
    const before = await actions();
    await query("delete from graphile_worker._private_jobs");
    await ask();
    await lanes.lanes.drain(`repository:${own}`);

    expect((await actions()).slice(before.length)).not.toContain("config.changed");
    expect(await query("select key from graphile_worker.jobs where key not like '%read-permission%'")).toEqual([]);
    expect(await query("select due_at <= now() as due from due_work where what = 'look'")).toEqual([{ due: true }]);
  });

  test("is asked for once, however many processes start, and again where it was parked", async () => {
    await leftByAnother();
    await Promise.all([ask(), ask(), ask()]);
    expect(await query("select state from inbox where event = 'reading.again'")).toEqual([{ state: "waiting" }]);

    await query("update inbox set state = 'parked' where state = 'waiting'");
    expect(await ask(false)).toBe(0);
    await ask();
    expect(await query("select state from inbox where event = 'reading.again'")).toEqual([{ state: "waiting" }]);
  });
});

test("where two versions run side by side, what both had a hand in is derived again, without a restart", async () => {
  await ask();
  await query("update repositories set rules = $1", [rulesEdition + 1]);
  await lanes.tell(own, [commit("refs AUTH-001", at(60))]);
  expect(await verdict()).toMatchObject({ waiting: true });

  for (const _ of [1, 2]) {
    await query("update repositories set rules = 0");
    await claimDueWork(lanes.pool, at(0));
    await lanes.lanes.drain(`repository:${own}`);
    expect(await verdict()).toMatchObject({ waiting: false, problems: [] });
  }
});
