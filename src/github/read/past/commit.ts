import { z } from "zod";
import { candidateTokens } from "../../../core/evidence/candidates.ts";
import type { CommitFact, Instant, Sha } from "../../../core/words.ts";
import { makeFact } from "../../fact.ts";
import { place } from "../../place.ts";
import { moment, sha, text } from "../../translate/fields.ts";
import type { PageAsk } from "./page.ts";

// Whoever makes a commit dates it, and git takes any date.
export const commitShape = z.object({
  sha,
  commit: z.object({
    message: text,
    author: z.object({ name: text.nullish() }).nullish(),
    committer: z.object({ date: moment.nullable().catch(null) }).nullish(),
  }),
  author: z.object({ login: text.nullish() }).nullish(),
  parents: z.array(z.object({ sha })),
});

export type Commit = z.infer<typeof commitShape>;

const withFiles = z.object({
  files: z.array(z.object({ filename: text, previous_filename: text.optional() })).default([]),
});

/** A commit is never later than a time when it was there already. */
export const timeOfCommit = ({ commit }: Commit, there: Instant): Instant => Math.min(commit.committer?.date ?? there, there);

/** Whether its message may name a task: of all other commits neither files nor pull requests are worth a call. */
export const mayName = ({ commit }: Commit): boolean => candidateTokens(commit.message, "commit").length > 0;

/** A commit as a push would have told it. `there` = when GitHub listed it. */
export async function commitFact(
  { calls, at }: Pick<PageAsk, "calls" | "at">,
  listed: Commit,
  so: { readonly branch: string; readonly pushHead: Sha; readonly there: Instant },
): Promise<CommitFact> {
  return makeFact({
    kind: "commit",
    thing: `commit:${listed.sha}`,
    at: timeOfCommit(listed, so.there),
    sha: listed.sha,
    branch: so.branch,
    pushHead: so.pushHead,
    message: listed.commit.message,
    author: listed.author?.login ?? listed.commit.author?.name ?? null,
    files: mayName(listed) ? await filesOf({ calls, at }, listed.sha) : [],
    fromList: true,
  });
}

async function filesOf({ calls, at }: Pick<PageAsk, "calls" | "at">, ref: Sha): Promise<readonly string[]> {
  const { body } = await calls.get("GET /repos/{owner}/{repo}/commits/{ref}", { ...place(at), ref }, withFiles);
  const paths = (body?.files ?? []).flatMap(({ filename, previous_filename }) => [
    filename,
    ...(previous_filename === undefined ? [] : [previous_filename]),
  ]);
  return [...new Set(paths)].sort();
}
