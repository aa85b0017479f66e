import { checkName, renderCheck } from "../core/render/check-run.ts";
import type { CheckView } from "../core/render/views.ts";
import { canonicalJson, type Effect, type Fact, type MergeGroupFact, type PullFact } from "../core/words.ts";
import type { Annotation, Writer } from "../ports.ts";
import { pullView } from "./pull-view.ts";
import { bringUpToDate, hashOf, type Target } from "./target.ts";

/**
 * The check run of one commit: a section for each open pull request whose head it is, or for each one of a merge group. A commit that
 * is nobody's head any more keeps the check it has, unless somebody asked for it again.
 */
export async function bringCheckUpToDate(target: Target, effect: Extract<Effect, { kind: "check" }>): Promise<void> {
  const key = `check:${effect.sha}`;
  if (effect.fallback === true && (await target.store.post(target.at.repository, key)) !== null) return;
  const view = await checkView(target, effect);
  if (view === null) return;
  const { essence, ...text } = renderCheck(view);
  const annotations = hashOf(canonicalJson(text.annotations));
  // A run that must take the place of another one is not that one: after a death between call and answer it is this run that is looked for.
  const version = hashOf(canonicalJson([annotations, effect.again])).slice(0, 16);
  const externalId = `plankeeper:${effect.sha}:${version}`;
  const create = (write: Writer) => write.createCheck(target.at, { ...text, name: checkName, sha: effect.sha, externalId });
  await bringUpToDate(target, {
    key,
    essence: `${essence}\n${annotations}`,
    again: effect.again,
    body: { ...text, annotationsHash: annotations },
    find: () => target.github.find.check(target.at, effect.sha, externalId),
    create,
    update: async (write, remote, before) => {
      // A run keeps every annotation it was ever given: other ones, or a request to run again, need a new run.
      if (before === null || before.annotations !== annotations || before.again !== effect.again) return false;
      const none: readonly Annotation[] = [];
      return write.updateCheck(target.at, remote, { ...text, annotations: none, name: checkName });
    },
  });
}

async function checkView(target: Target, effect: Extract<Effect, { kind: "check" }>): Promise<CheckView | null> {
  const { store, at } = target;
  const state = await store.state(at.repository);
  if (state === null) return null;
  const group = newest(await store.factsAbout(at.repository, [`merge-group:${effect.sha}`]), isMergeGroup);
  const numbers = group === null ? await store.pullsAt(at.repository, effect.sha) : group.pulls;
  const facts = await store.factsAbout(
    at.repository,
    numbers.map((number) => `pull:${number}`),
  );
  const pulls = numbers.flatMap(
    (number) => newest(facts, (fact): fact is PullFact => fact.kind === "pull" && fact.number === number) ?? [],
  );
  const shown = group === null ? pulls.filter((pull) => isOpen(pull) && pull.headSha === effect.sha) : pulls;
  if (shown.length === 0 && group === null && effect.again === null) return null;
  const views = [];
  for (const pull of shown) views.push(await pullView({ target, state, pull, facts }));
  const unreadable = state.boards.flatMap((board) => (board.unreadable === null ? [] : [`${board.path}: ${board.unreadable}`]));
  return {
    kind: group === null ? "pulls" : "merge-group",
    sha: effect.sha,
    web: target.web,
    pulls: views,
    unreadable: unreadable[0] ?? null,
    hasPlan: state.boards.length > 0 || views.some((view) => view.planEdits.length > 0),
    failOn: state.configuration.check.failOn,
  };
}

const isOpen = (pull: PullFact): boolean => pull.state === "open" || pull.state === "draft";
const isMergeGroup = (fact: Fact): fact is MergeGroupFact => fact.kind === "merge-group";

/** The newest of the facts that fit; facts come oldest first. */
function newest<F extends Fact>(facts: readonly Fact[], fits: (fact: Fact) => fact is F): F | null {
  return facts.filter(fits).at(-1) ?? null;
}
