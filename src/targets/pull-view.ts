import type { Known } from "../core/evidence/known.ts";
import { optsOut } from "../core/evidence/opt-out.ts";
import { readReferences } from "../core/evidence/read-references.ts";
import { rowKey } from "../core/plan/compare.ts";
import type { PlanEdit, PullView } from "../core/render/views.ts";
import { isEstimated } from "../core/schedule/estimates.ts";
import { impactOf } from "../core/schedule/impact.ts";
import { sharedBy } from "../core/schedule/new-ids.ts";
import { releasedBy } from "../core/schedule/released.ts";
import { revertsBy } from "../core/schedule/taken-back.ts";
import { taskKey } from "../core/schedule/task-key.ts";
import { headsOf, ignoredBy } from "../core/status/ignored.ts";
import type { PullNaming } from "../core/status/pull-events.ts";
import { isCompletionBranch } from "../core/status/settings-in-time.ts";
import { type Fact, type Finding, type IdWarning, mayDo, type Place, type PullContentFact, type PullFact } from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import { checkRows } from "./check-rows.ts";
import { newIdsTakenTwice } from "./new-ids.ts";
import { lastingFindings } from "./plan-findings.ts";
import { pullMerge } from "./pull-merge.ts";
import type { Target } from "./target.ts";

/** What one pull request would do, from the state as it is and the facts about it. */
export async function pullView(ask: {
  readonly target: Target;
  readonly state: RepositoryState;
  readonly pull: PullFact;
  readonly facts: readonly Fact[];
}): Promise<PullView> {
  const { target, state, pull } = ask;
  const { defaultBranch } = state.address;
  const content = contentOf(ask.facts, pull);
  const merge = await pullMerge(target, state, { pull, content });
  const { known, edits, material, promised, edited } = merge;
  const { namings, unsettled } = merge.reading;
  const configuration = edited?.configuration ?? state.configuration;
  const baseCompletes = isCompletionBranch(pull.base, configuration, defaultBranch);
  return {
    number: pull.number,
    title: pull.title,
    base: pull.base,
    baseCompletes,
    completionBranches: configuration.completionBranches.length === 0 ? [defaultBranch] : configuration.completionBranches,
    planBranch: defaultBranch,
    draft: pull.state === "draft",
    fork: pull.fork,
    stranger: pull.fork && !isTrusted(ask.facts, pull),
    ignoredBy: ignoredBy(headsOf(pull, ask.facts), ask.facts),
    optedOut: optsOut(pull.title, pull.body),
    rows: checkRows({ before: state.boards, after: edited?.boards ?? null, promised, namings, material }),
    impact: impactOf({
      before: state.boards,
      after: new Map(promised.map((task) => [taskKey(task.scope, task.token), task.folded.state.status])),
      configuration: state.configuration,
      ...(edited === null ? {} : { edited }),
      ...(isEstimated(edited?.boards ?? state.boards) ? { now: target.now() } : {}),
    }),
    reverts: revertsBy(state.boards, promised, { pull, content }),
    released: releasedBy(state.boards, promised),
    warnings: [...warningsOf(pull, content, known), ...unsettled],
    findings: [...(await sharedIds(target, state, { pull, edits })), ...ownFindings(state, namings)],
    planEdits: edits,
    configurationEdit: merge.configurationEdit,
    configurationProblems: merge.configurationProblems,
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
