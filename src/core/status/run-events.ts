import type { Known } from "../evidence/known.ts";
import { nowhere, tasksMeant } from "../evidence/settle.ts";
import { normalise } from "../plan/token.ts";
import type { RunFact } from "../words.ts";
import { type EventBody, linkTo, ranks, type TaskEvent } from "./event.ts";
import { workflowNames } from "./mentions.ts";
import { isCompletionBranch, type SettingsInTime } from "./settings-in-time.ts";

const redConclusions = ["failure", "timed_out", "startup_failure"];
const countingEvents = ["push", "schedule", "workflow_dispatch", "repository_dispatch", "merge_group", "dynamic", "check_suite"];

/** A finished run as events: for the tasks (by `rowKey`) its gate holds, and `passed` for every task when `completion_requires` names it. */
export function runEvents(
  run: RunFact,
  so: { readonly tasks: ReadonlySet<string>; readonly known: Known; readonly settings: SettingsInTime },
): readonly (readonly [string, TaskEvent])[] {
  const { tasks, known, settings } = so;
  if (!run.own || !countingEvents.includes(run.event)) return [];
  const names = workflowNames(run.workflow, run.file);
  const configuration = settings.now;
  const gated = !isCompletionBranch(run.branch, configuration, settings.defaultBranch)
    ? []
    : configuration.gates
        .filter((gate) => names.includes(gate.workflow.toLowerCase()))
        .flatMap((gate) => gate.tasks.map(normalise))
        .flatMap((token) => tasksMeant({ token, scope: null }, known, nowhere))
        .filter((task) => tasks.has(task));
  const gates = [...new Set(gated)].map((task): readonly [string, TaskEvent] => [
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
  const required = configuration.completionRequires.find((name) => names.includes(name.toLowerCase()));
  if (required === undefined || run.conclusion !== "success") return gates;
  const passed = event(run, { kind: "passed", workflow: required.toLowerCase(), sha: run.headSha });
  return [...gates, ...[...tasks].map((task): readonly [string, TaskEvent] => [task, passed])];
}

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
