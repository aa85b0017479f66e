import { checkActions } from "../core/render/check-actions.ts";
import { outcomeEssence, withOutcomes } from "../core/render/check-outcome.ts";
import { renderCheck } from "../core/render/check-run.ts";
import type { CheckView } from "../core/render/views.ts";
import { headsOf, pressesOn } from "../core/status/ignored.ts";
import { inOrderOfTime } from "../core/status/one-second.ts";
import { isKept, type PullOutcome } from "../core/status/outcome.ts";
import type { CheckAction, CheckText, Effect, Fact, MergeGroupFact, PullFact, PullPromise, Sha } from "../core/words.ts";
import type { Post, RepositoryState } from "../ports.ts";
import { type CheckMemory, checkMemoryIn, promiseIn } from "./check-memory.ts";
import { outcomesNow } from "./outcomes-now.ts";
import { pullView } from "./pull-view.ts";
import type { Target } from "./target.ts";

/**
 * What a check says, and what is kept of it beside. `late` = every pull request it was about is merged, so that nothing but outcomes is new.
 * `unkept` = something that was promised has not happened since the merge: looked for by an index on `posts`.
 */
export type CheckTold = {
  readonly text: CheckText;
  readonly essence: string;
  readonly late: boolean;
  readonly actions: readonly CheckAction[];
  readonly kept: Pick<CheckMemory, "promises" | "said" | "outcome" | "unkept">;
};

/** What the check of a commit has to say now, given what it said before; null where it stays as it is, or is never made. */
export async function checkTold(
  target: Target,
  effect: Extract<Effect, { kind: "check" }>,
  before: Post | null,
): Promise<CheckTold | null> {
  const about = await aboutCommit(target, effect.sha);
  if (about === null) return null;
  const memory = checkMemoryIn(before?.body);
  const merged = memory === null ? [] : promisesOfMerged(about, memory);
  if (memory !== null && merged.length > 0) {
    const outcomes = await outcomesNow(target, merged);
    const isTold = effect.again === null && about.shown.length === 0 && wasKept(memory, merged);
    return isTold && outcomes.every(isKept) ? null : withWhatCame(target, { about, memory, merged, outcomes });
  }
  if (about.shown.length === 0 && about.group === null && effect.again === null) return null;
  const { essence, promises, actions, ...text } = await afresh(target, about);
  return { text, essence, actions, late: false, kept: { promises, said: null, outcome: null, unkept: false } };
}

type About = {
  readonly sha: Sha;
  readonly state: RepositoryState;
  readonly group: MergeGroupFact | null;
  /** Pull requests that have, or had, this head, as they stand now. */
  readonly pulls: readonly PullFact[];
  readonly shown: readonly PullFact[];
  readonly facts: readonly Fact[];
};

async function aboutCommit({ store, at }: Target, sha: Sha): Promise<About | null> {
  const state = await store.state(at.repository);
  if (state === null) return null;
  const group = newest(await store.factsAbout(at.repository, [`merge-group:${sha}`]), isMergeGroup);
  const numbers = group === null ? await store.pullsAt(at.repository, sha) : group.pulls;
  const facts = await store.factsAbout(
    at.repository,
    numbers.map((number) => `pull:${number}`),
  );
  const pulls = numbers.flatMap((number) => standing(facts, number) ?? []);
  const presses = await store.factsAbout(at.repository, [...new Set(pulls.flatMap((pull) => headsOf(pull, facts)))].map(pressesOn));
  const shown = group === null ? pulls.filter((pull) => isOpen(pull) && pull.headSha === sha) : pulls;
  return { sha, state, group, pulls, shown, facts: [...facts, ...presses] };
}

/** A merge group's pull requests have checks of their own, on their heads. */
function promisesOfMerged({ group, pulls, sha }: About, { promises }: CheckMemory): readonly PullPromise[] {
  if (group !== null) return [];
  return promises.flatMap((promise) => {
    const pull = pulls.find(({ number, state, headSha }) => number === promise.pull && state === "merged" && headSha === sha);
    return pull === undefined ? [] : [{ ...promise, mergedAt: pull.mergedAt ?? pull.at }];
  });
}

/** Whether it was told that all of these were kept: what becomes of the tasks later is no matter of theirs. */
function wasKept({ promises, outcome, unkept }: CheckMemory, merged: readonly PullPromise[]): boolean {
  return outcome !== null && !unkept && promises.filter(({ mergedAt }) => mergedAt !== null).length === merged.length;
}

async function afresh(target: Target, about: About) {
  const view = await checkView(target, about);
  return {
    ...renderCheck(view),
    actions: checkActions(view),
    promises: about.group === null ? view.pulls.flatMap((pull) => promiseIn(pull) ?? []) : [],
  };
}

async function withWhatCame(
  target: Target,
  {
    about,
    memory,
    merged,
    outcomes,
  }: {
    readonly about: About;
    readonly memory: CheckMemory;
    readonly merged: readonly PullPromise[];
    readonly outcomes: readonly PullOutcome[];
  },
): Promise<CheckTold> {
  const { web } = target;
  const outcome = outcomeEssence(web, outcomes);
  const unkept = !outcomes.every(isKept);
  if (about.shown.length === 0) {
    const { text, conclusion, annotations } = memory;
    const said = memory.said ?? { title: memory.title, summary: memory.summary };
    const shown = withOutcomes(web, outcomes, { ...said, text, conclusion, annotations, open: false });
    return { text: shown, essence: outcome, late: true, actions: [], kept: { promises: merged, said, outcome, unkept } };
  }
  const { essence, promises, actions, ...text } = await afresh(target, about);
  return {
    actions,
    text: withOutcomes(web, outcomes, { ...text, open: true }),
    essence: `${essence}\n${outcome}`,
    late: false,
    kept: { promises: [...merged, ...promises], said: { title: text.title, summary: text.summary }, outcome, unkept },
  };
}

async function checkView(target: Target, { sha, state, group, shown, facts }: About): Promise<CheckView> {
  const views = [];
  for (const pull of shown) views.push(await pullView({ target, state, pull, facts }));
  const unreadable = state.boards.flatMap((board) => (board.unreadable === null ? [] : [`${board.path}: ${board.unreadable}`]));
  return {
    kind: group === null ? "pulls" : "merge-group",
    sha,
    web: target.web,
    pulls: views,
    unreadable: unreadable[0] ?? null,
    hasPlan: state.boards.length > 0 || views.some((view) => view.planEdits.length > 0),
    failOn: state.configuration.check.failOn,
  };
}

const isOpen = (pull: PullFact): boolean => pull.state === "open" || pull.state === "draft";
const isMergeGroup = (fact: Fact): fact is MergeGroupFact => fact.kind === "merge-group";

/** A pull request as it was told last; one that was merged is merged, whatever else was told. */
function standing(facts: readonly Fact[], number: number): PullFact | null {
  const told = facts
    .filter((fact) => fact.kind === "pull")
    .filter((fact) => fact.number === number)
    .sort(inOrderOfTime);
  return told.findLast(({ state }) => state === "merged") ?? told.at(-1) ?? null;
}

/** The newest of the facts that fit; facts come oldest first. */
function newest<F extends Fact>(facts: readonly Fact[], fits: (fact: Fact) => fact is F): F | null {
  return facts.filter(fits).at(-1) ?? null;
}
