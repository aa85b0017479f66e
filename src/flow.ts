/**
 * The two straight lines of Plankeeper. Webhooks, readings, redelivery and the demo all pass through `drain`; whatever is shown or
 * written on GitHub passes through `perform`. Nothing else knows this order, and there is no second way to a status.
 */
import { decide } from "./core/decide.ts";
import { absorb } from "./core/status/absorb.ts";
import { derive } from "./core/status/derive.ts";
import { bearsOnDependants } from "./core/status/news.ts";
import { type Effect, type Fact, type FactId, type Instant, unreachable } from "./core/words.ts";
import type { GitHub, InboxRow, Job, LockedLane, RepositoryAddress, Store, Translation, Translator } from "./ports.ts";
import { beginBackfill, continueBackfill } from "./targets/backfill.ts";
import { bringBlockerCommentsUpToDate } from "./targets/blocker-comment.ts";
import { bringCheckUpToDate } from "./targets/check.ts";
import { bringDigestUpToDate } from "./targets/digest.ts";
import { earlierText } from "./targets/earlier-text.ts";
import { bringMilestoneCommentsUpToDate } from "./targets/milestone-comment.ts";
import { bringOutcomesUpToDate } from "./targets/outcomes.ts";
import { readInDoubt } from "./targets/read-in-doubt.ts";
import { bringReplyUpToDate } from "./targets/reply.ts";
import { bringSummaryUpToDate } from "./targets/summary.ts";
import type { Target } from "./targets/target.ts";
import { bringPlanFileUpToDate } from "./targets/write-back.ts";

/** Inbox rows of one locked lane → facts → statuses, audit and effects, in one transaction. */
export async function drain(lane: LockedLane, translator: Translator): Promise<void> {
  const translations = await translator.translate(lane.rows);
  const fresh = await lane.remember(translations);
  const planned = absorb(await lane.plans(fresh), fresh);
  await lane.declare(planned);
  const { material, planPaths } = await lane.tasks(planned, fresh);
  const derived = derive(planned, material, fresh);
  const past = toldAsPast(fresh, lane.rows, translations);
  const onDependants = await lane.pullsOnDependants(planned, derived.tasks.filter(bearsOnDependants));
  const historyAskedBy = askingForHistory(translations);
  const effects = decide({ fresh, past, historyAskedBy, planned, material, derived, onDependants, planPaths });
  await lane.commit({ derived, planned, effects });
}

const askingForHistory = (translations: readonly Translation[]): readonly string[] =>
  translations.flatMap((translation) => (!("unreadable" in translation) && translation.asks === "history" ? [translation.delivery] : []));

/** Those of the batch's facts that no live row told. */
function toldAsPast(fresh: readonly Fact[], rows: readonly InboxRow[], translations: readonly Translation[]): ReadonlySet<FactId> {
  const live = new Set(rows.flatMap(({ row, live }) => (live ? [row] : [])));
  const now = new Set(
    translations.flatMap((translation) =>
      "unreadable" in translation || !live.has(translation.row) ? [] : translation.told.map(({ fact }) => fact.id),
    ),
  );
  return new Set(fresh.flatMap(({ id }) => (now.has(id) ? [] : [id])));
}

/** What an effect may use. `github` answers with clients for one repository; its `write` is null in observe mode. */
export type PerformPorts = {
  readonly store: Store;
  readonly github: (at: RepositoryAddress) => Promise<GitHub>;
  /** The repository's page for people. */
  readonly web: (at: RepositoryAddress) => string;
  readonly now: () => Instant;
  readonly summaryEveryMs: number;
};

/**
 * One effect: load → render → compare with what we last wrote → write; or read → a reading into the inbox. Answers with the time before
 * which it must not run again, when it is not due yet.
 */
export async function perform(job: Job, ports: PerformPorts): Promise<Instant | null> {
  const at = await ports.store.address(job.repository);
  if (at === null) return null;
  const github = await ports.github(at);
  const { store, now, summaryEveryMs } = ports;
  const target: Target = { at, web: ports.web(at), store, github, now, summaryEveryMs };
  const { effect } = job;
  if (effect.kind === "summary") return bringSummaryUpToDate(target);
  if (effect.kind === "digest") return bringDigestUpToDate(target, effect.at);
  if (effect.kind === "blocker") return bringBlockerCommentsUpToDate(target, effect);
  if (effect.kind === "milestones") return bringMilestoneCommentsUpToDate(target, effect);
  if (effect.kind === "write-back") return bringPlanFileUpToDate(target, effect);
  if (effect.kind === "reply") return bringReplyUpToDate(target, effect);
  if (effect.kind === "backfill-page") return continueBackfill(target);
  await performAtOnce(effect, target);
  return null;
}

async function performAtOnce(
  effect: Exclude<Effect, { kind: "summary" | "digest" | "blocker" | "milestones" | "write-back" | "reply" | "backfill-page" }>,
  target: Target,
): Promise<void> {
  const { at, store } = target;
  const { read } = target.github;
  const earlier = (path: string) => earlierText(store, at.repository, path);
  const plans = async () => (await store.state(at.repository))?.plans.map(({ path }) => path) ?? [];
  switch (effect.kind) {
    case "check":
      return bringCheckUpToDate(target, effect);
    case "outcomes":
      return bringOutcomesUpToDate(target, effect);
    case "backfill":
      return beginBackfill(target, effect.request);
    case "read-repository":
      return store.addReading(at.repository, await read.repository(at, earlier));
    case "read-files":
      return store.addReading(
        at.repository,
        await read.files(at, { commit: effect.commit, time: effect.at, paths: effect.paths }, earlier),
      );
    case "read-pull":
      return store.addReading(at.repository, await read.pull(at, { number: effect.number, headSha: effect.headSha, plans }, earlier));
    case "read-label":
      return store.addReading(at.repository, await read.label(at, effect));
    case "read-push":
      return store.addReading(at.repository, await read.push(at, effect, earlier));
    case "read-snapshot":
      return readInDoubt(target, `${effect.of}:${effect.number}`);
    case "read-permission":
      return store.addReading(at.repository, await read.permission(at, { login: effect.login, about: effect.about }));
    default:
      return unreachable(effect);
  }
}
