import { z } from "zod";
import type { Fact, Instant } from "../../../core/words.ts";
import { place } from "../../place.ts";
import { listedIssue } from "../../translate/issue.ts";
import { listedPull, pullShape } from "../../translate/pull.ts";
import { placedIssueShape } from "../../translate/relation.ts";
import { edgesOf, labelsNow, reopeningOf, reviewsOf } from "./aside.ts";
import { contentsOf } from "./content.ts";
import { endedAtOnce, readEnded, repositoryNow } from "./ended.ts";
import { leftAfter, oneByOne, type Page, type PageAsk, pastReading, present, written } from "./page.ts";

const size = 20;
const route = "GET /repos/{owner}/{repo}/issues";
const entries = z.array(placedIssueShape);

/**
 * The next page begins with what changed at `since` or later; `last` = the number that ended the page before it. `unseen` = what is known as open
 * and was in no page: once all are read (`over`), it is asked for one by one.
 */
const cursorShape = z.object({
  since: z.number().nullable(),
  page: z.number(),
  last: z.number().nullable(),
  unseen: z.array(z.string()),
  over: z.boolean(),
});
type Cursor = z.infer<typeof cursorShape>;

/**
 * Open issues with their labels, and open pull requests with their commits and files. GitHub lists both as issues, and in the order of their last
 * changes: what is closed meanwhile moves no other out of the pages still to come, as it would in a list by number. What came to an end unheard is in
 * no such list, but known here.
 */
export async function readOpen(ask: PageAsk): Promise<Page> {
  const known = cursorShape.safeParse(ask.cursor).data;
  const cursor = known ?? { since: null, page: 1, last: null, unseen: [...(await ask.known.openThings())], over: false };
  return cursor.over ? readUnseen(ask, cursor) : readListed(ask, cursor);
}

async function readListed(ask: PageAsk, cursor: Cursor): Promise<Page> {
  const { calls, at } = ask;
  const listed = { state: "open", sort: "updated", direction: "asc", per_page: size, page: cursor.page };
  const from = cursor.since === null ? {} : { since: written(cursor.since) };
  const answer = await calls.get(route, { ...place(at), ...listed, ...from }, entries);
  if (answer.body === null) return readOpenPulls(ask, cursor);
  const all = answer.body;
  const fresh = all.filter(({ number }) => number !== cursor.last);
  const numbers = fresh.filter((entry) => entry.pull_request != null).map(({ number }) => number);
  const found = await oneByOne(numbers, (pull_number) =>
    calls.get("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...place(at), pull_number }, pullShape),
  );
  const pulls = found.flatMap(({ body }) => body ?? []);
  const issues = fresh.filter((entry) => entry.pull_request == null);
  const facts = [
    ...issues.flatMap((issue) => listedIssue(issue, ask.appId)),
    ...(await asideOfIssues(ask, issues, answer.at)),
    ...(await factsOfPulls(ask, pulls, answer.at)),
  ];
  const last = all.at(-1);
  const isSecondOver = last !== undefined && (cursor.since === null || last.updated_at > cursor.since);
  const next = isSecondOver ? { since: last.updated_at, page: 1 } : { since: cursor.since, page: cursor.page + 1 };
  const onward = { ...next, last: last?.number ?? null, unseen: withoutSeen(cursor, all), over: !answer.more };
  return {
    // What a pull request holds comes before what it is: then nobody asks for it.
    readings: [...(await contentsOf(ask, pulls)), ...pastReading(at, facts)],
    ...goingOn(onward, leftAfter(answer, cursor.page, size)),
    items: fresh.length,
  };
}

/** What no snapshot of an issue tells: its edges, who opened it again, and that a label is no more. */
async function asideOfIssues(ask: PageAsk, issues: z.infer<typeof entries>, answered: Instant): Promise<readonly Fact[]> {
  if (issues.length === 0) return [];
  const standing = await ask.known.edges();
  const told = await oneByOne(issues, async (issue) => {
    const known = await ask.known.issue(issue.number);
    const reopened = await reopeningOf(ask, issue, known);
    return [...reopened, ...(await edgesOf(ask, issue, standing)), ...labelsNow(listedIssue(issue, ask.appId), known, answered)];
  });
  return told.flat();
}

async function factsOfPulls(ask: PageAsk, pulls: readonly z.infer<typeof pullShape>[], answered: Instant): Promise<readonly Fact[]> {
  const told = await oneByOne(pulls, async (pull) => {
    const listed = listedPull(pull, ask.at.repository);
    const known = await ask.known.pull(pull.number);
    return [...listed, ...labelsNow(listed, known, answered), ...(await reviewsOf(ask, pull))];
  });
  return told.flat();
}

const withoutSeen = ({ unseen }: Cursor, listed: readonly { readonly number: number }[]): string[] => {
  const seen = new Set(listed.flatMap(({ number }) => [`issue:${number}`, `pull:${number}`]));
  return unseen.filter((thing) => !seen.has(thing));
};

/** The cursor behind a page, null behind the last one, and how much comes after it. */
function goingOn(cursor: Cursor, listed: number | null): Pick<Page, "cursor" | "left"> {
  const isDone = cursor.over && cursor.unseen.length === 0;
  return { cursor: isDone ? null : cursor, left: listed === null ? null : listed + (cursor.over ? cursor.unseen.length : 0) };
}

async function readUnseen(ask: PageAsk, cursor: Cursor): Promise<Page> {
  const { url } = await repositoryNow(ask);
  const next = cursor.unseen.slice(0, endedAtOnce);
  const readings = (await oneByOne(next, (thing) => readEnded(ask, thing, url))).flat();
  return { readings, ...goingOn({ ...cursor, unseen: cursor.unseen.slice(next.length) }, 0), items: next.length };
}

/** Where a repository has its issues switched off, only the list of pull requests is left; what became of the issues nobody can tell. */
async function readOpenPulls(ask: PageAsk, cursor: Cursor): Promise<Page> {
  const { calls, at } = ask;
  const listed = { ...place(at), state: "open", sort: "created", direction: "asc", per_page: size, page: cursor.page };
  const answer = await calls.get("GET /repos/{owner}/{repo}/pulls", listed, z.array(pullShape));
  const pulls = present(answer.body, "the list of pull requests");
  const facts = await factsOfPulls(ask, pulls, answer.at);
  const unseen = withoutSeen(cursor, pulls).filter((thing) => thing.startsWith("pull:"));
  const onward = { since: null, page: cursor.page + 1, last: null, unseen, over: !answer.more };
  return {
    readings: [...(await contentsOf(ask, pulls)), ...pastReading(at, facts)],
    ...goingOn(onward, leftAfter(answer, cursor.page, size)),
    items: pulls.length,
  };
}
