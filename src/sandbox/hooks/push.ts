import { history } from "../git/history.ts";
import { type Commit, commitAt, noCommit, type Sha } from "../git/objects.ts";
import { commitChanges, renderHeadCommit } from "../render/commit.ts";
import { renderPushedRepository } from "../render/repository.ts";
import { pageUrl } from "../render/urls.ts";
import { signature } from "../state/repositories.ts";
import type { Account, Repository, World } from "../state/world.ts";
import { announce } from "./announce.ts";

/** GitHub leaves out what is above. */
const mostCommits = 2048;
const mostFiles = 3000;

export type Push = {
  readonly branch: string;
  readonly before: Sha | null;
  readonly after: Sha | null;
  readonly by: Account;
  readonly forced: boolean;
  /** Commits that this repository never saw before. */
  readonly fresh: ReadonlySet<Sha>;
};

export function announcePush(world: World, repository: Repository, push: Push): void {
  const { branch, before, after, by } = push;
  const head = after === null ? null : commitAt(world.objects, after);
  const commits = head === null ? [] : pushedCommits(world, repository, { ...push, after: head.sha });
  const { name, email } = signature(by, 0);
  const range = before === null || after === null ? branch : `${before.slice(0, 12)}...${after.slice(0, 12)}`;
  const fields = {
    ref: `refs/heads/${branch}`,
    before: before ?? noCommit,
    after: after ?? noCommit,
    pusher: { name, email },
    created: before === null,
    deleted: after === null,
    forced: push.forced,
    base_ref: null,
    compare: pageUrl(world, repository, `/compare/${range}`),
    commits: commits.map((commit) => renderPushedCommit(world, repository, commit, push.fresh)),
    head_commit: head === null ? null : renderPushedCommit(world, repository, head, push.fresh),
  };
  announce(world, repository, { event: "push", by, fields, repository: renderPushedRepository(world, repository) });
}

/** Oldest first. Of a new branch only what no other branch has. */
function pushedCommits(world: World, repository: Repository, push: Push & { readonly after: Sha }): Commit[] {
  const others = [...repository.branches].filter(([name]) => name !== push.branch).map(([, sha]) => sha);
  return history(world.objects, push.after, push.before === null ? others : [push.before])
    .slice(0, mostCommits)
    .reverse();
}

function renderPushedCommit(world: World, repository: Repository, commit: Commit, fresh: ReadonlySet<Sha>) {
  const changes = commitChanges(world, commit).slice(0, mostFiles);
  const paths = (...statuses: readonly string[]) => changes.filter(({ status }) => statuses.includes(status)).map(({ path }) => path);
  const moved = changes.flatMap(({ previous }) => (previous === null ? [] : [previous]));
  return {
    ...renderHeadCommit(commit),
    url: pageUrl(world, repository, `/commit/${commit.sha}`),
    distinct: fresh.has(commit.sha),
    added: paths("added", "renamed"),
    removed: [...paths("removed"), ...moved],
    modified: paths("modified"),
  };
}
