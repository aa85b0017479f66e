import type { Sha } from "../git/objects.ts";
import { announce } from "../hooks/announce.ts";
import { renderRun, renderWorkflow } from "../render/run.ts";
import type { Account, Repository, Run, World } from "../state/world.ts";
import { touch } from "./issues.ts";

export type NewRun = {
  readonly name: string;
  readonly file: string;
  readonly branch: string;
  readonly sha: Sha;
  readonly event: string;
  readonly headRepository: Repository;
  readonly by: Account;
};

export function requestRun(world: World, repository: Repository, { name, file, by, ...asked }: NewRun): Run {
  const siblings = repository.runs.filter(({ workflow }) => workflow.file === file);
  const now = world.clock.now();
  const run: Run = {
    ...asked,
    id: world.nextId(),
    workflow: siblings[0]?.workflow ?? { id: world.nextId(), name, file },
    number: siblings.length + 1,
    actor: by,
    createdAt: now,
    attempt: 1,
    status: "queued",
    conclusion: null,
    startedAt: now,
    updatedAt: now,
  };
  repository.runs.push(run);
  announceRun(world, repository, run, "requested");
  return run;
}

/** "Re-run": the same run once more, under the next attempt. */
export function repeatRun(world: World, repository: Repository, run: Run, attempt: number): void {
  run.attempt = attempt;
  run.status = "queued";
  run.conclusion = null;
  run.startedAt = world.clock.now();
  touch(world, run);
  announceRun(world, repository, run, "requested");
}

export function finishRun(world: World, repository: Repository, run: Run, conclusion: string): void {
  run.status = "in_progress";
  touch(world, run);
  announceRun(world, repository, run, "in_progress");
  run.status = "completed";
  run.conclusion = conclusion;
  announceRun(world, repository, run, "completed");
}

function announceRun(world: World, repository: Repository, run: Run, action: string): void {
  const fields = { action, workflow_run: renderRun(world, repository, run), workflow: renderWorkflow(world, repository, run) };
  announce(world, repository, { event: "workflow_run", by: run.actor, fields });
}
