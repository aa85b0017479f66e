import type { Cause } from "../words.ts";
import { sourceLink } from "./addresses.ts";
import { code, inline, plain } from "./escape.ts";

/** Why a status is what it is, in a few words: what happened, the words it was read from, who, and a link. */
export function whyLine(web: string, cause: Cause): string {
  const what = happenings[cause.rule] ?? inline(cause.rule.replaceAll("-", " "), 60);
  // The link of a branch already reads as its name.
  const words = cause.words.trim() === "" || cause.link === `tree/${cause.words}` ? "" : ` ${code(cause.words, 120)}`;
  const who = cause.actor === null ? "" : ` by ${inline(cause.actor, 60)}`;
  const where = cause.link === null ? "" : ` (${sourceLink(web, cause.link)})`;
  return `${what}${words}${who}${where}`;
}

/** As `whyLine`, for places that GitHub shows as plain text. */
export function whyWords({ rule, words, actor }: Cause): string {
  const what = happenings[rule] ?? plain(rule.replaceAll("-", " "), 60);
  return [what, plain(words, 80), actor === null ? "" : `by ${plain(actor, 60)}`].filter((part) => part !== "").join(" ");
}

// The rules of deriving, as a person would say them. A rule that is missing here is shown by its name.
const happenings: Readonly<Record<string, string>> = {
  "plan-row": "the plan says",
  command: "command",
  "status-line": "status line",
  label: "label",
  "label-removed": "label removed",
  "issue-closed": "issue closed",
  "issue-not-planned": "issue closed as not planned",
  "issue-reopened": "issue reopened",
  "issue-waits": "issue waits for",
  "issue-waits-no-longer": "issue no longer waits for",
  "issue-open": "issue is open",
  "issue-ended": "issue closed",
  "pull-reviewed": "pull request reviewed",
  "commit-names": "commit says",
  "commit-states": "commit says",
  revert: "reverted",
  reapply: "revert taken back",
  "commit-vanished": "taken off the branch by a forced push",
  "commit-returned": "pushed to the branch again",
  "pull-opened": "pull request opened",
  "pull-drafted": "draft pull request opened",
  "pull-merged": "pull request merged",
  "pull-closed": "pull request closed",
  "branch-pushed": "branch pushed",
  "branch-deleted": "branch deleted",
  "gate-failed": "gate failed",
  "gate-passed": "gate passed",
  "required-passed": "required workflow passed",
  "blocker-finished": "no longer waits for",
  "blocker-reopened": "waits again for",
};
