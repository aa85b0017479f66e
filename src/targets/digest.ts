import { z } from "zod";
import { digestMarker, renderDigest } from "../core/render/digest.ts";
import type { DigestPlan } from "../core/render/digest-view.ts";
import { endsOf, happenedOn, isEventful, lookBack, type Period, slipsOf, toldLately } from "../core/schedule/digest.ts";
import { type MilestoneForecast, scheduleOf } from "../core/schedule/schedule.ts";
import { noSpread } from "../core/schedule/spread.ts";
import type { Instant, Move } from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import { planFindings } from "./plan-findings.ts";
import { bringUpToDate, type Target } from "./target.ts";

const minute = 60_000;
/** So long a digest waits for the issue that it belongs in: no longer than a missed one is caught up with. */
const longestWait = 24 * 60 * minute;

const memory = z.object({
  until: z.number(),
  told: z.array(z.string()).readonly(),
  ends: z.record(z.string(), z.string()).readonly(),
});
/** What the next digest has to know of this one: until when it told, what of the end it told, and the ends of milestones it was posted with. */
type Memory = z.infer<typeof memory>;

const memoryKey = "digest-memory";

/**
 * Posts what happened until a time of the schedule, as a comment of its own in the summary's issue, once; nothing where nothing happened.
 * It is not rewritten: what becomes known later is told by the next one. Answers with the time before which it must not run again, while
 * the issue is not there yet.
 */
export async function bringDigestUpToDate(target: Target, until: Instant): Promise<Instant | null> {
  const { store, at } = target;
  const state = await store.state(at.repository);
  if (state === null || state.plans.length === 0 || state.configuration.summary.issue === "off") return null;
  const remembered = await recall(target);
  if (remembered !== null && remembered.until >= until) return null;
  const period = periodOf(state, remembered, until);
  const moves = await store.moves(at.repository, { after: lookBack(period), until });
  const plans = await plansOf(target, state, { moves, period });
  const milestones = milestonesAt(state, until);
  const isNews = plans.some(({ happened }) => isEventful(happened));
  if (isNews) {
    const issue = await issueOf(target, state);
    if (issue === null && target.github.write !== null) return target.now() < until + longestWait ? target.now() + minute : null;
    const slipping = slipsOf(milestones, remembered?.ends ?? {});
    const { timezone } = state.configuration.summary;
    const view = { web: target.web, branch: at.defaultBranch, timezone, after: period.after, until, plans, slipping };
    await post(target, issue ?? 0, { until, text: renderDigest(view) });
  }
  // What slips while nothing happens is held against the digest that people read last.
  const ends = isNews || remembered === null ? endsOf(milestones) : remembered.ends;
  await remember(target, { until, told: toldLately(moves, until), ends });
  return null;
}

const periodOf = ({ plans }: RepositoryState, remembered: Memory | null, until: Instant): Period => ({
  after: remembered?.until ?? Math.min(...plans.map(({ watchedSince }) => watchedSince)),
  until,
  told: new Set(remembered?.told),
});

async function plansOf(
  target: Target,
  state: RepositoryState,
  { moves, period }: { readonly moves: readonly Move[]; readonly period: Period },
): Promise<readonly DigestPlan[]> {
  const findings = await planFindings(target, state, []);
  return state.boards.map((board) => {
    const watchedSince = state.plans.find(({ path }) => path === board.path)?.watchedSince ?? period.until;
    return {
      board,
      happened: happenedOn(board, watchedSince, { moves, period }),
      stale: findings(board).filter(({ finding }) => finding.code === "stale"),
    };
  });
}

/** Planned ends, without ranges: these move by what happens, where a range moves a little by chance. */
function milestonesAt({ boards, configuration, plans }: RepositoryState, now: Instant): readonly MilestoneForecast[] {
  const revision = plans.map(({ fact }) => fact).join();
  return scheduleOf({ boards, configuration, spread: noSpread, now, revision }).milestones;
}

/** The issue that the configuration names, or the one that the summary made; null while there is none. */
async function issueOf({ store, at }: Target, { configuration }: RepositoryState): Promise<number | null> {
  const named = configuration.summary.issue;
  return typeof named === "number" ? named : ((await store.post(at.repository, "summary-issue"))?.remote ?? null);
}

async function post(target: Target, issue: number, { until, text }: { readonly until: Instant; readonly text: string }): Promise<void> {
  await bringUpToDate(target, {
    key: `digest:${until}`,
    essence: digestMarker(until),
    again: null,
    body: { issue, text },
    find: () => target.github.find.comment(target.at, issue, digestMarker(until)),
    create: (write) => write.createComment(target.at, issue, text),
    // One that was posted says what was known then.
    update: async () => true,
  });
}

async function recall({ store, at }: Target): Promise<Memory | null> {
  const read = memory.safeParse((await store.post(at.repository, memoryKey))?.body);
  return read.success ? read.data : null;
}

async function remember({ store, at }: Target, body: Memory): Promise<void> {
  const hash = String(body.until);
  await store.rememberPost(at.repository, memoryKey, { remote: null, hash, again: null, state: "written", body });
}
