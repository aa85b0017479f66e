/** The fields that payloads and readings are made of. Every text that becomes part of a fact is read by `text` or by something built on it. */
import { z } from "zod";
import type { Instant, Person } from "../../core/words.ts";

/** GitHub's own limit for bodies and comments; commit messages have none. */
const longestText = 65_536;
/** GitHub lets an issue have this many labels, of at most 50 characters. */
const mostLabels = 100;
const longestLabel = 100;
/** GitHub's own is 255 bytes for a branch, `refs/heads/` aside. Two names of so many characters of three bytes still fit. */
const longestName = 300;

/** A text as Postgres can hold it in `text` and `jsonb`: cut, and U+0000 and lone surrogates replaced. */
export const text = z.string().transform((value) => tidied(value, longestText));

/** A name that becomes part of a thing: things are indexed, and an index of the database holds no more than some 2 700 bytes a row. */
export const name = z.string().transform((value) => tidied(value, longestName));

/** A text that GitHub gives as null when it is empty. */
export const textOrEmpty = text.nullish().transform((value) => value ?? "");

/** A git object name. */
export const sha = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "not a git object name");

/** A time as GitHub writes it, ISO 8601 with its zone or seconds since 1970, in ms. A time without a zone would be local, so it is refused. */
export const moment = z.union([z.number(), z.string()]).transform((value, context): Instant => {
  const at = typeof value === "number" ? Math.trunc(value * 1000) : zoned.test(value) ? Date.parse(value) : Number.NaN;
  // Postgres and JSON hold all of these; before 1970 there is no GitHub, and no four-digit year later.
  if (at >= 0 && at <= latest) return at;
  context.addIssue({ code: "custom", message: "not a time" });
  return z.NEVER;
});

/** Who wrote something. GitHub shows deleted accounts as null and as this user. */
export const person = z
  .object({ login: text, id: z.int(), type: z.string().optional() })
  .nullable()
  .transform((user): Person => (user === null ? ghost : { login: user.login, id: user.id, bot: user.type === "Bot" }));

/** A label's name as `labels` has it. */
export const labelName = z.string().transform((value) => tidied(value, longestLabel));

/** Label names, sorted: their order says nothing. */
export const labels = z
  .array(z.object({ name: z.string() }))
  .default([])
  .transform((list) =>
    list
      .slice(0, mostLabels)
      .map((label) => tidied(label.name, longestLabel))
      .sort(),
  );

/** The repository that an event happened in. */
export const repositoryId = z.object({ id: z.int() });

/** The name of a branch from its full ref; null for tags, and for the branches a merge queue makes for itself. */
export function branchOf(ref: string): string | null {
  const name = ref.startsWith("refs/heads/") ? ref.slice("refs/heads/".length) : null;
  return name === null || isQueueBranch(name) ? null : name;
}

/** A merge queue tries its groups on branches of its own: nobody's work. */
export const isQueueBranch = (name: string): boolean => name.startsWith("gh-readonly-queue/");

const zoned = /(?:Z|[+-]\d{2}:?\d{2})$/;
const latest = Date.UTC(9999, 11, 31);
const ghost: Person = { login: "ghost", id: 10_137, bot: false };

// Cut first: a cut through a surrogate pair leaves a lone one. With the `u` flag \p{Cs} is a lone surrogate only.
const tidied = (value: string, longest: number): string => value.slice(0, longest).replace(/[\0\p{Cs}]/gu, "\uFFFD");
