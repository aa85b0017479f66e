import { z } from "zod";
import { Fault, type Sha } from "../../core/words.ts";
import type { RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { place } from "../place.ts";
import { moment, sha, text } from "../translate/fields.ts";

// Whoever makes a commit dates it, and git takes any date.
const commitShape = z.object({
  sha,
  commit: z.object({
    message: text,
    author: z.object({ name: text.nullish() }).nullish(),
    committer: z.object({ date: moment.nullable().catch(null) }).nullish(),
  }),
  author: z.object({ login: text.nullish() }).nullish(),
});
const comparison = z.object({ total_commits: z.number(), merge_base_commit: z.object({ sha }), commits: z.array(commitShape) });

export type Compared = z.infer<typeof commitShape>;

/** The commits that `head` has and `base` has not, oldest first, as many as were asked for, and where both parted. */
export type Comparison = { readonly commits: readonly Compared[]; readonly mergeBase: Sha };

const perPage = 100;

/** Two branches or commits compared, in at most so many pages of a hundred commits; null where the two cannot be compared. */
export async function compare(
  calls: ReadCalls,
  at: RepositoryAddress,
  { base, head, mostPages }: { readonly base: string; readonly head: Sha; readonly mostPages: number },
): Promise<Comparison | null> {
  const route = "GET /repos/{owner}/{repo}/compare/{basehead}";
  const commits: Compared[] = [];
  for (let page = 1; ; page += 1) {
    const { body } = await calls.get(route, { ...place(at), basehead: `${base}...${head}`, per_page: perPage, page }, comparison);
    if (body === null) {
      if (page === 1) return null;
      throw new Fault(`${route} lost its place on page ${page}`, { next: { kind: "retry", at: null } });
    }
    commits.push(...body.commits);
    if (page >= mostPages || body.commits.length === 0 || commits.length >= body.total_commits)
      return { commits, mergeBase: body.merge_base_commit.sha };
  }
}
