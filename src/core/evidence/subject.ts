import type { Sha } from "../words.ts";

/** The commit that a message says it reverts, as git and GitHub write it; null where it names none. */
export function revertedSha(message: string): Sha | null {
  return /^This reverts commit ([0-9a-f]{40})(?![0-9a-f])/im.exec(message)?.[1]?.toLowerCase() ?? null;
}

/** The pull request that a commit came from, by its subject: `… (#7)` of a squash, `Merge pull request #7 from …` of a merge; else null. */
export function pullNumberOf(message: string): number | null {
  const subject = subjectOf(message);
  const digits = /^Merge pull request #(\d{1,9}) from /.exec(subject)?.[1] ?? /\(#(\d{1,9})\)$/.exec(subject)?.[1];
  return digits === undefined ? null : Number(digits);
}

const subjectOf = (message: string): string =>
  message
    .trimStart()
    .split(/[\r\n]/, 1)[0]
    ?.trimEnd() ?? "";
