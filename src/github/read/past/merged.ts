import { z } from "zod";
import { place } from "../../place.ts";
import { listedPull, pullShape } from "../../translate/pull.ts";
import { contentsOf } from "./content.ts";
import { cursorOf, leftAfter, type Page, type PageAsk, pastReading, present } from "./page.ts";

const size = 20;
const cursorShape = z.object({ page: z.number() });

/**
 * Pull requests that were merged or closed in the window, those merged with their commits and files. The last changed come first, so that
 * what changes meanwhile is at most told twice.
 */
export async function readMerged(ask: PageAsk): Promise<Page> {
  const { calls, at, since } = ask;
  const { page } = cursorOf(cursorShape, ask.cursor, { page: 1 });
  const listed = { state: "closed", sort: "updated", direction: "desc", per_page: size, page };
  const answer = await calls.get("GET /repos/{owner}/{repo}/pulls", { ...place(at), ...listed }, z.array(pullShape));
  const all = present(answer.body, "the list of pull requests");
  const isOver = all.some(({ updated_at }) => updated_at < since) || !answer.more;
  const recent = all.filter(({ closed_at, updated_at }) => (closed_at ?? updated_at) >= since);
  const facts = recent.flatMap((pull) => listedPull(pull, at.repository));
  const merged = recent.filter(({ merged_at }) => merged_at !== null);
  return {
    readings: [...(await contentsOf(ask, merged)), ...pastReading(at, facts)],
    cursor: isOver ? null : { page: page + 1 },
    items: recent.length,
    // How many of the older pages are still in the window, only reading them tells.
    left: isOver ? 0 : leftAfter({ ...answer, pages: null }, page, size),
  };
}
