import { iso } from "../clock.ts";
import { type Change, type ChangeSize, changesBetween, sizeOf } from "../git/changes.ts";
import { type Commit, filesAt, noCommit, type Signature } from "../git/objects.ts";
import type { Repository, World } from "../state/world.ts";
import { type Json, renderAccount } from "./account.ts";
import { apiUrl, encodePath, nodeId, pageUrl } from "./urls.ts";

const unverified = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

/** As `commits` lists tell it. */
export function renderCommit(world: World, repository: Repository, commit: Commit): Json {
  const { sha, tree, parents, message, author, committer } = commit;
  const url = apiUrl(world, repository, `/commits/${sha}`);
  return {
    sha,
    node_id: nodeId("Commit", sha),
    commit: {
      author: renderSignature(author),
      committer: renderSignature(committer),
      message,
      tree: { sha: tree, url: apiUrl(world, repository, `/git/trees/${tree}`) },
      url: apiUrl(world, repository, `/git/commits/${sha}`),
      comment_count: 0,
      verification: unverified,
    },
    url,
    html_url: pageUrl(world, repository, `/commit/${sha}`),
    comments_url: `${url}/comments`,
    author: renderSigner(world, author),
    committer: renderSigner(world, committer),
    parents: parents.map((parent) => renderParent(world, repository, parent)),
  };
}

/** As `GET …/commits/{ref}` tells it: with what it changed against its first parent. */
export function renderCommitWithFiles(world: World, repository: Repository, commit: Commit): Json {
  const files = commitChanges(world, commit).map((change) => ({ change, size: sizeOf(world.objects, change) }));
  const additions = files.reduce((sum, { size }) => sum + size.additions, 0);
  const deletions = files.reduce((sum, { size }) => sum + size.deletions, 0);
  return {
    ...renderCommit(world, repository, commit),
    stats: { total: additions + deletions, additions, deletions },
    files: files.map(({ change, size }) => renderChange(world, repository, { change, size, at: commit.sha })),
  };
}

/** As the git database tells it. */
export function renderGitCommit(world: World, repository: Repository, commit: Commit): Json {
  const { sha, tree, parents, message, author, committer } = commit;
  return {
    sha,
    node_id: nodeId("Commit", sha),
    url: apiUrl(world, repository, `/git/commits/${sha}`),
    html_url: pageUrl(world, repository, `/commit/${sha}`),
    author: renderSignature(author),
    committer: renderSignature(committer),
    tree: { sha: tree, url: apiUrl(world, repository, `/git/trees/${tree}`) },
    message,
    parents: parents.map((parent) => renderParent(world, repository, parent)),
    verification: unverified,
  };
}

/** As webhooks tell it: in `push` also with `distinct` and the files. */
export function renderHeadCommit({ sha, tree, message, author, committer }: Commit): Json {
  const person = ({ name, email, login }: Signature) => ({ name, email, ...(login === null ? {} : { username: login }) });
  return {
    id: sha,
    tree_id: tree,
    message,
    timestamp: iso(committer.at),
    author: person(author),
    committer: person(committer),
  };
}

export function renderChange(
  world: World,
  repository: Repository,
  { change, size, at }: { readonly change: Change; readonly size: ChangeSize; readonly at: string },
): Json {
  const path = encodePath(change.path);
  return {
    sha: change.after ?? change.before ?? noCommit,
    filename: change.path,
    status: change.status,
    additions: size.additions,
    deletions: size.deletions,
    changes: size.additions + size.deletions,
    blob_url: pageUrl(world, repository, `/blob/${at}/${path}`),
    raw_url: pageUrl(world, repository, `/raw/${at}/${path}`),
    contents_url: apiUrl(world, repository, `/contents/${path}?ref=${at}`),
    ...(size.patch === null ? {} : { patch: size.patch }),
    ...(change.previous === null ? {} : { previous_filename: change.previous }),
  };
}

/** What a commit changed against its first parent. */
export function commitChanges(world: World, { sha, parents }: Commit): Change[] {
  const [parent] = parents;
  return changesBetween(parent === undefined ? new Map() : filesAt(world.objects, parent), filesAt(world.objects, sha));
}

function renderSignature({ name, email, at }: Signature): Json {
  return { name, email, date: iso(at) };
}

function renderSigner(world: World, { login }: Signature): Json | null {
  const signer = login === null ? undefined : world.accounts.get(login.toLowerCase());
  return signer === undefined ? null : renderAccount(world, signer);
}

function renderParent(world: World, repository: Repository, sha: string): Json {
  return { sha, url: apiUrl(world, repository, `/commits/${sha}`), html_url: pageUrl(world, repository, `/commit/${sha}`) };
}
