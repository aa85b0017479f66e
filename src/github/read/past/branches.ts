import { z } from "zod";
import { type Fact, isSyncBranch } from "../../../core/words.ts";
import { makeFact } from "../../fact.ts";
import { place } from "../../place.ts";
import { isQueueBranch, name, sha } from "../../translate/fields.ts";
import { commitFact, commitShape, timeOfCommit } from "./commit.ts";
import { cursorOf, leftAfter, oneByOne, type Page, type PageAsk, pastReading, present } from "./page.ts";

const size = 100;
/** Branches compared for one page of ours: each costs a call, and each commit of theirs that may name a task another one. */
const together = 10;

/** `done` = branches of this page of GitHub's that were read: what is deleted meanwhile moves others into it, and they must be seen. */
const cursorShape = z.object({ page: z.number(), done: z.array(z.string()) });

const branchesShape = z.array(z.object({ name, commit: z.object({ sha }) }));
const comparison = z.object({ merge_base_commit: commitShape, commits: z.array(commitShape) });

/** Branches beside the default one, with the commits that they have and it has not. */
export async function readBranches(ask: PageAsk): Promise<Page> {
  const { calls, at } = ask;
  const cursor = cursorOf(cursorShape, ask.cursor, { page: 1, done: [] });
  const listed = { ...place(at), per_page: size, page: cursor.page };
  const answer = await calls.get("GET /repos/{owner}/{repo}/branches", listed, branchesShape);
  const open = present(answer.body, "the list of branches").filter((branch) => !cursor.done.includes(branch.name));
  const next = open.slice(0, together);
  const work = next.filter((branch) => branch.name !== at.defaultBranch && !isQueueBranch(branch.name) && !isSyncBranch(branch.name));
  const facts = (await oneByOne(work, (branch) => factsOf(ask, branch))).flat();
  const isPageOver = next.length === open.length;
  const left = leftAfter(answer, cursor.page, size);
  return {
    readings: pastReading(at, facts),
    cursor: isPageOver
      ? answer.more
        ? { page: cursor.page + 1, done: [] }
        : null
      : { page: cursor.page, done: [...cursor.done, ...next.map((branch) => branch.name)] },
    items: work.length,
    left: left === null ? null : left + open.length - next.length,
  };
}

async function factsOf(ask: PageAsk, branch: z.infer<typeof branchesShape>[number]): Promise<readonly Fact[]> {
  const { calls, at } = ask;
  const asked = { ...place(at), basehead: `${at.defaultBranch}...${branch.name}` };
  const answer = await calls.get("GET /repos/{owner}/{repo}/compare/{basehead}", asked, comparison);
  // Deleted since, or a history of its own.
  if (answer.body === null) return [];
  const { commits, merge_base_commit: base } = answer.body;
  const so = { branch: branch.name, pushHead: branch.commit.sha, there: answer.at };
  const facts = await oneByOne(commits, (commit) => commitFact(ask, commit, so));
  const standing = makeFact({
    kind: "branch",
    thing: `branch:${branch.name}`,
    // Since when it points there nobody tells; it did not before that commit was made.
    at: timeOfCommit(commits.at(-1) ?? base, answer.at),
    name: branch.name,
    head: branch.commit.sha,
    actor: null,
    fromList: true,
  });
  return [...facts, standing];
}
