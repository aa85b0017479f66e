import { type Cause, type Finding, type FindingCode, type Instant, isFinished, type Status, type Token } from "../words.ts";
import type { PullEvent } from "./event.ts";
import { relationFindings } from "./fold-relations.ts";
import { reviewFindings } from "./fold-reviews.ts";
import { type FoldState, governing, isLanded, isOpenClaim, underneath } from "./fold-state.ts";
import { lies, lostCompletion, stands, type Taking } from "./fold-works.ts";

/** A task at the end of its fold: its pull requests by number, its status without holds, and the workflows that merges must pass (lower case). */
type Folded = { readonly state: FoldState; readonly pulls: readonly Pull[]; readonly status: Status; readonly requires: readonly string[] };

type Pull = PullEvent & { readonly cause: Cause };
type Odd = { readonly code: FindingCode; readonly message: string; readonly link: string | null };

/** What is odd about a task by its own facts. */
export function findingsOf(
  state: FoldState,
  { token, requires }: { readonly token: Token; readonly requires: readonly string[] },
): readonly Finding[] {
  const pulls = [...state.pulls.values()].sort((a, b) => a.number - b.number);
  const folded = { state, pulls, status: underneath(state), requires };
  return [workLost, partlyMerged, afterCompletion, mergedElsewhere, heldTooLate, mergedInVain, strayCommits]
    .flatMap((look) => look(folded))
    .map(({ code, message, link }): Finding => ({ code, token, message, ...(link === null ? {} : { link }) }))
    .concat(reviewFindings(state, token), relationFindings(state, token));
}

function workLost({ state, status }: Folded): readonly Odd[] {
  const lost = status === "completed" ? null : lostCompletion(state);
  if (lost === null) return [];
  return [{ code: "work-lost", message: lostBecause(lost), link: lost === "vanished" ? null : lost.cause.link }];
}

function lostBecause(lost: Taking | "vanished"): string {
  if (lost === "vanished") return "what completed it was taken off the branch by a forced push";
  const where = lost.cause.link?.replace(/^pull\//, "#").replace(/^commit\/([0-9a-f]{7}).*/, "commit $1");
  return `what completed it was reverted${where === undefined ? "" : ` by ${where}`}`;
}

function partlyMerged({ state, pulls, status }: Folded): readonly Odd[] {
  const landed = pulls.filter((pull) => isLanded(pull) && stands(state, pull.work)).length + state.landedBefore;
  const open = pulls.filter(isOpenClaim);
  const [next] = open;
  if (status === "completed" || landed === 0 || next === undefined) return [];
  const message = `${landed} of ${landed + open.length} pull requests merged`;
  return [{ code: "partly-merged", message, link: linkOf(next) }];
}

function afterCompletion({ pulls, status }: Folded): readonly Odd[] {
  const open = status === "completed" ? pulls.filter(isOpenClaim) : [];
  return open.map((pull) => ({
    code: "pull-after-completion",
    message: `#${pull.number} works on a task that is completed`,
    link: linkOf(pull),
  }));
}

function mergedElsewhere({ pulls, status }: Folded): readonly Odd[] {
  const elsewhere = pulls.filter((pull) => pull.names && pull.claims && pull.state === "merged" && !pull.completes);
  if (isFinished(status)) return [];
  return elsewhere.map((pull) => ({
    code: "merged-elsewhere",
    message: `#${pull.number} was merged into a branch that completes nothing`,
    link: linkOf(pull),
  }));
}

const heldTooLate = ({ state }: Folded): readonly Odd[] =>
  [...state.holds.values()]
    .filter((hold) => !hold.covers)
    .map(({ reason, cause }) => ({ code: "hold-on-finished", message: `${reason}, though the task was finished`, link: cause.link }));

/**
 * The newest merge of work that left the task open, and why: unless more is under way, or somebody has said since how the task stands.
 * Pull requests that only tell of the task in their description or their commits are none of its work.
 */
function mergedInVain({ state, pulls, status, requires }: Folded): readonly Odd[] {
  const [pull] = pulls.filter(isShort).sort((a, b) => mergeTime(b) - mergeTime(a) || b.number - a.number);
  if (pull === undefined || isFinished(status) || isUnderWay(state, mergeTime(pull))) return [];
  const said = governing(state);
  if (said !== null && said.at > mergeTime(pull)) return [];
  const why = whyInVain(
    pull,
    requires.filter((workflow) => !state.passed.has(`${workflow}:${pull.mergeSha}`)),
  );
  return why === null ? [] : [{ code: "merged-still-open", message: `#${pull.number} was merged, but ${why}`, link: linkOf(pull) }];
}

function whyInVain(pull: Pull, missing: readonly string[]): string | null {
  if (pull.claims) return missing.length === 0 ? null : `${missing.join(" and ")} has not passed on its merge commit`;
  if (pull.short === "keyword") return "only a word such as “closes” completes a task here, and it has none";
  return `by its words (${pull.cause.words}) it completes nothing`;
}

const isShort = (pull: PullEvent): boolean =>
  pull.state === "merged" && pull.names && pull.works && pull.counts && pull.completes && (pull.claims || pull.short !== null);

const mergeTime = (pull: PullEvent): Instant => pull.mergedAt ?? pull.openedAt;

/** Whether other work on the task goes on: an open pull request, or a living branch that moved since. */
function isUnderWay(state: FoldState, since: Instant): boolean {
  const isOpen = (pull: PullEvent) => pull.names && pull.works && pull.counts && (pull.state === "open" || pull.state === "draft");
  const commits = [...state.touches].filter(([place, { branch }]) => branch !== null && lies(state, place));
  return (
    [...state.pulls.values()].some(isOpen) ||
    [...state.branches.values()].some(({ live, touched }) => live && (touched ?? since) > since) ||
    commits.some(([, { branch, at }]) => at > since && state.branches.get(branch ?? "")?.live === true)
  );
}

/** Commits that name the task on living branches that are named for others, by branch. */
function strayCommits({ state, status }: Folded): readonly Odd[] {
  const strays = [...state.strays].sort(([a], [b]) => (a < b ? -1 : 1)).filter(([branch]) => state.branches.get(branch)?.live === true);
  if (isFinished(status)) return [];
  return strays.map(([, { instead, link }]) => ({
    code: "branch-and-commit-disagree",
    message: `a commit names it, on a branch that is named for ${instead}`,
    link,
  }));
}

const linkOf = (pull: PullEvent): string => `pull/${pull.number}`;
