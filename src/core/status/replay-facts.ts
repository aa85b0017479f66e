import { pullNumberOf } from "../evidence/subject.ts";
import type { Fact, Instant, Sha } from "../words.ts";

/**
 * One commit of a branch's first-parent history. `plan` = the plan file's text where this commit changed it, null where it removed it,
 * absent where it left it alone. `at` in ms since 1970.
 */
export type ReplayCommit = {
  readonly sha: Sha;
  readonly at: Instant;
  readonly author: string;
  readonly message: string;
  readonly plan?: string | null;
};

/**
 * A commit of a first-parent history as the facts that live events would have made of it: a push of its own, and where its subject says
 * that it merged a pull request, that pull request, with the title and branch that the message tells.
 */
export function factsOfCommit(commit: ReplayCommit): readonly Fact[] {
  const { sha, at, author, message } = commit;
  const pushed: Fact = {
    kind: "commit",
    id: `commit:${sha}#replay`,
    thing: `commit:${sha}`,
    at,
    sha,
    branch: "main",
    pushHead: sha,
    message,
    author,
    files: [],
  };
  const number = pullNumberOf(message);
  return number === null ? [pushed] : [pushed, mergedPull(commit, number, at)];
}

function mergedPull({ sha, author, message }: ReplayCommit, number: number, at: Instant): Fact {
  const { title, branch } = toldBy(message);
  return {
    kind: "pull",
    id: `pull:${number}#${sha}`,
    thing: `pull:${number}`,
    at,
    number,
    state: "merged",
    title,
    body: "",
    branch,
    base: "main",
    headSha: sha,
    mergeSha: sha,
    openedAt: at,
    mergedAt: at,
    author: { login: author, id: 0, bot: false },
    actor: null,
    fork: false,
    labels: [],
  };
}

/** A merge commit tells the branch in its subject and the title in its body; a squash has the title as its subject. */
function toldBy(message: string): { readonly title: string; readonly branch: string } {
  const [subject = "", ...rest] = message.trimStart().split(/\r?\n/);
  const branch = /^Merge pull request #\d{1,9} from [^/\s]+\/(\S+)/.exec(subject)?.[1];
  if (branch === undefined) return { title: subject.replace(/\s*\(#\d{1,9}\)\s*$/, ""), branch: "" };
  return { title: rest.find((line) => line.trim() !== "")?.trim() ?? "", branch };
}
