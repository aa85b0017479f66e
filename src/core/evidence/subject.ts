import type { Sha } from "../words.ts";

/**
 * What a text says it takes back: commits and pull requests by name; `quoted` = its subject quotes a subject, so that the tasks named there are
 * meant; `again` = it takes back a revert, so that what that took is there again.
 */
export type Undoing = {
  readonly shas: readonly Sha[];
  readonly pulls: readonly number[];
  readonly quoted: boolean;
  readonly again: boolean;
};

/**
 * What a commit message takes back, as git and GitHub write it: `Revert "…"`, `Reapply "…"`, `This reverts commit <sha>`, `Reverts octo/plans#7`.
 * Null where it takes back nothing. A message that tells of several reverts without being one is a summary of a branch's own coming and going.
 */
export function undoingOf(message: string): Undoing | null {
  const subject = subjectOf(message);
  const quoted = quotedIn(subject);
  const shas = revertedShas(message);
  if (quoted === null && shas.length !== 1) return null;
  return { shas, pulls: quoted === null ? [] : pullsIn(quoted, message), quoted: quoted !== null, again: quoted?.again ?? false };
}

/**
 * What a pull request takes back. GitHub's button writes `Revert "…"`, `Reverts octo/plans#7` and a branch `revert-7-…`; people edit the first.
 */
export function undoingOfPull(pull: { readonly title: string; readonly body: string; readonly branch: string }): Undoing | null {
  const quoted = quotedIn(subjectOf(pull.title));
  if (quoted !== null) return { shas: revertedShas(pull.body), pulls: pullsIn(quoted, pull.body), quoted: true, again: quoted.again };
  const made = /^revert-(\d{1,9})-/.exec(pull.branch)?.[1];
  const pulls = pullsNamed(pull.body).filter((number) => String(number) === made);
  return pulls.length === 0 ? null : { shas: [], pulls, quoted: false, again: false };
}

/** The pull request that a commit came from, by its subject: `… (#7)` of a squash, `Merge pull request #7 from …` of a merge; else null. */
export const pullNumberOf = (message: string): number | null => pullNumberIn(subjectOf(message));

/** No message names more. */
const mostNamed = 50;

function revertedShas(message: string): readonly Sha[] {
  const found = [...message.matchAll(/^This reverts commit ([0-9a-f]{40})(?![0-9a-f])/gim)];
  return [...new Set(found.flatMap(([, sha]) => sha?.toLowerCase() ?? []))].slice(0, mostNamed);
}

type Quoted = { readonly inner: string; readonly reapplies: boolean; readonly again: boolean };

/** The subject that a subject quotes. Each `Revert "` turns the meaning, as does a first `Reapply "`; further ones are the same word twice. */
function quotedIn(subject: string): Quoted | null {
  const match = /^(Revert|Reapply) "(.*)"/.exec(subject);
  const [, word, inner] = match ?? [];
  if (inner === undefined) return null;
  const reapplies = word === "Reapply";
  const nested = /^Revert "/.test(inner);
  return { inner, reapplies, again: reapplies ? !nested : nested && quotedIn(inner)?.again === false };
}

/** By the number that stands within the quotes (of a reapplied subject that is the work, not the revert of it) and by what the body says. */
function pullsIn({ inner, reapplies }: Quoted, body: string): readonly number[] {
  const number = reapplies ? null : pullNumberIn(inner);
  return [...new Set([...(number === null ? [] : [number]), ...pullsNamed(body)])];
}

function pullsNamed(body: string): readonly number[] {
  const found = [...body.matchAll(/^Reverts (?:[\w.-]+\/[\w.-]+)?#(\d{1,9})\b/gm)];
  return found.slice(0, mostNamed).map(([, number]) => Number(number));
}

function pullNumberIn(subject: string): number | null {
  const digits = /^Merge pull request #(\d{1,9}) from /.exec(subject)?.[1] ?? /\(#(\d{1,9})\)$/.exec(subject)?.[1];
  return digits === undefined ? null : Number(digits);
}

// Longer ones nobody writes, and quotes can nest as deeply as they are long.
const longestSubject = 1000;

const subjectOf = (message: string): string =>
  message
    .trimStart()
    .slice(0, longestSubject)
    .split(/[\r\n]/, 1)[0]
    ?.trimEnd() ?? "";
