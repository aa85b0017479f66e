import { expect, test } from "vitest";
import type { SandboxRepository } from "../../src/sandbox/sandbox.ts";
import { csvPlan, files, people, planPath, rows } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;

async function installed(options: Partial<Parameters<typeof setStage>[0]> = {}): Promise<Stage> {
  const stage = await setStage({ files, people, ...options });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  return stage;
}

/** A pull request on a branch of its own, with one commit. */
async function open(stage: Stage, pull: Partial<Parameters<SandboxRepository["openPull"]>[0]> & { readonly title: string }) {
  const { sandbox, repository } = stage;
  sandbox.clock.advance(minute);
  const opened = await repository.openPull({ head: `work-${repository.pulls.length + 1}`, by: "dev", ...pull });
  await stage.settle();
  return opened;
}

async function merge(stage: Stage, number: number, method: "merge" | "squash" | "rebase" = "merge"): Promise<void> {
  stage.sandbox.clock.advance(minute);
  await stage.repository.mergePull({ number, by: "mira", method });
  await stage.settle();
}

test.each(["merge", "squash", "rebase"] as const)(
  "a task that a pull request adds and completes is promised, and done by the merge (%s)",
  async (method) => {
    const stage = await installed();
    const plan = csvPlan({}, [...rows, { id: "AUTH-015", title: "New login", hours: 4 }]);
    const { number, headSha } = await open(stage, { title: "AUTH-015: new login", files: { [planPath]: plan } });
    const check = () => stage.repository.checks(headSha).at(-1);
    expect(check()?.title).toMatch(/^Completes 1 · adds 1 task/);
    expect(check()?.title).not.toContain("unknown");
    expect(check()?.summary).toContain("| `AUTH-015` New login | not in the plan | **completed** | `AUTH-015` in the title |");

    await merge(stage, number, method);
    expect((await stage.statuses())["AUTH-015"]).toBe("completed");
    expect(check()?.title).toBe("1 promised, 1 done");
    expect(await stage.problems()).toEqual([]);
  },
);
