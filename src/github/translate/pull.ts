import { z } from "zod";
import type { FactId, PullFact, PullState } from "../../core/words.ts";
import { makeFact } from "../fact.ts";
import { labels, moment, name, person, repositoryId, sha, text, textOrEmpty } from "./fields.ts";
import { timeOf } from "./times.ts";
import { type Told, toldTo } from "./told.ts";

const side = z.object({ ref: name, sha, repo: repositoryId.nullish() });

/** A pull request as deliveries and lists show it. */
export const pullShape = z.object({
  number: z.int(),
  state: z.enum(["open", "closed"]),
  draft: z.boolean().nullish(),
  title: text,
  body: textOrEmpty,
  user: person,
  head: side,
  base: side,
  labels,
  merge_commit_sha: sha.nullish(),
  created_at: moment,
  updated_at: moment,
  closed_at: moment.nullable().default(null),
  merged_at: moment.nullable().default(null),
});

const payload = z.object({ action: z.string(), pull_request: pullShape, repository: repositoryId, sender: person.optional() });

type Pull = z.infer<typeof pullShape>;

/** A pull request as it stands after what was done to it. */
export function pullFacts(body: unknown): Told {
  const { action, pull_request: pull, repository, sender } = payload.parse(body);
  const fact = makeFact({ ...contentOf(pull, repository.id), at: timeOf.pull(action, pull), actor: sender?.login ?? null });
  return toldTo(repository.id, [fact]);
}

/** A pull request of a list: when it was opened, of which only the time is known, and as it stands. A list does not tell who did what. */
export function listedPull(pull: Pull, repository: number): readonly PullFact[] {
  const content = { ...contentOf(pull, repository), actor: null, fromList: true } as const;
  const standing = makeFact({ ...content, at: timeOf.pull(pull.state, pull) });
  if (standing.at === content.openedAt) return [standing];
  const opening = { ...content, at: content.openedAt, state: "open", mergeSha: null, mergedAt: null, labels: [] } as const;
  return [makeFact(opening), standing];
}

/** A pull request that was read by itself: as it stands. */
export function seenPull(pull: Pull, repository: number, settles: readonly FactId[]): PullFact {
  return makeFact({ ...contentOf(pull, repository), at: timeOf.pull("read", pull), actor: null, settles });
}

function contentOf(pull: Pull, repository: number): Omit<PullFact, "id" | "at" | "actor" | "fromList" | "settles"> {
  return {
    kind: "pull",
    thing: `pull:${pull.number}`,
    number: pull.number,
    state: stateOf(pull),
    title: pull.title,
    body: pull.body,
    branch: pull.head.ref,
    base: pull.base.ref,
    headSha: pull.head.sha,
    // Before the merge this is a commit that GitHub makes to try it.
    mergeSha: pull.merged_at === null ? null : (pull.merge_commit_sha ?? null),
    openedAt: pull.created_at,
    mergedAt: pull.merged_at,
    author: pull.user,
    // A fork that was deleted is null: still not this repository.
    fork: pull.head.repo?.id !== repository,
    labels: pull.labels,
  };
}

function stateOf(pull: Pull): PullState {
  if (pull.merged_at !== null) return "merged";
  if (pull.state === "closed") return "closed";
  return pull.draft === true ? "draft" : "open";
}
