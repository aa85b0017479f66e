import { type Cause, type FoldedTask, type Instant, type Token, type Track, type Transition, unreachable } from "../words.ts";
import { inOrder, type PullEvent, type TaskEvent } from "./event.ts";
import { findingsOf } from "./fold-findings.ts";
import { setHold, setLabel } from "./fold-holds.ts";
import { stepIssue } from "./fold-issues.ts";
import { linkedIssues, settleWaits } from "./fold-relations.ts";
import { stepReview } from "./fold-reviews.ts";
import { emptyFold, type FoldState, governing, isLanded, isOpenClaim, statusOf, underneath } from "./fold-state.ts";
import { stepTouch } from "./fold-touch.ts";
import { say, spoken, stands, stepReverted, stepVanished } from "./fold-works.ts";

/** What the fold asks besides the events: as the settings and the plan are now. */
export type FoldOptions = {
  readonly token: Token;
  /** Workflows that must have passed on a merge commit before its merge completes anything (lower case). */
  readonly requires: readonly string[];
  /** Tokens this task waits for because of `dependencies: block`. */
  readonly blockedBy: readonly Token[];
  /** `dependencies: block` holds for what linked issues wait for, too. */
  readonly issuesBlock: boolean;
};

/** Where a fold goes on: what it remembered after earlier events (taken over, and changed), the last change of the status, and the track so far. */
export type FoldStart = { readonly state: FoldState; readonly last: Transition; readonly track: Track };

/**
 * The history of one task: its events, in any order and with repeats, folded from left to right (design: from plan and facts to status).
 * Transitions are recorded from the first plan version that declares the task; `start` given, those after it.
 */
export function foldTask(events: readonly TaskEvent[], options: FoldOptions, start: FoldStart | null = null): FoldedTask | null {
  const { state, history, track } = foldEvents(events, options, { start });
  const last = history.at(-1) ?? start?.last;
  if (last === undefined) return null;
  return {
    state: {
      status: last.after,
      since: last.at,
      cause: last.cause,
      underneath: underneath(state),
      holds: [...state.holds.values()].filter((hold) => hold.covers).map(({ covers: _, ...hold }) => hold),
      waits: mergeWaits(state, options),
      findings: findingsOf(state, options),
      touched: state.touch,
      evidence: state.evidence,
      released: [...state.released]
        .map(([environment, at]) => ({ environment, at }))
        .sort((a, b) => (a.environment < b.environment ? -1 : 1)),
      issues: linkedIssues(state),
    },
    history,
    track,
    waitsFor: [...new Set([...state.waits, ...options.blockedBy])].sort(),
  };
}

/** Event by event, those up to `until`: what is remembered at the end, each change of the status, and of being finished. */
export function foldEvents(
  events: readonly TaskEvent[],
  options: FoldOptions,
  { start = null, until = Number.POSITIVE_INFINITY }: { readonly start?: FoldStart | null; readonly until?: Instant } = {},
) {
  const state = start?.state ?? emptyFold();
  const history: Transition[] = [];
  const track: Track[number][] = [...(start?.track ?? [])];
  for (const event of once(inOrder(events))) {
    if (event.at > until) break;
    step(state, event);
    const cause = settleMerges(state, event, options) ?? event.cause;
    settleDependencies(state, event, options);
    if (options.issuesBlock) settleWaits(state, event);
    if (!state.declared) continue;
    const after = statusOf(state);
    const before = (history.at(-1) ?? start?.last)?.after ?? null;
    if (after !== before) history.push({ at: event.at, before, after, cause });
    const finished = underneath(state) === "completed";
    if (finished !== (track.at(-1)?.finished ?? false)) track.push({ at: event.at, finished });
  }
  return { state, history, track };
}

/** What decides the status after these events and could be taken back: the newest hold that covers, else the statement in force; when it began. */
export function governorOf(events: readonly TaskEvent[], options: FoldOptions): { readonly cause: Cause; readonly at: Instant } | null {
  const { state } = foldEvents(events, options);
  const holds = [...state.holds.values()].filter((hold) => hold.covers).sort((a, b) => b.since - a.since);
  const [hold] = holds;
  if (hold !== undefined) return /^(?:gate|depends|waits):/.test(hold.key) ? null : { cause: hold.cause, at: hold.since };
  return governing(state);
}

/** Each event once; `events` in order. */
export function once(events: readonly TaskEvent[]): readonly TaskEvent[] {
  return events.filter((event, index) => index === 0 || events[index - 1]?.id !== event.id || events[index - 1]?.kind !== event.kind);
}

function step(state: FoldState, event: TaskEvent): void {
  state.evidence ||= isEvidence(event);
  stepTouch(state, event);
  switch (event.kind) {
    case "row":
      state.declared = true;
      say(state, { status: event.status, at: event.at, cause: event.cause, person: false });
      return;
    case "stated":
      stepStated(state, event);
      return;
    case "reverted":
      stepReverted(state, event, governing(state));
      return;
    case "vanished":
      stepVanished(state, event);
      return;
    case "pull":
      stepPull(state, event);
      return;
    case "issue":
    case "issue-act":
    case "link":
      stepIssue(state, event);
      return;
    case "relation":
      state.relations.set(event.edge, event);
      return;
    case "other-issue":
      state.others.set(event.number, event.open);
      return;
    case "review":
      stepReview(state, event);
      return;
    case "branch":
      if (!event.live) state.strays.delete(event.name);
      state.branches.set(event.name, {
        live: event.live,
        touched: event.live && event.names ? event.at : (state.branches.get(event.name)?.touched ?? null),
      });
      return;
    case "touched":
      stepTouched(state, event);
      return;
    case "block":
      stepBlock(state, event);
      return;
    case "undo":
      return;
    case "unblock":
      for (const key of [...state.holds.keys()]) if (key === "command" || key.startsWith("on:")) state.holds.delete(key);
      return;
    case "gate":
      stepGate(state, event);
      return;
    case "passed":
      state.passed.add(`${event.workflow}:${event.sha}`);
      return;
    case "released":
      if (!state.released.has(event.environment)) state.released.set(event.environment, event.at);
      return;
    case "blocker":
      if (!event.finished) state.finishedBlockers.delete(event.token);
      else {
        state.finishedBlockers.add(event.token);
        state.holds.delete(`on:${event.token}`);
      }
      return;
    default:
      unreachable(event);
  }
}

/** Whether somebody's work or word speaks of the task: neither the plan itself nor what merely holds it. Pull requests and issues tell by themselves. */
function isEvidence(event: TaskEvent): boolean {
  switch (event.kind) {
    case "stated":
    case "reverted":
    case "touched":
    case "block":
    case "unblock":
      return true;
    case "branch":
      return event.names;
    default:
      return false;
  }
}

function stepPull(state: FoldState, told: PullEvent & TaskEvent): void {
  const before = state.pulls.get(told.number);
  const event = before?.state === "merged" && told.strange ? asMerged(told, before) : told;
  state.evidence ||= event.names && event.counts;
  const open = event.state === "open" || event.state === "draft";
  const moved =
    before === undefined || before.headSha !== event.headSha || (!before.names && event.names) || (open && before.state === "closed");
  state.pulls.set(event.number, { ...event, touched: moved ? event.at : before.touched });
  setLabel(state, `pull:${event.number}`, event.label, event);
  const blocked = open && event.counts ? event.blocked : null;
  setHold(state, `pull:${event.number}`, blocked === null ? null : `label "${blocked}" on #${event.number}`, event);
}

/** The author of a pull request may edit it for ever, but whoever merged it took the words that it had then. */
function asMerged(told: PullEvent & TaskEvent, { names, claims, works, short }: PullEvent): PullEvent & TaskEvent {
  return { ...told, names, claims, works, short, label: names ? told.label : null, blocked: names ? told.blocked : null };
}

function stepBlock(state: FoldState, event: Extract<TaskEvent, { kind: "block" }>): void {
  if (event.on === null) {
    setHold(state, "command", event.reason || "blocked by hand", event);
    return;
  }
  state.waits.add(event.on);
  if (state.finishedBlockers.has(event.on)) return;
  setHold(state, `on:${event.on}`, `waiting on ${event.on}${event.reason === "" ? "" : `: ${event.reason}`}`, event);
}

/** So many commits are remembered one by one; of older ones it is taken for granted that they stay. */
const mostTouches = 100;

function stepTouched(state: FoldState, { branch, work, at, id, instead, cause }: Extract<TaskEvent, { kind: "touched" }>): void {
  if (branch !== null && instead !== null) state.strays.set(branch, { instead, link: cause.link });
  const place = work.place ?? id;
  state.touches.delete(place);
  state.touches.set(place, { branch, at });
  if (state.touches.size <= mostTouches) return;
  for (const [oldest, touch] of [...state.touches].slice(0, 1)) {
    state.touches.delete(oldest);
    if (touch.branch === null) state.landed = touch.at;
    else state.branches.set(touch.branch, { ...(state.branches.get(touch.branch) ?? { live: false }), touched: touch.at });
  }
}

function stepStated(state: FoldState, { status, at, cause, person, work }: Extract<TaskEvent, { kind: "stated" }>): void {
  say(state, { status, at, cause, person, ...(work === undefined ? {} : { works: [work] }) });
  if (person) state.holds.delete("command");
}

/** Only a newer run than the one known moves a gate; what is neither red nor green leaves it. */
function stepGate(state: FoldState, event: Extract<TaskEvent, { kind: "gate" }>): void {
  if (event.red === null) return;
  const key = `gate:${event.workflow}:${event.branch}`;
  const known = state.gates.get(key);
  if (known !== undefined && (known.number > event.number || (known.number === event.number && known.attempt >= event.attempt))) return;
  state.gates.set(key, { number: event.number, attempt: event.attempt, red: event.red });
  setHold(state, key, event.red ? `${event.workflow} fails on ${event.branch}` : null, event);
}

/**
 * Pull requests that claim the task complete it once one is merged into a completion branch, none of them is open any more, and what
 * the repository requires has passed on the merge commits. The statement ranks by the last merge; a person's `/defer` stands against it.
 * Answers with the cause where a merge settles now, though another event brought it about.
 */
function settleMerges(state: FoldState, event: TaskEvent, options: FoldOptions): Cause | null {
  const last = unsettledMerge(state);
  if (last === null || waitsOf(state, options).length > 0) return null;
  // Those that waited for each other complete it together.
  const together = standingMerges(state).filter((pull) => !state.settled.has(mergeName(pull)));
  for (const pull of together) state.settled.add(mergeName(pull));
  say(state, { status: "completed", at: mergeTime(last), cause: last.cause, person: false, works: together.map(({ work }) => work) });
  return event.kind === "pull" ? null : last.cause;
}

/** Merges that claim the task and whose work is still there. */
const standingMerges = (state: FoldState) => [...state.pulls.values()].filter((pull) => isLanded(pull) && stands(state, pull.work));

/** The last merge that claims the task, unless it has completed it before, or a later word or a person's `/defer` stands against it. */
function unsettledMerge(state: FoldState) {
  const landed = standingMerges(state);
  const last = landed.reduce<(typeof landed)[number] | null>((a, b) => (a === null || mergeTime(b) >= mergeTime(a) ? b : a), null);
  if (last === null || state.settled.has(mergeName(last))) return null;
  const now = spoken(state);
  if (now !== null && now.at > mergeTime(last)) return null;
  return now?.person === true && now.status === "deferred" ? null : last;
}

/** What has to happen before merges complete the task: claims that are still open, and workflows that have not passed on the merge commits. */
function waitsOf(state: FoldState, { requires }: FoldOptions): readonly string[] {
  const byNumber = (a: PullEvent, b: PullEvent) => a.number - b.number;
  const open = [...state.pulls.values()].filter(isOpenClaim).sort(byNumber);
  const unproven = standingMerges(state)
    .sort(byNumber)
    .flatMap(({ number, mergeSha }) =>
      requires.flatMap((name) =>
        state.passed.has(`${name}:${mergeSha}`) ? [] : `${name} has not passed on the merge commit of #${number}`,
      ),
    );
  return [...open.map(({ number }) => `#${number} is open`), ...unproven];
}

const mergeWaits = (state: FoldState, options: FoldOptions): readonly string[] =>
  unsettledMerge(state) === null || underneath(state) === "completed" ? [] : waitsOf(state, options);

const mergeName = (pull: PullEvent): string => `${pull.number}:${mergeTime(pull)}`;
const mergeTime = (pull: PullEvent): number => pull.mergedAt ?? pull.openedAt;

/** `dependencies: block`: a hold for each dependency that is not completed. */
function settleDependencies(state: FoldState, event: TaskEvent, options: FoldOptions): void {
  if (!state.declared) return;
  for (const token of options.blockedBy) {
    setHold(state, `depends:${token}`, state.finishedBlockers.has(token) ? null : `waiting on ${token}`, event);
  }
}
