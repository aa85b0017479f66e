import { describe, expect, test } from "vitest";
import { begun, type Chapter, install, undisturbed, work } from "./chapters.ts";
import { endOf } from "./end-of.ts";
import { afterTheCommit, beforeTheCommit, beforeTheDrain, type Point, waitingFor } from "./points.ts";
import type { Stage } from "./stage.ts";

/** Plays a chapter to its end, killing the app at each of the points in turn. */
async function play(
  stage: Stage,
  chapter: Chapter,
  points: readonly Point[] = [],
  kill = (stage: Stage) => stage.app().kill(),
): Promise<void> {
  const [first, ...rest] = points;
  let armed = await first?.(stage);
  await chapter(stage);
  await stage.sandbox.settled();
  const answers = stage.sandbox.deliveries.map((delivery) => delivery.attempts.map(({ status }) => status));
  expect(answers.flat().every((status) => status === 202)).toBe(true);
  for (const next of [...rest, null]) {
    if (armed === undefined) break;
    await armed.reached();
    await kill(stage);
    await armed.release();
    armed = await next?.(stage);
    await stage.start();
  }
  await stage.settle();
}

const comment = "POST /repos/{owner}/{repo}/issues/{issue_number}/comments";
const checkRun = "POST /repos/{owner}/{repo}/check-runs";
const blob = "GET /repos/{owner}/{repo}/git/blobs/{file_sha}";

describe("killed while the app is being installed, it comes to the same end", () => {
  test.each<readonly [string, readonly Point[]]>([
    ["reading the plan for the first time", [waitingFor(blob, "timeout")]],
    ["the import about to be committed, twice in a row", [beforeTheCommit, beforeTheCommit]],
    [
      "GitHub having made the summary's issue, and its comment after that",
      [waitingFor("POST /repos/{owner}/{repo}/issues", "timeout-after"), waitingFor(comment, "timeout-after")],
    ],
  ])("%s", async (_, points) => {
    const end = await undisturbed(install);
    const stage = await begun([]);

    await play(stage, install, points);

    expect(await endOf(stage)).toEqual(end);
    expect(await stage.problems()).toEqual([]);
  });
});

describe("killed at work, it comes to the same end", () => {
  test.each<readonly [string, readonly Point[]]>([
    ["deliveries stored and none drained", [beforeTheDrain]],
    ["a drain about to commit", [beforeTheCommit]],
    ["a drain committed and nothing of it performed", [afterTheCommit]],
    [
      "GitHub having made a reply, and the check run after that",
      [waitingFor(comment, "timeout-after"), waitingFor(checkRun, "timeout-after")],
    ],
    ["reading a plan that has changed", [waitingFor(blob, "timeout")]],
  ])("%s", async (_, points) => {
    const end = await undisturbed(install, work);
    const stage = await begun([install]);

    await play(stage, work, points);

    expect(await endOf(stage)).toEqual(end);
    expect(await stage.problems()).toEqual([]);
  });

  test("asked to stop, and killed before it could", async () => {
    const end = await undisturbed(install, work);
    const stage = await begun([install]);

    await play(stage, work, [waitingFor(checkRun, "timeout-after")], async ({ app }) => {
      app().signal("SIGTERM");
      await app().kill();
    });

    expect(await endOf(stage)).toEqual(end);
    expect(await stage.problems()).toEqual([]);
  });

  test("and what it held is taken over by another process that lives", async () => {
    const end = await undisturbed(install, work);
    const stage = await begun([install]);
    const first = stage.app();
    const armed = await waitingFor(checkRun, "timeout-after")(stage);
    await work(stage);
    await armed.reached();

    await stage.start("worker");
    await first.kill();
    await stage.settle();

    expect(await endOf(stage)).toEqual(end);
    expect(await stage.problems()).toEqual([]);
  });
});

test("an app whose connections are cut off ends, because others take it for dead, and the next one goes on", async () => {
  const end = await undisturbed(install, work);
  const stage = await begun([install]);
  const app = stage.app();
  await work(stage);

  await stage.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name like 'plankeeper%' and pid <> pg_backend_pid()`,
  );
  expect(await app.exited).toBe(1);
  expect(app.lines.filter((line) => line.includes("what this process has begun is left to others"))).not.toEqual([]);
  expect(app.lines.filter((line) => !line.startsWith("{"))).toEqual([]);
  await stage.start();
  await stage.settle();

  expect(await endOf(stage)).toEqual(end);
  expect(await stage.problems()).toEqual([]);
});

test("an app that is asked to stop ends in order in the middle of its work, and the next one goes on", async () => {
  const end = await undisturbed(install, work);
  const stage = await begun([install]);
  const app = stage.app();
  await work(stage);

  await app.stop();
  expect(await app.exited).toBe(0);
  expect(app.lines.filter((line) => /"level":"(?:error|fatal)"/.test(line) || !line.startsWith("{"))).toEqual([]);
  await stage.start();
  await stage.settle();

  expect(await endOf(stage)).toEqual(end);
  expect(await stage.problems()).toEqual([]);
});
