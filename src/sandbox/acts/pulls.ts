import { between } from "../git/history.ts";
import { findCommit, openPulls } from "../state/references.ts";
import { nextNumber } from "../state/repositories.ts";
import type { Account, PullIssue, Repository, World } from "../state/world.ts";
import { learn } from "./branches.ts";
import { announceIssue, checkTexts, touch } from "./issues.ts";
import { invalid } from "./refusal.ts";

export type NewPull = {
  readonly title: string;
  readonly body: string | null;
  readonly head: { readonly repository: Repository; readonly ref: string };
  readonly base: string;
  readonly draft: boolean;
  readonly by: Account;
};

export function openPull(world: World, repository: Repository, { title, body, head, base, draft, by }: NewPull): PullIssue {
  checkTexts(title, body);
  const wrong = (field: string, message: string) => invalid({ resource: "PullRequest", code: "custom", field, message });
  const from = findCommit(world, head.repository, `heads/${head.ref}`);
  const onto = findCommit(world, repository, `heads/${base}`);
  if (from === null) throw wrong("head", `there is no branch ${head.ref}`);
  if (onto === null) throw wrong("base", `there is no branch ${base}`);
  if (between(world.objects, onto.sha, from.sha).length === 0) throw wrong("head", `No commits between ${base} and ${head.ref}`);
  const same = openPulls(repository).find(
    ({ pull }) => pull.head.repository === head.repository && pull.head.ref === head.ref && pull.base.ref === base,
  );
  if (same !== undefined) throw wrong("head", `A pull request already exists for ${head.repository.owner.login}:${head.ref}.`);

  learn(world, repository, from.sha);
  const now = world.clock.now();
  const id = world.nextId();
  const issue: PullIssue = {
    id,
    number: nextNumber(repository),
    author: by,
    viaApp: by === world.app.bot,
    title,
    body,
    state: "open",
    reason: null,
    labels: [],
    milestone: null,
    assignees: [],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    acts: [],
    waitsFor: [],
    parts: [],
    pull: {
      id,
      head: { ...head, sha: from.sha },
      base: { ref: base, sha: onto.sha },
      draft,
      mergedAt: null,
      mergedBy: null,
      mergeSha: null,
    },
  };
  repository.issues.set(issue.number, issue);
  announceIssue(world, repository, issue, { action: "opened", by });
  return issue;
}

export function setDraft(
  world: World,
  repository: Repository,
  issue: PullIssue,
  { draft, by }: { readonly draft: boolean; readonly by: Account },
): void {
  if (issue.pull.draft === draft) return;
  issue.pull.draft = draft;
  touch(world, issue);
  announceIssue(world, repository, issue, { action: draft ? "converted_to_draft" : "ready_for_review", by });
}

export function retarget(
  world: World,
  repository: Repository,
  issue: PullIssue,
  { base, by }: { readonly base: string; readonly by: Account },
): void {
  const onto = findCommit(world, repository, `heads/${base}`);
  if (onto === null) throw new Error(`there is no branch ${base}`);
  if (issue.pull.base.ref === base) return;
  const changes = { base: { ref: { from: issue.pull.base.ref }, sha: { from: issue.pull.base.sha } } };
  issue.pull.base = { ref: base, sha: onto.sha };
  touch(world, issue);
  announceIssue(world, repository, issue, { action: "edited", by, fields: { changes } });
}
