import { expect, test } from "vitest";
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

/** An act a minute later, until all that follows from it has happened. */
async function then(stage: Stage, act: () => Promise<unknown>): Promise<void> {
  stage.sandbox.clock.advance(minute);
  await act();
  await stage.settle();
}

test("closing, dropping and reopening a linked issue states what becomes of the task", async () => {
  const stage = await installed();
  const { repository } = stage;
  const { number } = await repository.openIssue({ title: "AUTH-005: harden", by: "mira" });
  await stage.settle();
  expect((await stage.statuses())["AUTH-005"]).toBe("todo");

  await then(stage, () => repository.closeIssue({ number, by: "mira" }));
  expect((await stage.statuses())["AUTH-005"]).toBe("completed");
  await then(stage, () => repository.reopenIssue({ number, by: "mira" }));
  expect((await stage.statuses())["AUTH-005"]).toBe("in-progress");
  await then(stage, () => repository.closeIssue({ number, by: "mira", reason: "not_planned" }));
  expect((await stage.statuses())["AUTH-005"]).toBe("deferred");
  expect(await stage.problems()).toEqual([]);
});

test("a stranger who closes his own issue closes no task, a maintainer who does so does", async () => {
  const stage = await installed();
  const { repository } = stage;
  const { number } = await repository.openIssue({ title: "Login is soft", by: "passer-by" });
  await then(stage, () => repository.label({ number, label: "task: AUTH-005", by: "mira" }));
  await then(stage, () => repository.closeIssue({ number, by: "passer-by" }));
  expect((await stage.statuses())["AUTH-005"]).toBe("todo");
  await then(stage, () => repository.reopenIssue({ number, by: "passer-by" }));
  await then(stage, () => repository.closeIssue({ number, by: "mira" }));
  expect((await stage.statuses())["AUTH-005"]).toBe("completed");
  expect(await stage.problems()).toEqual([]);
});

test("/link makes an issue speak for a task, /unlink ends it, and a pull request is told how it is linked", async () => {
  const stage = await installed();
  const { repository } = stage;
  const { number } = await repository.openIssue({ title: "Login is soft", by: "mira" });
  await then(stage, () => repository.label({ number, label: "blocked", by: "mira" }));
  await then(stage, () => repository.comment({ issue: number, body: "/link AUTH-005", by: "passer-by" }));
  expect((await stage.statuses())["AUTH-005"]).toBe("todo");
  await then(stage, () => repository.comment({ issue: number, body: "/link AUTH-005", by: "mira" }));
  expect((await stage.statuses())["AUTH-005"]).toBe("blocked");
  await then(stage, () => repository.unlabel({ number, label: "blocked", by: "mira" }));
  await then(stage, () => repository.closeIssue({ number, by: "mira" }));
  expect((await stage.statuses())["AUTH-005"]).toBe("completed");
  await then(stage, () => repository.comment({ issue: number, body: "/unlink AUTH-005", by: "mira" }));
  await then(stage, () => repository.reopenIssue({ number, by: "mira" }));
  expect((await stage.statuses())["AUTH-005"]).toBe("completed");

  await repository.push({ branch: "tidy", by: "dev", commits: [{ message: "Tidy", files: { "tidy.txt": "1" } }] });
  const pull = await repository.openPull({ title: "Tidy up", head: "tidy", by: "dev" });
  await then(stage, () => repository.comment({ issue: pull.number, body: "/link AUTH-004", by: "mira" }));
  expect(repository.comments(pull.number).findLast(({ byApp }) => byApp)?.body).toContain("linked by its title");
  expect(await stage.problems()).toEqual([]);
});

test("an issue that is deleted holds its task no longer", async () => {
  const stage = await installed();
  const { repository } = stage;
  const { number } = await repository.openIssue({ title: "Keys", labels: ["task: AUTH-005", "blocked"], by: "mira" });
  await stage.settle();
  expect((await stage.statuses())["AUTH-005"]).toBe("blocked");
  await then(stage, () => repository.deleteIssue({ number, by: "octo" }));
  expect((await stage.statuses())["AUTH-005"]).toBe("todo");
  expect(await stage.problems()).toEqual([]);
});

test("a deployed merge shows on the task as released, and moves no status", async () => {
  const stage = await installed();
  const { repository } = stage;
  await repository.push({ branch: "harden", by: "dev", commits: [{ message: "Harden", files: { "harden.txt": "1" } }] });
  const { number } = await repository.openPull({ title: "AUTH-005: harden", head: "harden", by: "dev" });
  await then(stage, () => repository.deploy({ ref: "harden", environment: "preview", by: "dev" }));
  let sha = "";
  await then(stage, async () => {
    sha = (await repository.mergePull({ number, by: "mira" })).sha;
  });
  await then(stage, () => repository.deploy({ ref: sha, environment: "staging", state: "failure", by: "mira" }));
  await then(stage, () => repository.deploy({ ref: sha, environment: "production", by: "mira" }));
  await then(stage, () => repository.comment({ issue: number, body: "/status AUTH-005", by: "tess" }));

  const answer = repository.comments(number).findLast(({ byApp }) => byApp)?.body;
  expect(answer).toContain("is **completed**");
  expect(answer).toContain("Released to production on 2026-03-02");
  expect(answer).not.toMatch(/staging|preview/);
  expect(await stage.problems()).toEqual([]);
});
