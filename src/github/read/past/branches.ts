import { z } from "zod";
import type { Fact } from "../../../core/words.ts";
import type { KnownBranch } from "../../../ports.ts";
import { makeFact } from "../../fact.ts";
import { place } from "../../place.ts";
import { name, sha } from "../../translate/fields.ts";
import { commitFact, commitShape, timeOfCommit } from "./commit.ts";
import { endedAtOnce, isWorkBranch, readEndedBranch, repositoryNow } from "./ended.ts";
import { cursorOf, leftAfter, oneByOne, type Page, type PageAsk, pastReading, present } from "./page.ts";

const size = 100;
/** Branches compared for one page of ours: each costs a call, and each commit of theirs that may name a task another one. */
const together = 10;

/**
 * `done` = branches of this page of GitHub's that were read: what is deleted meanwhile moves others into it, and they must be seen. `unseen` = those
 * known to be there that were in no page: once all are read (`over`), they are asked for one by one.
 */
const cursorShape = z.object({ page: z.number(), done: z.array(z.string()), unseen: z.array(z.string()), over: z.boolean() });
type Cursor = z.infer<typeof cursorShape>;

const branchesShape = z.array(z.object({ name, commit: z.object({ sha }) }));
const comparison = z.object({ merge_base_commit: commitShape, commits: z.array(commitShape) });

/** Branches beside the default one, with the commits that they have and it has not; and those that are gone. */
export async function readBranches(ask: PageAsk): Promise<Page> {
  const known = await ask.known.branches();
  const live = [...known].flatMap(([name, branch]) => (branch.live && isWorkBranch(name, ask.at.defaultBranch) ? [name] : []));
  const cursor = cursorOf(cursorShape, ask.cursor, { page: 1, done: [], unseen: live, over: false });
  return cursor.over ? readUnseen(ask, cursor, known) : readListed(ask, cursor, known);
}

type Branches = ReadonlyMap<string, KnownBranch>;

async function readListed(ask: PageAsk, cursor: Cursor, known: Branches): Promise<Page> {
  const { calls, at } = ask;
  const listed = { ...place(at), per_page: size, page: cursor.page };
  const answer = await calls.get("GET /repos/{owner}/{repo}/branches", listed, branchesShape);
  const all = present(answer.body, "the list of branches");
  const open = all.filter((branch) => !cursor.done.includes(branch.name));
  const next = open.slice(0, together);
  const work = next.filter((branch) => isWorkBranch(branch.name, at.defaultBranch));
  const facts = (await oneByOne(work, (branch) => factsOf(ask, branch, known.get(branch.name)))).flat();
  const isPageOver = next.length === open.length;
  const there = new Set(all.map((branch) => branch.name));
  const done = isPageOver ? [] : [...cursor.done, ...next.map((branch) => branch.name)];
  const left = leftAfter(answer, cursor.page, size);
  const onward = {
    page: isPageOver ? cursor.page + 1 : cursor.page,
    done,
    unseen: cursor.unseen.filter((name) => !there.has(name)),
    over: isPageOver && !answer.more,
  };
  return {
    readings: pastReading(at, facts),
    ...goingOn(onward, left === null ? null : left + open.length - next.length),
    items: work.length,
  };
}

/** The cursor behind a page, null behind the last one, and how much comes after it. */
function goingOn(cursor: Cursor, listed: number | null): Pick<Page, "cursor" | "left"> {
  const isDone = cursor.over && cursor.unseen.length === 0;
  return { cursor: isDone ? null : cursor, left: listed === null ? null : listed + (cursor.over ? cursor.unseen.length : 0) };
}

async function readUnseen(ask: PageAsk, cursor: Cursor, known: Branches): Promise<Page> {
  const { pushed_at: pushedAt } = await repositoryNow(ask);
  const next = cursor.unseen.slice(0, endedAtOnce);
  const facts = await oneByOne(next, async (name) => {
    const last = known.get(name);
    return last === undefined ? [] : readEndedBranch(ask, name, { last, pushedAt });
  });
  return {
    readings: pastReading(ask.at, facts.flat()),
    ...goingOn({ ...cursor, unseen: cursor.unseen.slice(next.length) }, 0),
    items: next.length,
  };
}

async function factsOf(
  ask: PageAsk,
  branch: z.infer<typeof branchesShape>[number],
  last: KnownBranch | undefined,
): Promise<readonly Fact[]> {
  const { calls, at } = ask;
  const asked = { ...place(at), basehead: `${at.defaultBranch}...${branch.name}` };
  const answer = await calls.get("GET /repos/{owner}/{repo}/compare/{basehead}", asked, comparison);
  // Deleted since, or a history of its own.
  if (answer.body === null) return [];
  const { commits, merge_base_commit: base } = answer.body;
  const so = { branch: branch.name, pushHead: branch.commit.sha, there: answer.at };
  const facts = await oneByOne(commits, (commit) => commitFact(ask, commit, so));
  // Since when it points there nobody tells; it did not before that commit was made, nor while it was gone.
  const made = timeOfCommit(commits.at(-1) ?? base, answer.at);
  const standing = makeFact({
    kind: "branch",
    thing: `branch:${branch.name}`,
    at: last !== undefined && !last.live && last.at >= made ? answer.at : made,
    name: branch.name,
    head: branch.commit.sha,
    actor: null,
    fromList: true,
  });
  return [...facts, standing];
}
