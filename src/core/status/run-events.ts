import type { Known } from "../evidence/known.ts";
import { nowhere, tasksMeant } from "../evidence/settle.ts";
import { normalise } from "../plan/token.ts";
import type { Configuration, Fact, RunFact, Sha } from "../words.ts";
import { type EventBody, linkTo, ranks, type TaskEvent } from "./event.ts";
import { workflowNames } from "./mentions.ts";
import { isCompletionBranch, type SettingsInTime } from "./settings-in-time.ts";

const redConclusions = ["failure", "timed_out", "startup_failure"];
const countingEvents = ["push", "schedule", "workflow_dispatch", "repository_dispatch", "merge_group", "dynamic", "check_suite"];

/** A finished run as events of the tasks (by `rowKey`) that its gate holds. */
export function gateEvents(
  run: RunFact,
  so: { readonly tasks: ReadonlySet<string>; readonly known: Known; readonly settings: SettingsInTime },
): readonly (readonly [string, TaskEvent])[] {
  const { tasks, known, settings } = so;
  const configuration = settings.now;
  if (!counts(run) || !isCompletionBranch(run.branch, configuration, settings.defaultBranch)) return [];
  const names = workflowNames(run.workflow, run.file);
  const gated = configuration.gates
    .filter((gate) => names.includes(gate.workflow.toLowerCase()))
    .flatMap((gate) => gate.tasks.map(normalise))
    .flatMap((token) => tasksMeant({ token, scope: null }, known, nowhere))
    .filter((task) => tasks.has(task));
  return [...new Set(gated)].map((task): readonly [string, TaskEvent] => [
    task,
    event(run, {
      kind: "gate",
      workflow: names[0] ?? run.workflow,
      branch: run.branch,
      number: run.number,
      attempt: run.attempt,
      red: colourOf(run),
    }),
  ]);
}

/** Runs that the repository requires of merge commits (`completion_requires`), as events of the tasks whose pull requests they passed for. */
export function requiredEvents(
  facts: readonly Fact[],
  told: readonly (readonly [string, TaskEvent])[],
  { completionRequires }: Configuration,
): readonly (readonly [string, TaskEvent])[] {
  if (completionRequires.length === 0) return [];
  const tasks = new Map<Sha, Set<string>>();
  for (const [task, pull] of told)
    if (pull.kind === "pull" && pull.mergeSha !== null) tasks.set(pull.mergeSha, (tasks.get(pull.mergeSha) ?? new Set()).add(task));
  return facts.flatMap((run) => {
    if (run.kind !== "run" || !counts(run) || run.conclusion !== "success") return [];
    const names = workflowNames(run.workflow, run.file);
    const required = completionRequires.find((name) => names.includes(name.toLowerCase()));
    if (required === undefined) return [];
    const passed = event(run, { kind: "passed", workflow: required.toLowerCase(), sha: run.headSha });
    return [...(tasks.get(run.headSha) ?? [])].map((task): readonly [string, TaskEvent] => [task, passed]);
  });
}

const counts = (run: RunFact): boolean => run.own && countingEvents.includes(run.event);

/** Red holds, green releases, anything else leaves the gate as it is. */
function colourOf(run: RunFact): boolean | null {
  if (redConclusions.includes(run.conclusion)) return true;
  return run.conclusion === "success" ? false : null;
}

function event(run: RunFact, body: EventBody): TaskEvent {
  const rule = body.kind === "gate" && body.red === false ? "gate-passed" : body.kind === "gate" ? "gate-failed" : "required-passed";
  return {
    ...body,
    at: run.at,
    rank: ranks.run,
    id: `${run.id}:${body.kind}`,
    cause: { fact: run.id, rule, actor: null, link: linkTo(run), words: `${run.workflow} ${run.conclusion} on ${run.branch}` },
  };
}
