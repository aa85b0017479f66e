import { z } from "zod";
import { place } from "../../place.ts";
import { issueShape, listedIssue } from "../../translate/issue.ts";
import { listedPull, pullShape } from "../../translate/pull.ts";
import { contentsOf } from "./content.ts";
import { cursorOf, leftAfter, oneByOne, type Page, type PageAsk, pastReading, present, written } from "./page.ts";

const size = 20;
const route = "GET /repos/{owner}/{repo}/issues";
const entries = z.array(issueShape.extend({ pull_request: z.unknown().optional() }));

/** The next page begins with what changed at `since` or later; `last` = the number that ended the page before it. */
const cursorShape = z.object({ since: z.number().nullable(), page: z.number(), last: z.number().nullable() });

/**
 * Open issues with their labels, and open pull requests with their commits and files. GitHub lists both as issues, and in the order of their last
 * changes: what is closed meanwhile moves no other out of the pages still to come, as it would in a list by number.
 */
export async function readOpen(ask: PageAsk): Promise<Page> {
  const { calls, at } = ask;
  const cursor = cursorOf(cursorShape, ask.cursor, { since: null, page: 1, last: null });
  const listed = { state: "open", sort: "updated", direction: "asc", per_page: size, page: cursor.page };
  const from = cursor.since === null ? {} : { since: written(cursor.since) };
  const answer = await calls.get(route, { ...place(at), ...listed, ...from }, entries);
  if (answer.body === null) return readOpenPulls(ask, cursor.page);
  const all = answer.body;
  const fresh = all.filter(({ number }) => number !== cursor.last);
  const numbers = fresh.filter((entry) => entry.pull_request != null).map(({ number }) => number);
  const found = await oneByOne(numbers, (pull_number) =>
    calls.get("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...place(at), pull_number }, pullShape),
  );
  const pulls = found.flatMap(({ body }) => body ?? []);
  const issues = fresh.filter((entry) => entry.pull_request == null);
  const facts = [...issues.flatMap((issue) => listedIssue(issue, ask.appId)), ...pulls.flatMap((pull) => listedPull(pull, at.repository))];
  const last = all.at(-1);
  const isSecondOver = last !== undefined && (cursor.since === null || last.updated_at > cursor.since);
  const next = isSecondOver ? { since: last.updated_at, page: 1 } : { since: cursor.since, page: cursor.page + 1 };
  return {
    // What a pull request holds comes before what it is: then nobody asks for it.
    readings: [...(await contentsOf(ask, pulls)), ...pastReading(at, facts)],
    cursor: answer.more ? { ...next, last: last?.number ?? null } : null,
    items: fresh.length,
    left: leftAfter(answer, cursor.page, size),
  };
}

/** Where a repository has its issues switched off, only the list of pull requests is left. */
async function readOpenPulls(ask: PageAsk, page: number): Promise<Page> {
  const { calls, at } = ask;
  const listed = { ...place(at), state: "open", sort: "created", direction: "asc", per_page: size, page };
  const answer = await calls.get("GET /repos/{owner}/{repo}/pulls", listed, z.array(pullShape));
  const pulls = present(answer.body, "the list of pull requests");
  const facts = pulls.flatMap((pull) => listedPull(pull, at.repository));
  return {
    readings: [...(await contentsOf(ask, pulls)), ...pastReading(at, facts)],
    cursor: answer.more ? { since: null, page: page + 1, last: null } : null,
    items: pulls.length,
    left: leftAfter(answer, page, size),
  };
}
