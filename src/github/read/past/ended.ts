import { z } from "zod";
import { type Fact, type Instant, isSyncBranch, type Thing } from "../../../core/words.ts";
import type { KnownBranch, Reading } from "../../../ports.ts";
import { makeFact } from "../../fact.ts";
import { place } from "../../place.ts";
import { isQueueBranch, moment } from "../../translate/fields.ts";
import { issueShape, listedIssue } from "../../translate/issue.ts";
import { listedPull, pullShape } from "../../translate/pull.ts";
import { contentsOf } from "./content.ts";
import { type PageAsk, pastReading, present } from "./page.ts";

/** Things asked for in one page of ours. */
export const endedAtOnce = 10;

const repositoryShape = z.object({ url: z.string(), pushed_at: moment.nullish() });
const issueAnswer = issueShape.extend({ repository_url: z.string() });

/** The repository as it was before anything else is asked: what is found to be missing after that was missing then, or has gone since. */
export async function repositoryNow({ calls, at }: PageAsk): Promise<z.infer<typeof repositoryShape>> {
  return present((await calls.get("GET /repos/{owner}/{repo}", place(at), repositoryShape)).body, "the repository");
}

/** What became of an issue or a pull request that is known as open and that no list of open ones shows. */
export async function readEnded(ask: PageAsk, thing: Thing, repositoryUrl: string): Promise<readonly Reading[]> {
  const [kind, number] = thing.split(":");
  return kind === "pull" ? pullNow(ask, Number(number)) : issueNow(ask, Number(number), repositoryUrl);
}

async function pullNow(ask: PageAsk, pull_number: number): Promise<readonly Reading[]> {
  const { calls, at } = ask;
  const { body } = await calls.get("GET /repos/{owner}/{repo}/pulls/{pull_number}", { ...place(at), pull_number }, pullShape);
  if (body === null) return [];
  const merged = body.merged_at === null ? [] : await contentsOf(ask, [body]);
  return [...merged, ...pastReading(at, listedPull(body, at.repository))];
}

/** GitHub says of a deleted issue that it is gone, and shows one that was transferred where it is now. It tells no time of either, but that of its answer. */
async function issueNow({ calls, at, appId, known }: PageAsk, issue_number: number, repositoryUrl: string): Promise<readonly Reading[]> {
  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}";
  const answer = await calls.get(route, { ...place(at), issue_number }, issueAnswer);
  if (answer.body?.repository_url === repositoryUrl) return pastReading(at, listedIssue(answer.body, appId));
  const last = await known.issue(issue_number);
  if (last === null) return [];
  const { id: _, fromList: __, ...content } = last;
  return pastReading(at, [makeFact({ ...content, at: answer.at, state: "gone", act: null, actor: null, fromList: true })]);
}

/**
 * Since when a branch that was last told of at `last` is another now, there or gone: since the newest push to the repository, as a delivery would have
 * said; where that was earlier than what is known, all that is sure is the time of GitHub's answer.
 */
export const branchChangedAt = (last: KnownBranch, pushedAt: Instant | null | undefined, answered: Instant): Instant =>
  pushedAt != null && pushedAt > last.at ? pushedAt : answered;

/** Whether anything rests on whether this branch is there. */
export const isWorkBranch = (name: string, defaultBranch: string): boolean =>
  name !== defaultBranch && !isQueueBranch(name) && !isSyncBranch(name);

/** That a branch is gone which is known to be there; none where it is only in another place of the list. */
export async function readEndedBranch(
  { calls, at }: PageAsk,
  branch: string,
  so: { readonly last: KnownBranch; readonly pushedAt: Instant | null | undefined },
): Promise<readonly Fact[]> {
  const asked = { ...place(at), branch };
  const answer = await calls.get("GET /repos/{owner}/{repo}/branches/{branch}", asked, z.object({ name: z.string() }));
  // A branch that was renamed is shown under its new name.
  if (answer.body?.name === branch) return [];
  const time = branchChangedAt(so.last, so.pushedAt, answer.at);
  return [makeFact({ kind: "branch", thing: `branch:${branch}`, at: time, name: branch, head: null, actor: null, fromList: true })];
}
