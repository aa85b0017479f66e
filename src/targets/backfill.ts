import { effectsAfterBackfill } from "../core/decide.ts";
import { type Configuration, Fault, type Instant } from "../core/words.ts";
import type { BackfillStep, PastKnown, Store } from "../ports.ts";
import { earlierText } from "./earlier-text.ts";
import type { Target } from "./target.ts";

const day = 86_400_000;
/** How often it is looked whether everything was drained. */
const lookAgainMs = 300;

/** Begins to read a repository's past, as far back as its configuration says. */
export async function beginBackfill({ at, store, github }: Target, request: string | null): Promise<void> {
  const state = await store.state(at.repository);
  if (state === null) return;
  if (at.defaultBranch === "") throw new Fault("The repository itself has not been read yet", { next: { kind: "retry", at: null } });
  const since = windowStart(state.configuration.backfill, await github.read.clock(at));
  await store.backfills.begin(at.repository, { request, since });
}

const windowStart = ({ days, since }: Configuration["backfill"], clock: Instant): Instant =>
  since === null ? clock - days * day : Date.parse(`${since}T00:00:00Z`);

/**
 * One page of a repository's past: read, stored together with where it ended, and on to the next. Killed in between, it goes on where it was.
 * Answers with the time of the next page, which is far off where GitHub's quota is to be left to daily work; null when all is done.
 */
export async function continueBackfill(target: Target): Promise<Instant | null> {
  const { at, store, now } = target;
  const step = await store.backfills.next(at.repository);
  if (step === null) return null;
  try {
    if (step.kind === "statuses") return await showStatuses(target);
    const ask = { ...step, kind: step.kind, known: knownIn(store, at.repository) };
    const page = await target.github.read.past(at, ask, (path) => earlierText(store, at.repository, path));
    await store.backfills.advance(at.repository, step, page);
    return page.restUntil ?? now();
  } catch (error) {
    return stumble(target, step, error);
  }
}

/** What GitHub refuses for good is left out, and said; what may pass is tried again by whoever performs. */
async function stumble({ at, store, now }: Target, step: BackfillStep, error: unknown): Promise<Instant> {
  const next = error instanceof Fault ? error.next : null;
  const final = next?.kind === "give-up";
  const notBefore = next?.kind === "retry" ? next.at : null;
  const told = error instanceof Fault ? error.message : "Plankeeper itself failed; its log says how";
  await store.backfills.stumble(at.repository, step, { error: notBefore === null ? told : null, final, notBefore });
  if (final) return now();
  throw error;
}

/** Once everything read has been drained, what changed by it is shown: once, and not at every page. */
async function showStatuses({ at, store, now }: Target): Promise<Instant | null> {
  if (await store.backfills.isWaiting(at.repository)) return now() + lookAgainMs;
  const state = await store.state(at.repository);
  if (state === null) return null;
  const heads = await store.backfills.openHeads(at.repository);
  await store.backfills.finish(at.repository, effectsAfterBackfill(state.configuration, state.plans, heads));
  return null;
}

function knownIn(store: Store, repository: number): PastKnown {
  return {
    planPaths: async () => (await store.state(repository))?.plans.map(({ path }) => path) ?? [],
    versionsOf: async (path) => {
      const facts = await store.factsAbout(repository, [`plan:${path}`, "configuration"]);
      const versions = facts.flatMap((fact) =>
        (fact.kind === "plan" || fact.kind === "configuration") && fact.path === path ? fact.commit : [],
      );
      return new Set(versions);
    },
    hasContent: async (pull, head) => {
      const facts = await store.factsAbout(repository, [`pull:${pull}`]);
      return facts.some((fact) => fact.kind === "pull-content" && fact.headSha === head);
    },
    openThings: () => store.backfills.openThings(repository),
    issue: async (number) => (await store.factsAbout(repository, [`issue:${number}`])).findLast((fact) => fact.kind === "issue") ?? null,
    pull: async (number) => (await store.factsAbout(repository, [`pull:${number}`])).findLast((fact) => fact.kind === "pull") ?? null,
    edges: () => store.backfills.edges(repository),
    branches: () => store.backfills.branches(repository),
  };
}
