import { z } from "zod";
import type { Sha } from "../../../core/words.ts";
import { place } from "../../place.ts";
import { moment, sha } from "../../translate/fields.ts";
import { type Commit, commitFact, commitShape, mayName } from "./commit.ts";
import { headOf } from "./head.ts";
import { landed, landingsFrom } from "./landings.ts";
import { cursorOf, leftAfter, nothingLeft, oneByOne, type Page, type PageAsk, pastReading, present, written } from "./page.ts";

const size = 30;

const cursorShape = z.object({
  head: z.string(),
  page: z.number(),
  landings: z.object({
    next: z.string().nullable(),
    depth: z.number(),
    brought: z.record(z.string(), z.object({ by: z.string(), depth: z.number() })),
  }),
});

const pullsShape = z.array(z.object({ merged_at: moment.nullish(), merge_commit_sha: sha.nullish(), base: z.object({ ref: z.string() }) }));

/** Commits of the default branch in the window, from where it stood when the first page was read: later ones are told by pushes. */
export async function readCommits(ask: PageAsk): Promise<Page> {
  const { calls, at, since } = ask;
  const head = cursorShape.safeParse(ask.cursor).data?.head ?? (await headOf(ask, at.defaultBranch));
  if (head === null) return nothingLeft;
  const cursor = cursorOf(cursorShape, ask.cursor, { head, page: 1, landings: landingsFrom(head) });
  const listed = { sha: head, since: written(since), per_page: size, page: cursor.page };
  const answer = await calls.get("GET /repos/{owner}/{repo}/commits", { ...place(at), ...listed }, z.array(commitShape));
  const all = present(answer.body, "the list of commits");
  const line = all.map((commit) => ({ sha: commit.sha, parents: commit.parents.map((parent) => parent.sha) }));
  const { heads, onward } = landed(line, cursor.landings);
  const facts = await oneByOne(all, async (commit) => {
    const pushHead = await pushHeadOf(ask, commit, heads.get(commit.sha) ?? commit.sha);
    return commitFact(ask, commit, { branch: at.defaultBranch, pushHead, there: answer.at });
  });
  return {
    readings: pastReading(at, facts),
    cursor: answer.more ? { head, page: cursor.page + 1, landings: onward } : null,
    items: all.length,
    left: leftAfter(answer, cursor.page, size),
  };
}

/** Of a pull request merged by rebase, only GitHub knows which commits it brought: the last of them is its merge commit, and was the push's head. */
async function pushHeadOf({ calls, at }: PageAsk, commit: Commit, head: Sha): Promise<Sha> {
  if (head !== commit.sha || commit.parents.length > 1 || !mayName(commit)) return head;
  const route = "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls";
  const { body } = await calls.get(route, { ...place(at), commit_sha: commit.sha }, pullsShape);
  const merged = (body ?? []).find((pull) => pull.merged_at != null && pull.base.ref === at.defaultBranch);
  return merged?.merge_commit_sha ?? head;
}
