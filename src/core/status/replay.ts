import { homeOf, homesByToken } from "../evidence/homes.ts";
import { comparePlans, rowKey } from "../plan/compare.ts";
import { readPlan } from "../plan/read-plan.ts";
import type { ConfigurationVersion, Fact, Instant, Plan, PlannedTask, Sha, Status, TaskMaterial, Transition } from "../words.ts";
import { derive } from "./derive.ts";
import { isRelation, mentionsOf } from "./mentions.ts";
import { factsOfCommit, type ReplayCommit } from "./replay-facts.ts";
import { settingsInTime } from "./settings-in-time.ts";

/** A status that a person set by editing the plan, and whether evidence had said so: `hours` = how much earlier (or, below zero, later). */
export type Statement = {
  readonly id: string;
  readonly status: Status;
  readonly before: Status;
  readonly at: Instant;
  readonly commit: Sha;
  readonly evidence: "earlier" | "same" | "later" | "never";
  readonly hours: number | null;
};

/** A status that evidence set, and what the plan's next word on that task was. `people` = whether any version of the plan ever said it. */
export type EvidenceStatus = {
  readonly id: string;
  readonly status: Status;
  readonly at: Instant;
  readonly words: string;
  readonly link: string | null;
  readonly next: "confirmed" | "contradicted" | "unconfirmed";
  readonly people: boolean;
};

export type Replay = {
  readonly commits: number;
  readonly versions: number;
  readonly unreadable: number;
  readonly tasks: number;
  readonly statements: readonly Statement[];
  readonly set: readonly EvidenceStatus[];
};

/**
 * Walks a history as the app would have lived it, but for one thing: of the plan's rows only the first word on each task counts, so that
 * what evidence comes to can be held against what people wrote later. `commits` oldest first, `configurations` as for `derive`.
 */
export function replay(commits: readonly ReplayCommit[], path: string, configurations: readonly ConfigurationVersion[] = []): Replay {
  const versions = versionsOf(commits, path);
  const said = statementsOf(versions.readable);
  const first = firstWords(versions.readable);
  const histories = evidenceHistories(commits, { path, first: [...first.values()] }, configurations);
  return {
    commits: commits.length,
    versions: versions.readable.length,
    unreadable: versions.unreadable,
    tasks: first.size,
    statements: said.map((statement) => judged(statement, histories.get(statement.key) ?? [])),
    set: [...histories].flatMap(([key, history]) => {
      const words = said.filter((statement) => statement.key === key);
      const initial = first.get(key)?.task;
      return initial === undefined ? [] : history.slice(1).map((transition) => held(transition, initial, words));
    }),
  };
}

type Version = { readonly plan: Plan; readonly commit: ReplayCommit };

function versionsOf(
  commits: readonly ReplayCommit[],
  path: string,
): { readonly readable: readonly Version[]; readonly unreadable: number } {
  const changed = commits.flatMap((commit) => (typeof commit.plan === "string" ? [{ commit, text: commit.plan }] : []));
  const readable = changed.flatMap(({ commit, text }) => {
    const { plan } = readPlan({ path, text, named: true });
    return plan === null ? [] : [{ plan, commit }];
  });
  return { readable, unreadable: changed.length - readable.length };
}

type Said = { readonly key: string; readonly task: PlannedTask; readonly before: Status; readonly commit: ReplayCommit };

/** Statuses of tasks that an earlier version held, where a later one says another. */
function statementsOf(versions: readonly Version[]): readonly Said[] {
  const before = new Map<string, Status>();
  return versions.flatMap(({ plan, commit }, index) => {
    const earlier = versions[index - 1]?.plan ?? null;
    const said = comparePlans(earlier, plan).restated.flatMap(({ after: task }): readonly Said[] => {
      const known = before.get(rowKey(task));
      return known === undefined || known === task.status ? [] : [{ key: rowKey(task), task, before: known, commit }];
    });
    for (const task of plan.tasks) before.set(rowKey(task), task.status);
    return said;
  });
}

function firstWords(versions: readonly Version[]): ReadonlyMap<string, { readonly task: PlannedTask; readonly commit: ReplayCommit }> {
  const first = new Map<string, { readonly task: PlannedTask; readonly commit: ReplayCommit }>();
  for (const { plan, commit } of versions)
    for (const task of plan.tasks) if (!first.has(rowKey(task))) first.set(rowKey(task), { task, commit });
  return first;
}

/** What evidence alone makes of each task, from the first version that holds it; the first transition is that version's own word. */
function evidenceHistories(
  commits: readonly ReplayCommit[],
  { path, first }: { readonly path: string; readonly first: readonly { readonly task: PlannedTask; readonly commit: ReplayCommit }[] },
  configurations: readonly ConfigurationVersion[],
): ReadonlyMap<string, readonly Transition[]> {
  const facts: readonly Fact[] = commits.flatMap(factsOfCommit);
  const settings = settingsInTime(configurations, branch);
  const tasks = first.map(
    ({ task, commit }): TaskMaterial => ({
      scope: task.scope,
      token: task.token,
      path,
      watchedSince: 0,
      declared: task,
      present: true,
      stated: [
        {
          fact: `plan:${commit.sha}`,
          scope: task.scope,
          token: task.token,
          at: commit.at,
          commit: commit.sha,
          status: task.status,
          written: task.writtenStatus,
          line: task.line,
        },
      ],
      stored: null,
    }),
  );
  const material = {
    tasks,
    facts,
    mentions: facts.flatMap(mentionsOf).filter(({ token }) => !isRelation(token)),
    homes: homesByToken(tasks.map((task) => [task.token, homeOf(task.declared, task)])),
    tracks: new Map(),
  };
  const derived = derive({ configurations, configuration: settings.now, defaultBranch: branch }, material, []);
  return new Map(derived.tasks.map((task) => [rowKey(task), task.folded.history]));
}

const branch = "main";
const hour = 3_600_000;

function judged({ task, before, commit }: Said, history: readonly Transition[]): Statement {
  const base = { id: task.id, status: task.status, before, at: commit.at, commit: commit.sha };
  const standing = history.findLast((transition) => transition.at <= commit.at);
  if (standing?.after === task.status) {
    const same = standing.cause.link === `commit/${commit.sha}` || standing.at === commit.at;
    return { ...base, evidence: same ? "same" : "earlier", hours: hoursBetween(standing.at, commit.at) };
  }
  const later = history.find((transition) => transition.at > commit.at && transition.after === task.status);
  return later === undefined
    ? { ...base, evidence: "never", hours: null }
    : { ...base, evidence: "later", hours: hoursBetween(later.at, commit.at) };
}

const hoursBetween = (from: Instant, to: Instant): number => Math.round(((to - from) / hour) * 10) / 10;

/** `words` = all that later versions say of the task. A word of the very commit that was the evidence confirms it. */
function held({ at, after, cause }: Transition, initial: PlannedTask, words: readonly Said[]): EvidenceStatus {
  const next = words.find((said) => said.commit.at >= at);
  return {
    id: initial.id,
    status: after,
    at,
    words: cause.words,
    link: cause.link,
    next: next === undefined ? "unconfirmed" : next.task.status === after ? "confirmed" : "contradicted",
    people: initial.status === after || words.some((said) => said.task.status === after),
  };
}
