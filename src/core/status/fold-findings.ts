import { type Finding, type FindingCode, type Instant, isFinished, type Token } from "../words.ts";
import type { PullEvent } from "./event.ts";
import { relationFindings } from "./fold-relations.ts";
import { reviewFindings } from "./fold-reviews.ts";
import { type FoldState, governing, isLanded, isOpenClaim, underneath } from "./fold-state.ts";
import { lies, lostCompletion, stands, type Taking } from "./fold-works.ts";

/** What is odd about a task by its own facts. `requires` = workflows that must pass on a merge commit, in lower case. */
export function findingsOf(
  state: FoldState,
  { token, requires }: { readonly token: Token; readonly requires: readonly string[] },
): readonly Finding[] {
  const found: Finding[] = [];
  const add = (code: FindingCode, message: string, link: string | null) =>
    found.push({ code, token, message, ...(link === null ? {} : { link }) });
  const pulls = [...state.pulls.values()].sort((a, b) => a.number - b.number);
  const landed = pulls.filter((pull) => isLanded(pull) && stands(state, pull.work));
  const open = pulls.filter(isOpenClaim);
  const status = underneath(state);
  if (status !== "completed" && landed.length > 0 && open.length > 0)
    add("partly-merged", `${landed.length} of ${landed.length + open.length} pull requests merged`, linkOf(open[0]));
  const lost = status === "completed" ? null : lostCompletion(state);
  if (lost !== null) add("work-lost", lostBecause(lost), lost === "vanished" ? null : lost.cause.link);
  for (const pull of open)
    if (status === "completed") add("pull-after-completion", `#${pull.number} works on a task that is completed`, linkOf(pull));
  for (const pull of pulls)
    if (!isFinished(status) && pull.names && pull.claims && pull.state === "merged" && !pull.completes)
      add("merged-elsewhere", `#${pull.number} was merged into a branch that completes nothing`, linkOf(pull));
  for (const hold of state.holds.values())
    if (!hold.covers) add("hold-on-finished", `${hold.reason}, though the task was finished`, hold.cause.link);
  const short = isFinished(status) ? null : mergedInVain(state, requires);
  if (short !== null) add("merged-still-open", short.why, linkOf(short.pull));
  for (const [branch, stray] of isFinished(status) ? [] : [...state.strays].sort(([a], [b]) => (a < b ? -1 : 1)))
    if (state.branches.get(branch)?.live === true)
      add("branch-and-commit-disagree", `a commit names it, on a branch that is named for ${stray.instead}`, stray.link);
  return [...found, ...reviewFindings(state, token), ...relationFindings(state, token)];
}

function lostBecause(lost: Taking | "vanished"): string {
  if (lost === "vanished") return "what completed it was taken off the branch by a forced push";
  const where = lost.cause.link?.replace(/^pull\//, "#").replace(/^commit\/([0-9a-f]{7}).*/, "commit $1");
  return `what completed it was reverted${where === undefined ? "" : ` by ${where}`}`;
}

const linkOf = (pull: PullEvent | undefined): string | null => (pull === undefined ? null : `pull/${pull.number}`);

/**
 * The newest merge of work that left the task open, and why: unless more is under way, or somebody has said since how the task stands.
 * Pull requests that only tell of the task in their description or their commits are none of its work.
 */
function mergedInVain(state: FoldState, requires: readonly string[]): { readonly pull: PullEvent; readonly why: string } | null {
  const [pull] = [...state.pulls.values()].filter(isShort).sort((a, b) => mergeTime(b) - mergeTime(a) || b.number - a.number);
  if (pull === undefined || isUnderWay(state, mergeTime(pull))) return null;
  const said = governing(state);
  if (said !== null && said.at > mergeTime(pull)) return null;
  const missing = requires.filter((workflow) => !state.passed.has(`${workflow}:${pull.mergeSha}`));
  if (pull.claims) {
    if (missing.length === 0) return null;
    return { pull, why: `#${pull.number} was merged, but ${missing.join(" and ")} has not passed on its merge commit` };
  }
  if (pull.short === "keyword")
    return { pull, why: `#${pull.number} was merged, but only a word such as “closes” completes a task here, and it has none` };
  return { pull, why: `#${pull.number} was merged, but by its words (${pull.cause.words}) it completes nothing` };
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
