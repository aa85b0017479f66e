import { expect, test } from "vitest";
import { configuration, files, people } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;

async function installed(options: Parameters<typeof setStage>[0] = { files, people }): Promise<Stage> {
  const stage = await setStage(options);
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  return stage;
}

test("a stranger who edits the title of a merged pull request completes nothing by it", async () => {
  const stage = await installed();
  const pull = await stage.repository.openPull({ title: "Fix a typo", head: "typo", by: "eve", fork: "eve", files: { "typo.txt": "1" } });
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  await stage.repository.mergePull({ number: pull.number, by: "mira" });
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  await stage.repository.editPull({ number: pull.number, by: "eve", title: "AUTH-005: done", body: "fixes ORG-006" });
  await stage.settle();
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "todo", "ORG-006": "todo" });
  expect(await stage.problems()).toEqual([]);
});

test("a command put into somebody else's comment needs its own writer's role", async () => {
  const stage = await installed({
    files: { ...files, ".github/plankeeper.yml": `${configuration}commands: {status: maintain}\n` },
    people,
  });
  const { number } = await stage.repository.openIssue({ title: "Talk", by: "mira" });
  const { id } = await stage.repository.comment({ issue: number, body: "/start AUTH-004", by: "mira" });
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  await stage.repository.editComment({ id, body: "/start AUTH-004\n\n/done ORG-006", by: "dev" });
  await stage.settle();
  expect(await stage.statuses()).toMatchObject({ "AUTH-004": "in-progress", "ORG-006": "todo" });
  expect(await stage.problems()).toEqual([]);
});

test("a maintainer who edits a stranger's comment lends it no role, however late permissions are read", async () => {
  const stage = await installed();
  const { number } = await stage.repository.openIssue({ title: "Talk", by: "mira" });
  stage.sandbox.hold();
  const { id } = await stage.repository.comment({ issue: number, body: "/done AUTH-004", by: "eve" });
  stage.sandbox.clock.advance(minute);
  await stage.repository.editComment({ id, body: "/done AUTH-004\n\n/start ORG-006", by: "mira" });
  await stage.sandbox.release();
  await stage.settle();
  expect(await stage.statuses()).toMatchObject({ "AUTH-004": "todo", "ORG-006": "in-progress" });
  expect(await stage.problems()).toEqual([]);
});
