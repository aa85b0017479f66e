import { describe, expect, test } from "vitest";
import { progressOf } from "../../src/core/schedule/milestones.ts";
import { openStore } from "../../src/postgres/store.ts";
import type { SandboxRepository } from "../../src/sandbox/sandbox.ts";
import { csvPlan, files, people, planPath, rows } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;
const configurationPath = ".github/plankeeper.yml";

async function installed(options: Partial<Parameters<typeof setStage>[0]> = {}): Promise<Stage> {
  const stage = await setStage({ files, people, ...options });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  return stage;
}

type Opening = Partial<Parameters<SandboxRepository["openPull"]>[0]> & { readonly title: string };

/** A pull request on a branch of its own, with one commit, and its check as it stands whenever it is asked for. */
async function open(stage: Stage, pull: Opening) {
  const { sandbox, repository } = stage;
  sandbox.clock.advance(minute);
  const { number, headSha } = await repository.openPull({ head: `work-${repository.pulls.length + 1}`, by: "dev", ...pull });
  await stage.settle();
  const last = () => repository.checks(headSha).at(-1);
  return { number, headSha, title: () => last()?.title ?? "", summary: () => last()?.summary ?? "" };
}

async function merge(stage: Stage, number: number, method: "merge" | "squash" | "rebase" = "merge"): Promise<void> {
  stage.sandbox.clock.advance(minute);
  await stage.repository.mergePull({ number, by: "mira", method });
  await stage.settle();
}

async function push(stage: Stage, changed: Readonly<Record<string, string>>): Promise<void> {
  stage.sandbox.clock.advance(minute);
  await stage.repository.push({ branch: "main", by: "mira", commits: [{ message: "Plan on", files: changed }] });
  await stage.settle();
}

/** How far each milestone is, as stored. */
async function percentages({ pool }: Stage): Promise<Readonly<Record<string, number | null>>> {
  const { rows: found } = await pool.query("select id from repositories where present");
  const state = await openStore(pool).state(Number(found[0]?.id));
  if (state === null) throw new Error("there is no repository");
  return Object.fromEntries(progressOf(state.boards, state.configuration).map(({ id, percent }) => [id, percent]));
}

const header = "id,task,owner,status,milestone,dependencies,estimated_hours,due";
const plan = (...lines: readonly string[]): string => `${[header, ...lines].join("\n")}\n`;
const first = "A-1,Read the file,mira,done,Alpha,,6,";
const second = "A-2,Write the file,mira,todo,Alpha,A-1,4,";
const third = "A-3,Draw the picture,jo,todo,Beta,A-2,8,2026-03-20";
const fourth = "A-4,Print the picture,jo,todo,Beta,,2,";

describe("what the check says of a pull request's own edits is what the merge brings", () => {
  test.each(["merge", "squash", "rebase"] as const)("a task that it adds and completes (%s)", async (method) => {
    const stage = await installed();
    const grown = csvPlan({}, [...rows, { id: "AUTH-015", title: "New login", hours: 4 }]);
    const pull = await open(stage, { title: "AUTH-015: new login", files: { [planPath]: grown } });
    expect(pull.title()).toBe("Completes 1 · adds 1 task · 4 h more · Login for everyone 41 % → 45 %");
    expect(pull.summary()).toContain("| `AUTH-015` New login | not in the plan | **completed** | `AUTH-015` in the title |");

    await merge(stage, pull.number, method);
    expect((await stage.statuses())["AUTH-015"]).toBe("completed");
    expect((await percentages(stage)).M1).toBe(45);
    expect(pull.title()).toBe("1 promised, 1 done");
    expect(await stage.problems()).toEqual([]);
  });

  test("tasks added, removed, estimated anew, owned and due otherwise, and moved to another milestone", async () => {
    const stage = await installed({ files: { "docs/plan.csv": plan(first, second, third, fourth) } });
    const pull = await open(stage, {
      title: "Replan March",
      files: {
        "docs/plan.csv": plan(
          first,
          "A-2,Write the file,jo,todo,Beta,,8,",
          "A-3,Draw the picture,jo,todo,Beta,A-2;A-5,8,2026-03-27",
          "A-5,Choose colours,mira,todo,Alpha,,12,",
        ),
      },
    });
    expect(pull.title()).toBe("Adds 1, removes 1, edits 2 tasks · 14 h more · Alpha 60 % → 33 % · 1.5 days later");
    for (const line of [
      "- `A-5` Choose colours, for mira",
      "- Removes `A-4`; what is known of it is kept",
      "- Changes `A-2`: estimate 4 h → 8 h, moved from Alpha to Beta, owner mira → jo and no longer depends on `A-1`",
      "- Changes `A-3`: due 2026-03-20 → 2026-03-27 and now depends on `A-5`",
      "- Its estimates come to 14 h more",
      "- Before: `A-2` → `A-3`\n- After: `A-5` → `A-3`",
    ])
      expect(pull.summary()).toContain(line);
    expect(pull.summary()).toMatch(/- Alpha: 60 % → 33 %, planned for .* instead of .* \(1\.5 days later\)/);

    await merge(stage, pull.number);
    expect(await percentages(stage)).toEqual({ Alpha: 33, Beta: 0 });
    expect(Object.keys(await stage.statuses())).toEqual(["A-1", "A-2", "A-3", "A-5"]);
    expect(await stage.problems()).toEqual([]);
  });

  test("a plan file that it takes away, and tasks that it moves into another one", async () => {
    const stage = await installed({ files: { "docs/plan.csv": plan(first, second, third), "docs/later-plan.csv": plan(fourth) } });
    const pull = await open(stage, {
      title: "One plan for all",
      files: { "docs/plan.csv": plan(first, second, third, fourth), "docs/later-plan.csv": null },
    });
    expect(pull.title()).toBe("Moves 1 task");
    expect(pull.summary()).toContain("- Takes the file away\n- Moves `A-4` to `docs/plan.csv`");
    expect(pull.summary()).toContain("- Moves `A-4` here from `docs/later-plan.csv`");
    expect(pull.summary()).not.toMatch(/Milestones|Critical path|Becomes ready/);
    const before = await percentages(stage);

    await merge(stage, pull.number);
    expect(await percentages(stage)).toEqual(before);
    expect(await stage.problems()).toEqual([]);
  });

  test("a milestone of the configuration that is due on another day and has other tasks", async () => {
    const settings = "milestones: {M9: {title: Launch, due: 2026-03-20, tasks: [A-3]}}\n";
    const stage = await installed({ files: { "docs/plan.csv": plan(first, second, third), [configurationPath]: settings } });
    const pull = await open(stage, {
      title: "Launch later",
      files: {
        [configurationPath]: "milestones: {M9: {title: Launch, due: 2026-03-27, tasks: [A-1, A-3]}}\ncapacity: {hours_per_day: 2}\n",
      },
    });
    expect(pull.title()).toBe("Edits the configuration · Launch 0 % → 42 % · 4 days later · Alpha 60 % → 0 % · 1.5 days later");
    expect(pull.summary()).toContain("Changes `milestones` and `capacity`.\n\n- M9: due 2026-03-20 → 2026-03-27");
    expect(pull.summary()).toMatch(/- M9 Launch: 0 % → 42 %, planned for .* \(4 days later, .*due .*2026-03-27/);

    await merge(stage, pull.number);
    expect(await percentages(stage)).toEqual({ M9: 42, Alpha: 0 });
    expect(await stage.problems()).toEqual([]);
  });
});

test("a pull request that mends a typo in a title stays calm", async () => {
  const stage = await installed({ files: { "docs/plan.csv": plan(first, second, third.replace("A-2", "A-2;Z-99")) } });
  const mended = plan(first, second.replace("Write", "Write out"), third.replace("A-2", "A-2;Z-99"));
  const pull = await open(stage, { title: "Mend a title", files: { "docs/plan.csv": mended } });

  expect(pull.title()).toBe("Edits 1 task");
  expect(pull.summary()).toMatch(/^### Edit of `docs\/plan\.csv`\n\n- Changes `A-2`: title\n\n### Problems/);
  expect(pull.summary()).toContain("<summary>1 problem that was there before</summary>");
});

test("what the base's plan got meanwhile is no doing of the pull request: its check says the same, also when it is run again", async () => {
  const stage = await installed({ files: { "docs/plan.csv": plan(first, second, third, fourth) } });
  const { sandbox, repository } = stage;
  const pull = await open(stage, {
    title: "A-6: sign it",
    files: { "docs/plan.csv": plan(first, second, third, fourth, "A-6,Sign it,jo,todo,Beta,,3,") },
  });
  const writes = () => sandbox.exchanges.filter(({ route, method }) => method !== "GET" && route?.includes("/check-runs") === true).length;
  const [title, written] = [pull.title(), writes()];
  expect(title).toBe("Completes 1 · adds 1 task · 3 h more · Beta 0 % → 23 %");
  await push(stage, { "docs/plan.csv": plan("A-0,Begin,mira,todo,Alpha,,2,", first, second.replace("todo", "done"), third, fourth) });
  sandbox.clock.advance(minute);
  await repository.editPull({ number: pull.number, body: "Signed by hand.", by: "dev" });
  await stage.settle();
  expect(writes()).toBe(written);

  await repository.rerequestCheck({ id: repository.checks(pull.headSha)[0]?.id ?? 0, by: "dev" });
  await stage.settle();
  expect(pull.title()).toBe(title);
  expect(pull.summary()).not.toMatch(/A-0|Removes|Sets/);
  expect(await stage.problems()).toEqual([]);
});

test("holds that the merge ends are told: what was blocked on a task it completes, and by a dependency that it takes away", async () => {
  const stage = await installed({
    files: { "docs/plan.csv": plan(first, second, third, fourth), [configurationPath]: "dependencies: block\n" },
  });
  const issue = await stage.repository.openIssue({ title: "Talk", by: "mira" });
  await stage.repository.comment({ issue: issue.number, body: "/block A-4 on A-2", by: "mira" });
  await stage.settle();
  expect(await stage.statuses()).toMatchObject({ "A-3": "blocked", "A-4": "blocked" });
  const done = await open(stage, { title: "A-2: write the file", files: { "a.txt": "1" } });
  const edit = await open(stage, { title: "Untie", files: { "docs/plan.csv": plan(first, second, third.replace("A-2", ""), fourth) } });
  const freed = "- `A-3` Draw the picture, for jo: todo again (was blocked: waiting on A-2)";

  expect(done.title()).toBe("Completes 1 · unblocks 2 · Alpha 60 % → 100 %");
  expect(done.summary()).toContain(`### Blocked no longer\n\n${freed}\n- \`A-4\` Print the picture`);
  expect(done.summary()).not.toContain("Becomes ready");
  expect(edit.title()).toBe("Unblocks 1 · edits 1 task");
  expect(edit.summary()).toContain(`### Blocked no longer\n\n${freed}\n\n`);

  await merge(stage, edit.number);
  expect(await stage.statuses()).toMatchObject({ "A-3": "todo", "A-4": "blocked" });
  await merge(stage, done.number);
  expect(await stage.statuses()).toMatchObject({ "A-2": "completed", "A-4": "todo" });
  expect(done.title()).toBe("3 promised, 3 done");
  expect(await stage.problems()).toEqual([]);
});

test("a setting that makes dependencies block is told with the tasks that it blocks, and blocks them once it is merged", async () => {
  const stage = await installed({ files: { "docs/plan.csv": plan(first, second, third, fourth) } });
  const pull = await open(stage, { title: "Be strict", files: { [configurationPath]: "dependencies: block\n" } });
  expect(pull.title()).toBe("Blocks 1 · edits the configuration");

  await merge(stage, pull.number);
  expect((await stage.statuses())["A-3"]).toBe("blocked");
  expect(pull.title()).toBe("1 promised, 1 done");
  expect(await stage.problems()).toEqual([]);
});

test("an edit that cannot be read, or that goes to a branch that no plan is read from, promises nothing", async () => {
  const stage = await installed({ files: { "docs/plan.csv": plan(first, second, third, fourth) } });
  await stage.repository.push({ branch: "develop", by: "mira", commits: [{ message: "Begin", files: { "begin.txt": "1" } }] });
  const broken = await open(stage, { title: "Oops", files: { "docs/plan.csv": "this is no table\n" } });
  const grown = { "docs/plan.csv": plan(first, second.replace("todo", "done"), third, fourth, "A-6,Sign it,jo,todo,Beta,,3,") };
  const elsewhere = await open(stage, { title: "A-6: sign it", base: "develop", files: grown });

  expect(broken.summary()).toContain("This version cannot be read, so the plan stays as it is.");
  expect(broken.title()).not.toMatch(/removes/i);
  expect(elsewhere.title()).toBe("Adds 1, edits 1 task · 3 h more");
  expect(elsewhere.summary()).toContain("Plans are read from `main`: what this edits in them counts once it gets there.");
  const before = await stage.statuses();
  await merge(stage, elsewhere.number);
  await merge(stage, broken.number);
  expect(await stage.statuses()).toEqual(before);
  expect(await stage.problems()).toEqual([]);
});
