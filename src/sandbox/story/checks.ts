import { requestAction, rerequestCheck, rerequestSuite } from "../acts/checks.ts";
import { deploy } from "../acts/deployments.ts";
import { finishRun, repeatRun, requestRun } from "../acts/runs.ts";
import { account } from "../state/people.ts";
import { findCommit } from "../state/references.ts";
import { forkOf } from "../state/repositories.ts";
import type { Check, Repository, Run, World } from "../state/world.ts";
import type { SandboxRepository } from "../words.ts";
import { person } from "./person.ts";

type CheckActs = Pick<SandboxRepository, "runWorkflow" | "deploy" | "rerequestCheck" | "rerequestSuite" | "requestAction">;

export function checkActs(world: World, repository: Repository): CheckActs {
  const acting = (by: string) => person(world, repository, { by, least: "write", to: "re-run checks" });
  return {
    async runWorkflow(act) {
      finishRun(world, repository, startRun(world, repository, act), act.conclusion);
      await world.hooks.sent();
    },
    async deploy({ ref, environment, state = "success", by }) {
      const sha = findCommit(world, repository, ref)?.sha;
      if (sha === undefined) throw new Error(`there is no commit ${ref}`);
      deploy(world, repository, { sha, ref, environment, state, by: person(world, repository, { by, least: "write", to: "deploy" }) });
      await world.hooks.sent();
    },
    async rerequestCheck(act) {
      rerequestCheck(world, repository, checkWithId(repository, act.id), acting(act.by));
      await world.hooks.sent();
    },
    async rerequestSuite(act) {
      const suite = [...repository.suites.values()].find(({ sha }) => sha === act.sha);
      if (suite === undefined) throw new Error(`the app has no checks on ${act.sha}`);
      rerequestSuite(world, repository, suite, acting(act.by));
      await world.hooks.sent();
    },
    async requestAction(act) {
      requestAction(world, repository, checkWithId(repository, act.id), { action: act.action, by: acting(act.by) });
      await world.hooks.sent();
    },
  };
}

function startRun(world: World, repository: Repository, act: Parameters<SandboxRepository["runWorkflow"]>[0]): Run {
  const attempt = act.attempt ?? 1;
  const sha = findCommit(world, repository, act.sha ?? `heads/${act.branch}`)?.sha;
  if (attempt > 1) {
    const fits = (run: Run) =>
      run.workflow.file === act.file && run.branch === act.branch && (act.sha === undefined || run.sha === act.sha);
    const run = repository.runs.findLast(fits);
    if (run === undefined) throw new Error(`there is no run of ${act.file} on ${act.branch} to repeat`);
    repeatRun(world, repository, run, attempt);
    return run;
  }
  if (sha === undefined) throw new Error(`there is no branch ${act.branch}: name the commit with "sha"`);
  const stranger = act.fork === true;
  const by = account(world, act.by ?? (stranger ? "stranger" : repository.owner.login));
  const headRepository = stranger ? forkOf(world, repository, by) : repository;
  const event = act.event ?? (stranger ? "pull_request" : "push");
  return requestRun(world, repository, { name: act.name, file: act.file, branch: act.branch, sha, event, headRepository, by });
}

function checkWithId(repository: Repository, id: number): Check {
  const check = repository.checks.get(id);
  if (check === undefined) throw new Error(`there is no check run ${id}`);
  return check;
}
