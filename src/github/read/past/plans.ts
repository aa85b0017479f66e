import { z } from "zod";
import { configurationPaths } from "../../../core/plan/configuration.ts";
import { revisionIn } from "../../../core/words.ts";
import type { Reading } from "../../../ports.ts";
import { place } from "../../place.ts";
import { readFiles } from "../files.ts";
import { commitShape, timeOfCommit } from "./commit.ts";
import { headOf } from "./head.ts";
import { cursorOf, leftAfter, nothingLeft, type Page, type PageAsk, present } from "./page.ts";

const size = 10;

const cursorShape = z.object({ head: z.string(), path: z.string(), page: z.number() });

/** Versions of the plan and configuration files in the window, and of each the one before it: what a row said already is no news of the next. */
export async function readPlans(ask: PageAsk): Promise<Page> {
  const { calls, at, since } = ask;
  const paths = [...new Set([...configurationPaths, ...(await ask.known.planPaths())])].sort();
  const [first] = paths;
  const head = cursorShape.safeParse(ask.cursor).data?.head ?? (await headOf(ask, at.defaultBranch));
  if (head === null || first === undefined) return nothingLeft;
  const { path, page } = cursorOf(cursorShape, ask.cursor, { head, path: first, page: 1 });
  const listed = { sha: head, path: path.replace(/\/$/, ""), per_page: size, page };
  const answer = await calls.get("GET /repos/{owner}/{repo}/commits", { ...place(at), ...listed }, z.array(commitShape));
  const all = present(answer.body, "the list of commits").map((commit) => ({ ...commit, time: timeOfCommit(commit, answer.at) }));
  const before = all.findIndex(({ time }) => time < since);
  const wanted = before < 0 ? all : all.slice(0, before + 1);
  const known = await ask.known.versionsOf(path);
  const readings: Reading[] = [];
  for (const { sha: commit, time, commit: said } of wanted) {
    // What we wrote back from a branch of ours was dated before the default branch got it, and nobody said it.
    if (known.has(commit) || revisionIn(said.message) !== null) continue;
    readings.push(await readFiles(calls, at, { commit, time, paths: [path] }, ask.earlier));
  }
  const isPathOver = before >= 0 || !answer.more;
  const after = paths.filter((other) => other > path);
  const [then] = after;
  return {
    readings,
    cursor: !isPathOver ? { head, path, page: page + 1 } : then === undefined ? null : { head, path: then, page: 1 },
    items: wanted.length,
    left: isPathOver && then === undefined ? 0 : isPathOver ? null : leftAfter({ ...answer, pages: null }, page, size),
  };
}
