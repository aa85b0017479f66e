import type { Cause, Hold, Instant, Status, Token, Touch } from "../words.ts";
import type { PullEvent, TaskEvent } from "./event.ts";
import { lies, type Statement, spoken, type Works } from "./fold-works.ts";

/** A hold as it stands. `covers` = the task was not finished when it began. */
export type Standing = Hold & { readonly covers: boolean };

export type IssueEvent = Extract<TaskEvent, { kind: "issue" }>;
export type RelationEvent = Extract<TaskEvent, { kind: "relation" }>;

/** All a fold remembers between two events. Changed in place by `step`, which alone holds it. */
export type FoldState = Works & {
  declared: boolean;
  /** Statuses stated by labels, in force until unlabelled, by issue or pull request. */
  readonly labelled: Map<string, Statement>;
  readonly pulls: Map<number, PullEvent & { readonly touched: Instant; readonly cause: Cause }>;
  readonly branches: Map<string, { readonly live: boolean; readonly touched: Instant | null }>;
  /** Commits that name the task, by their place (`branch` null: on a completion branch), and the newest of those no longer kept one by one. */
  readonly touches: Map<string, { readonly branch: string | null; readonly at: Instant }>;
  /** Merges that completed it and were put away (`putAway`). */
  landedBefore: number;
  landed: Instant | null;
  /** By branch: that it is named for another task than its newest commit which names this one, and that commit. */
  readonly strays: Map<string, { readonly instead: string; readonly link: string | null }>;
  touch: Touch | null;
  /** Issues as they stood last, and those that a command linked. */
  readonly issues: Map<number, IssueEvent>;
  readonly linked: Set<number>;
  /** What issues wait for and consist of, by edge, and which of the others are open. */
  readonly relations: Map<string, RelationEvent>;
  readonly others: Map<number, boolean>;
  /** The last verdict of each reviewer, by pull request and login. */
  readonly verdicts: Map<string, Extract<TaskEvent, { kind: "review" }>>;
  readonly holds: Map<string, Standing>;
  readonly gates: Map<string, { readonly number: number; readonly attempt: number; readonly red: boolean }>;
  readonly passed: Set<string>;
  /** When work was first deployed, by environment. */
  readonly released: Map<string, Instant>;
  readonly finishedBlockers: Set<Token>;
  readonly waits: Set<Token>;
  /** The merges that were turned into statements, so that none is turned again. */
  readonly settled: Set<string>;
  evidence: boolean;
};

export function emptyFold(): FoldState {
  return {
    declared: false,
    statements: [],
    takings: [],
    gone: new Set(),
    moved: new Map(),
    labelled: new Map(),
    pulls: new Map(),
    branches: new Map(),
    touches: new Map(),
    landedBefore: 0,
    landed: null,
    strays: new Map(),
    touch: null,
    issues: new Map(),
    linked: new Set(),
    relations: new Map(),
    others: new Map(),
    verdicts: new Map(),
    holds: new Map(),
    gates: new Map(),
    passed: new Set(),
    released: new Map(),
    finishedBlockers: new Set(),
    waits: new Set(),
    settled: new Set(),
    evidence: false,
  };
}

/** The status without holds: the latest statement, lifted from `todo` by activity newer than it. */
export function underneath(state: FoldState): Status {
  const statement = governing(state);
  const status = statement?.status ?? "todo";
  if (status !== "todo") return status;
  const touch = newestTouch(state);
  return touch !== null && (statement === null || touch > statement.at) ? "in-progress" : "todo";
}

/** The status as shown: `blocked` while a covering hold lasts. */
export function statusOf(state: FoldState): Status {
  return [...state.holds.values()].some((hold) => hold.covers) ? "blocked" : underneath(state);
}

/** The statement in force: the latest of what was said and of the labels that still stand. */
export function governing(state: FoldState): Statement | null {
  return [...state.labelled.values()].reduce<Statement | null>(
    (latest, label) => (latest === null || label.at > latest.at ? label : latest),
    spoken(state),
  );
}

/** When live work last touched the task: an open pull request, a living branch, or anything on a completion branch. */
function newestTouch(state: FoldState): Instant | null {
  const pulls = [...state.pulls.values()].flatMap((pull) => (isLive(pull) ? [pull.touched] : []));
  const branches = [...state.branches.values()].flatMap((branch) => (branch.live && branch.touched !== null ? [branch.touched] : []));
  const commits = [...state.touches].flatMap(([place, { branch, at }]) =>
    (branch === null || state.branches.get(branch)?.live === true) && lies(state, place) ? [at] : [],
  );
  const touches = [...pulls, ...branches, ...commits, ...(state.landed === null ? [] : [state.landed])];
  return touches.length === 0 ? null : touches.reduce((a, b) => Math.max(a, b));
}

function isLive(pull: PullEvent): boolean {
  return pull.names && pull.works && pull.counts && (pull.state === "open" || pull.state === "draft");
}

/** Merged into a completion branch and meant to complete the task. */
export const isLanded = (pull: PullEvent): boolean => pull.names && pull.claims && pull.completes && pull.counts && pull.state === "merged";

/** Meant to complete the task and still open. */
export const isOpenClaim = (pull: PullEvent): boolean => pull.claims && isLive(pull) && pull.completes;
