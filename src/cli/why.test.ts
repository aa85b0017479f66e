import { expect, test } from "vitest";
import { at, cause, hold, task } from "../../test/board.ts";
import { whyOf } from "../core/status/why.ts";
import { type ToldWhy, whyBy } from "./why.ts";

const { state } = task("OPS-7", {
  status: "blocked",
  state: { underneath: "in-progress", holds: [hold("waiting for \u001b[31mkeys", { key: "command" })], waits: ["#12 is open"] },
});
const history = [
  { at: at(0), before: null, after: "todo" as const, cause: cause() },
  {
    at: at(60),
    before: "todo" as const,
    after: "blocked" as const,
    cause: cause({ rule: "command", actor: "mira", words: "/block OPS-7" }),
  },
];
const told: ToldWhy = { repository: "acme/shop", task: "plan.csv#OPS-7", title: "Deploy", why: whyOf("OPS-7", state, history) };

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const asked: unknown[] = [];
  const command = whyBy(async (_, question) => {
    asked.push(question);
    return question.id === "OPS-7" ? [told] : [];
  });
  const code = await command.run(args, { out: (text) => out.push(text), err: (text) => err.push(text), cwd: "/", env: {} });
  return { code, out: out.join("\n"), err: err.join("\n"), asked };
}

test("every change is told in order, with its rule, its words and who, then what holds the task and what would change it", async () => {
  const { code, out } = await run("OPS-7", "--repository", "acme/shop");

  expect(code).toBe(0);
  expect(out.split("\n")).toEqual([
    "acme/shop plan.csv#OPS-7 Deploy: blocked since 2026-01-05 09:00:00 UTC",
    expect.stringMatching(/^ {2}1\. 2026-01-05 09:00:00 UTC {2}todo: plan-row/),
    expect.stringMatching(/^ {2}2\. 2026-01-05 10:00:00 UTC {2}todo → blocked: command “\/block OPS-7” by mira/),
    "  held since 2026-01-05 10:00:00 UTC: waiting for  [31mkeys",
    "  not completed by what is merged, because #12 is open",
    "  it changes when someone allowed unblocks it: /unblock OPS-7",
    "  it changes when every pull request that claims it is merged",
    "  it changes when someone completes it: /done OPS-7",
    "  it changes when its row in the plan file says otherwise",
  ]);
});

test("the whole account comes as JSON, one line a task", async () => {
  const { out, asked } = await run("OPS-7", "--json");

  expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(told)));
  expect(asked).toEqual([expect.objectContaining({ id: "OPS-7", repository: null })]);
});

test("a task that no plan holds is exit 1, a wrong call 2", async () => {
  expect(await run("OPS-8")).toMatchObject({ code: 1, err: expect.stringContaining("OPS-8") });
  expect(await run()).toMatchObject({ code: 2, err: expect.stringContaining("name one task") });
  expect(await run("a", "b")).toMatchObject({ code: 2 });
  expect(await run("a", "--loud")).toMatchObject({ code: 2 });
});
