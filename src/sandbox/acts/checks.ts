import type { Sha } from "../git/objects.ts";
import { announce } from "../hooks/announce.ts";
import type { Json } from "../render/account.ts";
import { renderHookCheck, renderSuite, suiteState } from "../render/check.ts";
import type { Account, Check, Repository, Suite, World } from "../state/world.ts";
import { touch } from "./issues.ts";

/** The app's suite of a commit, opened when there is none. */
export function suiteOf(
  world: World,
  repository: Repository,
  { sha, branch, before = null }: Pick<Suite, "sha" | "branch"> & { before?: Sha | null },
): Suite {
  const known = [...repository.suites.values()].find((suite) => suite.sha === sha);
  if (known !== undefined) return known;
  const now = world.clock.now();
  const suite: Suite = { id: world.nextId(), sha, branch, before, createdAt: now, updatedAt: now, reset: false };
  repository.suites.set(suite.id, suite);
  return suite;
}

/** After a push GitHub asks every app with checks for its opinion. */
export function requestSuite(
  world: World,
  repository: Repository,
  asked: { sha: Sha; branch: string; before: Sha | null; by: Account },
): void {
  const suite = suiteOf(world, repository, asked);
  announceSuite(world, repository, suite, { action: "requested", by: asked.by });
}

export function addCheck(world: World, repository: Repository, check: Check): void {
  repository.checks.set(check.id, check);
  announceCheck(world, repository, check, { action: "created", by: world.app.bot });
  noteCompletion(world, repository, check);
}

/** To be called after a change of a run that was not completed before. */
export function noteCompletion(world: World, repository: Repository, check: Check): void {
  touch(world, check.suite);
  if (check.status !== "completed") return;
  check.suite.reset = false;
  announceCheck(world, repository, check, { action: "completed", by: world.app.bot });
  if (suiteState(repository, check.suite).status === "completed")
    announceSuite(world, repository, check.suite, { action: "completed", by: world.app.bot });
}

/** "Re-run": the suite is reset, the run itself stays as it is until the app changes it. */
export function rerequestCheck(world: World, repository: Repository, check: Check, by: Account): void {
  check.suite.reset = true;
  announceCheck(world, repository, check, { action: "rerequested", by });
}

export function rerequestSuite(world: World, repository: Repository, suite: Suite, by: Account): void {
  suite.reset = true;
  announceSuite(world, repository, suite, { action: "rerequested", by });
}

export function requestAction(
  world: World,
  repository: Repository,
  check: Check,
  asked: { readonly action: string; readonly by: Account },
): void {
  const fields = { requested_action: { identifier: asked.action } };
  announceCheck(world, repository, check, { action: "requested_action", by: asked.by, fields });
}

function announceCheck(
  world: World,
  repository: Repository,
  check: Check,
  { action, by, fields = {} }: { action: string; by: Account; fields?: Json },
): void {
  const told = { action, check_run: renderHookCheck(world, repository, check), ...fields };
  announce(world, repository, { event: "check_run", by, fields: told });
}

function announceSuite(world: World, repository: Repository, suite: Suite, { action, by }: { action: string; by: Account }): void {
  announce(world, repository, { event: "check_suite", by, fields: { action, check_suite: renderSuite(world, repository, suite) } });
}
