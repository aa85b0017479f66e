import { z } from "zod";
import { candidateTokens } from "../../../core/evidence/candidates.ts";
import { place } from "../../place.ts";
import { issueShape, listedIssue } from "../../translate/issue.ts";
import { cursorOf, leftAfter, nothingLeft, oneByOne, type Page, type PageAsk, pastReading } from "./page.ts";

const size = 50;
const cursorShape = z.object({ page: z.number() });
const entry = issueShape.extend({ pull_request: z.unknown().optional() });

/** Issues that were closed in the window, and by whom. The last changed come first, so that what changes meanwhile is at most told twice. */
export async function readClosed(ask: PageAsk): Promise<Page> {
  const { calls, at, since } = ask;
  const { page } = cursorOf(cursorShape, ask.cursor, { page: 1 });
  const listed = { state: "closed", sort: "updated", direction: "desc", per_page: size, page };
  const answer = await calls.get("GET /repos/{owner}/{repo}/issues", { ...place(at), ...listed }, z.array(entry));
  // Issues are switched off.
  if (answer.body === null) return nothingLeft;
  const isOver = answer.body.some(({ updated_at }) => updated_at < since) || !answer.more;
  const recent = answer.body.filter(
    ({ pull_request, closed_at, updated_at }) => pull_request == null && (closed_at ?? updated_at) >= since,
  );
  const whole = await oneByOne(recent, (issue) => withCloser(ask, issue));
  return {
    readings: pastReading(
      at,
      whole.flatMap((issue) => listedIssue(issue, ask.appId)),
    ),
    cursor: isOver ? null : { page: page + 1 },
    items: recent.length,
    // How many of the older pages are still in the window, only reading them tells.
    left: isOver ? 0 : leftAfter({ ...answer, pages: null }, page, size),
  };
}

/** Not every server's list says who closed an issue. It matters only for one that may speak for a task. */
async function withCloser({ calls, at, known }: PageAsk, issue: z.infer<typeof entry>): Promise<z.infer<typeof entry>> {
  if (issue.closed_by !== undefined) return issue;
  const names = [candidateTokens(issue.title, "title"), ...issue.labels.map((label) => candidateTokens(label, "label"))];
  if (names.every((tokens) => tokens.length === 0) && (await known.issue(issue.number)) === null) return issue;
  const asked = { ...place(at), issue_number: issue.number };
  const { body } = await calls.get("GET /repos/{owner}/{repo}/issues/{issue_number}", asked, entry);
  return body ?? issue;
}
