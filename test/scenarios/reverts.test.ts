import { expect, test } from "vitest";
import { files, people } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;

async function installed(): Promise<Stage> {
  const stage = await setStage({ files, people });
  await stage.sandbox.install([stage.repository]);
  await pass(stage);
  return stage;
}

async function pass(stage: Stage): Promise<void> {
  await stage.settle();
  stage.sandbox.clock.advance(minute);
}

type Opening = { readonly title: string; readonly head: string; readonly body?: string; readonly message?: string };

/** A pull request with one commit. */
async function opened(stage: Stage, { title, head, body = "", message = title }: Opening) {
  await stage.repository.push({ branch: head, by: "dev", commits: [{ message, files: { [`${head}.txt`]: "1" } }] });
  stage.sandbox.clock.advance(minute);
  const pull = await stage.repository.openPull({ title, body, head, by: "dev" });
  await pass(stage);
  return pull;
}

async function merged(stage: Stage, number: number, method: "merge" | "squash" | "rebase" = "merge"): Promise<{ readonly sha: string }> {
  const merge = await stage.repository.mergePull({ number, by: "mira", method });
  await pass(stage);
  return merge;
}

function checkOf({ repository }: Stage, sha: string) {
  const [check, ...more] = repository.checks(sha);
  expect(more).toEqual([]);
  const plain = (text: string | undefined) => (text ?? "").replaceAll("\u200B", "");
  return { conclusion: check?.conclusion, title: plain(check?.title), summary: plain(check?.summary) };
}

/** The row of AUTH-005 in the check's table. */
const rowOf = (before: string, after: string, reverts: number): RegExp =>
  new RegExp(`\\| \`AUTH-005\`[^|]* \\| ${before} \\| \\*\\*${after}\\*\\* \\| it reverts \\[#${reverts}\\]`);

test("GitHub's button: before the merge the check tells what it takes back and what is built on that, and keeps its promise", async () => {
  const stage = await installed();
  const first = await opened(stage, { title: "AUTH-005: harden", head: "harden" });
  await merged(stage, first.number);
  await stage.repository.push({ branch: "fe-004-page", by: "dev", commits: [{ message: "FE-004: page", files: { "page.txt": "1" } }] });
  await pass(stage);

  const title = 'Revert "AUTH-005: harden"';
  const second = await opened(stage, {
    title,
    head: `revert-${first.number}-harden`,
    body: `Reverts octo/plans#${first.number}`,
    message: `Revert "Merge pull request #${first.number} from octo/harden"`,
  });
  const before = checkOf(stage, second.headSha);
  expect(before.conclusion).toBe("success");
  expect(before.title).toContain("Takes back 1");
  expect(before.summary).toMatch(rowOf("completed", "in progress", first.number));
  expect(before.summary).toMatch(/### Built on reverted work\n\n- `FE-004` [^\n]* \(in progress\) depends on `AUTH-005`/);

  await merged(stage, second.number, "squash");
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "in-progress", "FE-004": "in-progress" });
  expect(checkOf(stage, second.headSha).title).toBe("1 promised, 1 done");

  const third = await opened(stage, {
    title: `Revert "Revert "AUTH-005: harden""`,
    head: `revert-${second.number}-revert`,
    body: `Reverts octo/plans#${second.number}`,
  });
  const again = checkOf(stage, third.headSha);
  expect(again.title).toContain("Completes 1");
  expect(again.summary).toMatch(rowOf("in progress", "completed", second.number));
  expect(again.summary).not.toContain("Built on");
  await merged(stage, third.number);
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "completed" });
  expect(checkOf(stage, third.headSha).title).toBe("1 promised, 1 done");
  expect(await stage.problems()).toEqual([]);
});

test("a revert that names no task takes back what the reverted pull request completed, and says so", async () => {
  const stage = await installed();
  const first = await opened(stage, { title: "Harden the login", head: "auth-005-harden" });
  await merged(stage, first.number);
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "completed" });

  const second = await opened(stage, { title: 'Revert "Harden the login"', head: "undo", body: `Reverts octo/plans#${first.number}` });
  const before = checkOf(stage, second.headSha);
  expect(before).toMatchObject({ conclusion: "success" });
  expect(before.title).toContain("Takes back 1");
  expect(before.summary).toMatch(rowOf("completed", "in progress", first.number));

  await merged(stage, second.number);
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "in-progress" });
  expect(checkOf(stage, second.headSha).title).toBe("1 promised, 1 done");
  expect(await stage.problems()).toEqual([]);
});

test("a commit among others that reverts one takes its work back, whatever the pull request is called", async () => {
  const stage = await installed();
  const first = await opened(stage, { title: "Harden the login", head: "auth-005-harden" });
  const { sha } = await merged(stage, first.number, "squash");

  const second = await opened(stage, { title: "Back out", head: "undo", message: `Back out\n\nThis reverts commit ${sha}.` });
  const before = checkOf(stage, second.headSha);
  expect(before.title).toContain("Takes back 1");
  expect(before.summary).toContain(`it reverts [\`${sha.slice(0, 7)}\`]`);

  await merged(stage, second.number, "rebase");
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "in-progress" });
  expect(checkOf(stage, second.headSha).title).toBe("1 promised, 1 done");
  expect(await stage.problems()).toEqual([]);
});

test("a revert into a branch that completes nothing takes nothing back, and the check promises nothing", async () => {
  const stage = await installed();
  const first = await opened(stage, { title: "AUTH-005: harden", head: "harden" });
  await merged(stage, first.number);
  await stage.repository.push({ branch: "develop", by: "mira", commits: [{ message: "Begin", files: { "begin.txt": "1" } }] });
  await pass(stage);

  await stage.repository.push({ branch: "undo", from: "develop", by: "dev", commits: [{ message: "Undo", files: { "undo.txt": "1" } }] });
  const { number, headSha } = await stage.repository.openPull({
    title: 'Revert "AUTH-005: harden"',
    body: `Reverts octo/plans#${first.number}`,
    head: "undo",
    base: "develop",
    by: "dev",
  });
  await pass(stage);
  expect(checkOf(stage, headSha).title).toBe("Names 1 task · merging into develop completes nothing");
  await merged(stage, number);
  expect(await stage.statuses()).toMatchObject({ "AUTH-005": "completed" });
  expect(await stage.problems()).toEqual([]);
});
