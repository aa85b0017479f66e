import { homesOn } from "../core/evidence/homes.ts";
import type { Known } from "../core/evidence/known.ts";
import { optsOut } from "../core/evidence/opt-out.ts";
import { readReferences } from "../core/evidence/read-references.ts";
import { rowKey } from "../core/plan/compare.ts";
import { configurationPaths, readConfiguration } from "../core/plan/configuration.ts";
import type { CheckRow, PlanEdit, PullView } from "../core/render/views.ts";
import { isEstimated } from "../core/schedule/estimates.ts";
import { impactOf } from "../core/schedule/impact.ts";
import { sharedBy } from "../core/schedule/new-ids.ts";
import { revertsBy } from "../core/schedule/taken-back.ts";
import { keyOf, taskKey } from "../core/schedule/task-key.ts";
import { knownTo } from "../core/status/derive.ts";
import { headsOf, ignoredBy } from "../core/status/ignored.ts";
import { promiseOf } from "../core/status/promise.ts";
import { type PullNaming, readPull } from "../core/status/pull-events.ts";
import { isCompletionBranch } from "../core/status/settings-in-time.ts";
import { obstacleOf, whyOf } from "../core/status/why.ts";
import {
  type BoardTask,
  type DerivedTask,
  type Fact,
  type Finding,
  type IdWarning,
  mayDo,
  type Place,
  type Problem,
  type PullContentFact,
  type PullFact,
  type TasksMaterial,
} from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import { newIdsTakenTwice } from "./new-ids.ts";
import { planEdits } from "./plan-edits.ts";
import { lastingFindings } from "./plan-findings.ts";
import { idsTakenBack } from "./taken-back.ts";
import type { Target } from "./target.ts";

/** What one pull request would do, from the state as it is and the facts about it. */
export async function pullView(ask: {
  readonly target: Target;
  readonly state: RepositoryState;
  readonly pull: PullFact;
  readonly facts: readonly Fact[];
}): Promise<PullView> {
  const { target, state, pull } = ask;
  const { configuration } = state;
  const { defaultBranch } = state.address;
  const tasks = state.boards.flatMap((board) => board.tasks);
  const known = knownTo(homesOn(state.boards), configuration);
  const content = contentOf(ask.facts, pull);
  const { namings, unsettled } = readPull(pull, content, known, configuration);
  const edits = await planEdits(target, state, content);
  const material = await target.store.materialOf(target.at.repository, [
    ...new Set([
      ...[...namings.values()].map(({ reference }) => reference.token),
      ...edits.flatMap((edit) => edit.rows.map((row) => row.token)),
      ...(await idsTakenBack(target, configuration, { pull, content })),
    ]),
  ]);
  const context = { configurations: state.configurations, configuration, defaultBranch };
  const rows = new Map(edits.map((edit) => [edit.path, edit.rows]));
  const promised = promiseOf(context, material, { pull, content, rows });
  const after = new Map(promised.map((task) => [taskKey(task.scope, task.token), task]));
  const baseCompletes = isCompletionBranch(pull.base, configuration, defaultBranch);
  return {
    number: pull.number,
    title: pull.title,
    base: pull.base,
    baseCompletes,
    completionBranches: configuration.completionBranches.length === 0 ? [defaultBranch] : configuration.completionBranches,
    draft: pull.state === "draft",
    fork: pull.fork,
    stranger: pull.fork && !isTrusted(ask.facts, pull),
    ignoredBy: ignoredBy(headsOf(pull, ask.facts), ask.facts),
    optedOut: optsOut(pull.title, pull.body),
    rows: tasks.flatMap((task) => rowOf({ task, naming: namings.get(rowKey(task)), after: after.get(keyOf(task)), material })),
    impact: impactOf({
      before: state.boards,
      after: new Map(promised.map((task) => [taskKey(task.scope, task.token), task.folded.state.status])),
      configuration,
      ...(isEstimated(state.boards) ? { now: target.now() } : {}),
    }),
    reverts: revertsBy(state.boards, promised, { pull, content }),
    warnings: [...warningsOf(pull, content, known), ...unsettled],
    findings: [...(await sharedIds(target, state, { pull, edits })), ...ownFindings(state, namings)],
    planEdits: edits.map(({ rows: _, ...edit }) => edit),
    configurationProblems: await configurationProblems(target, content),
    unread: content === null,
    truncated: content?.truncated === true ? { commits: content.commits.length, files: content.files.length } : null,
  };
}

/** What is odd about the tasks that it names. */
const ownFindings = (state: RepositoryState, namings: ReadonlyMap<string, PullNaming>): readonly Finding[] =>
  state.boards
    .filter((board) => board.tasks.some((task) => namings.has(rowKey(task))))
    .flatMap((board) => lastingFindings(state, board))
    .flatMap(({ task, finding }) => (task !== null && namings.has(rowKey(task)) ? [finding] : []));

/** New ids of its own that another open pull request adds, too. */
async function sharedIds(
  target: Target,
  state: RepositoryState,
  { pull, edits }: { readonly pull: PullFact; readonly edits: readonly PlanEdit[] },
): Promise<readonly Finding[]> {
  if (edits.every(({ added }) => added.length === 0)) return [];
  return sharedBy(pull.number, await newIdsTakenTwice(target, state));
}

function contentOf(facts: readonly Fact[], pull: PullFact): PullContentFact | null {
  return (
    facts.find(
      (fact): fact is PullContentFact => fact.kind === "pull-content" && fact.number === pull.number && fact.headSha === pull.headSha,
    ) ?? null
  );
}

function isTrusted(facts: readonly Fact[], pull: PullFact): boolean {
  const role = facts.filter((fact) => fact.kind === "permission" && fact.thing === pull.thing).at(-1);
  return role?.kind === "permission" && mayDo(role.role, "triage");
}

function rowOf({
  task,
  naming,
  after,
  material,
}: {
  readonly task: BoardTask;
  readonly naming: PullNaming | undefined;
  readonly after: DerivedTask | undefined;
  readonly material: TasksMaterial;
}): readonly CheckRow[] {
  if (naming === undefined) return [];
  const folded = after?.folded ?? { state: task.state, history: [] };
  const supposed = whyOf(task.id, folded.state, folded.history);
  const history = material.tasks.find(({ scope, token }) => scope === task.scope && token === task.token)?.stored?.history ?? [];
  return [
    {
      task,
      before: task.state.status,
      after: supposed.status,
      place: naming.place,
      reference: naming.reference,
      note: obstacleOf(supposed),
      why: whyOf(task.id, task.state, history),
    },
  ];
}

/** Ids that look like the plan's but are not in it, each once, from every place that is read. */
function warningsOf(pull: PullFact, content: PullContentFact | null, known: Known): readonly IdWarning[] {
  const texts: readonly (readonly [Place, string])[] = [
    ["title", pull.title],
    ["branch", pull.branch],
    ["body", pull.body],
    ...pull.labels.map((label) => ["label", label] as const),
    ...(content?.commits ?? []).map((commit) => ["commit", commit.message] as const),
  ];
  const warnings = texts.flatMap(([place, text]) => readReferences(text, place, known).warnings);
  return [...new Map(warnings.map((warning) => [warning.token, warning])).values()];
}

async function configurationProblems(target: Target, content: PullContentFact | null): Promise<readonly Problem[]> {
  const file = content?.texts.find((text) => configurationPaths.includes(text.path));
  if (file === undefined || file.blob === null) return [];
  const text = (await target.store.texts([file.blob])).get(file.blob) ?? "";
  return readConfiguration(text, file.path).problems;
}
