import type { Known } from "../evidence/known.ts";
import { readReferences } from "../evidence/read-references.ts";
import type { CommitFact, Configuration, Reference, Token } from "../words.ts";

/**
 * The id that a commit's branch is named for, where its subject names other tasks alone: either of them may be a slip. Null where there is
 * nothing odd: the subject names no task as its own work, the branch none at all, or one is a part of the other.
 */
export function branchInstead(
  commit: CommitFact,
  references: readonly Reference[],
  so: { readonly known: Known; readonly configuration: Configuration },
): string | null {
  const subject = /^[^\r\n]*/.exec(commit.message)?.[0].length ?? 0;
  const own = references.filter((reference) => reference.end <= subject && isOwnWork(reference)).map(({ token }) => token);
  if (own.length === 0) return null;
  const { references: named } = readReferences(commit.branch, "branch", so.known, so.configuration.verbs);
  const [first] = named;
  if (first === undefined || references.some(({ token }) => named.some((other) => isRelated(token, other.token)))) return null;
  return so.known.ids.get(first.token) ?? first.token;
}

/** Named as what the commit is work on: neither linked, denied, asked, merged nor bookkeeping. */
export const isOwnWork = ({ stance, idle, verb }: Reference): boolean => stance === "bare" && !idle && verb !== "revert";

/** The same task, or one a part of the other by its id: `AUTH-5` and `AUTH-5.1`. */
const isRelated = (a: Token, b: Token): boolean => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
