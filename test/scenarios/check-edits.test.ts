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
    console.log(pull.title(), pull.summary());
    await merge(stage, pull.number);
    console.log(await percentages(stage), await stage.statuses(), pull.title());
    expect(await stage.problems()).toEqual([]);
  });

  test("a plan file that it takes away, and tasks that it moves into another one", async () => {
    const stage = await installed({ files: { "docs/plan.csv": plan(first, second, third), "docs/later-plan.csv": plan(fourth) } });
    const pull = await open(stage, {
      title: "One plan for all",
      files: { "docs/plan.csv": plan(first, second, third, fourth), "docs/later-plan.csv": null },
    });
    console.log(pull.title(), pull.summary());
    await merge(stage, pull.number);
    console.log(await percentages(stage), await stage.statuses(), pull.title());
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
    console.log(pull.title(), pull.summary());
    await merge(stage, pull.number);
    console.log(await percentages(stage), pull.title());
    expect(await stage.problems()).toEqual([]);
  });
});

test("a pull request that mends a typo in a title stays calm", async () => {
  const stage = await installed({ files: { "docs/plan.csv": plan(first, second, third.replace("A-2", "A-2;Z-99")) } });
  const mended = plan(first, second.replace("Write", "Write out"), third.replace("A-2", "A-2;Z-99"));
  const pull = await open(stage, { title: "Mend a title", files: { "docs/plan.csv": mended } });
  console.log(pull.title(), pull.summary());
});

test("the check of an edit is not written again because the base's plan moves on", async () => {
  const stage = await installed({ files: { "docs/plan.csv": plan(first, second, third, fourth) } });
  const pull = await open(stage, {
    title: "A-6: add it",
    files: { "docs/plan.csv": plan(first, second, third, fourth, "A-6,Sign it,jo,todo,Beta,,3,") },
  });
  const told = [pull.title(), pull.summary()];
  await push(stage, { "docs/plan.csv": plan("A-0,Begin,mira,todo,Alpha,,2,", first, second.replace("todo", "done"), third, fourth) });
  console.log(told, pull.title(), pull.summary());
});

test("holds that the merge ends are told: what was blocked on a task it completes, and by a dependency that it takes away", async () => {
  const stage = await installed({
    files: { "docs/plan.csv": plan(first, second, third, fourth), [configurationPath]: "dependencies: block\n" },
  });
  console.log(await stage.statuses());
  const issue = await stage.repository.openIssue({ title: "Talk", by: "mira" });
  await stage.repository.comment({ issue: issue.number, body: "/block A-4 on A-2", by: "mira" });
  await stage.settle();
  const done = await open(stage, { title: "A-2: write the file", files: { "a.txt": "1" } });
  const edit = await open(stage, { title: "Untie", files: { "docs/plan.csv": plan(first, second, third.replace("A-2", ""), fourth) } });
  console.log(done.title(), done.summary());
  console.log(edit.title(), edit.summary());
  await merge(stage, edit.number);
  console.log(await stage.statuses(), edit.title(), done.title(), done.summary());
  await merge(stage, done.number);
  console.log(await stage.statuses(), done.title());
  expect(await stage.problems()).toEqual([]);
});
