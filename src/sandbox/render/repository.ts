import { inSeconds, iso } from "../clock.ts";
import { fullName } from "../state/repositories.ts";
import type { Repository, World } from "../state/world.ts";
import { type Json, renderAccount } from "./account.ts";
import { apiUrl, nodeId, pageUrl } from "./urls.ts";

/** A repository with everything that any of GitHub's answers and payloads says of it. */
export function renderRepository(world: World, repository: Repository): Json {
  const open = [...repository.issues.values()].filter(({ state }) => state === "open").length;
  const forks = [...world.repositories.values()].filter(({ parent }) => parent === repository).length;
  return {
    ...renderRepositoryBriefly(world, repository),
    created_at: iso(repository.createdAt),
    updated_at: iso(repository.updatedAt),
    pushed_at: iso(repository.pushedAt),
    git_url: pageUrl(world, repository, ".git"),
    ssh_url: `git@${new URL(world.url).hostname}:${fullName(repository)}.git`,
    clone_url: pageUrl(world, repository, ".git"),
    svn_url: pageUrl(world, repository),
    homepage: null,
    size: 0,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: forks,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: open,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    custom_properties: {},
    visibility: repository.private ? "private" : "public",
    forks,
    open_issues: open,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
}

/** As `GET /repos/{owner}/{repo}` answers. */
export function renderFullRepository(world: World, repository: Repository): Json {
  const { parent } = repository;
  const origin = parent === null ? {} : { parent: renderRepository(world, parent), source: renderRepository(world, parent) };
  return {
    ...renderRepository(world, repository),
    ...origin,
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: false },
    temp_clone_token: null,
    network_count: 0,
    subscribers_count: 0,
  };
}

/** In push payloads some times are numbers, and the owner has a name and an address. */
export function renderPushedRepository(world: World, repository: Repository): Json {
  const { owner } = repository;
  return {
    ...renderRepository(world, repository),
    owner: { name: owner.login, email: null, ...renderAccount(world, owner) },
    url: pageUrl(world, repository),
    created_at: inSeconds(repository.createdAt),
    pushed_at: inSeconds(repository.pushedAt),
    stargazers: 0,
    master_branch: repository.defaultBranch,
  };
}

/** In `installation` payloads. */
export function renderRepositoryName(repository: Repository): Json {
  const { id, name } = repository;
  return { id, node_id: nodeId("Repository", id), name, full_name: fullName(repository), private: repository.private };
}

/** In workflow runs and check suites: who it is and where its things are. */
export function renderRepositoryBriefly(world: World, repository: Repository): Json {
  const at = (rest: string) => apiUrl(world, repository, rest);
  return {
    ...renderRepositoryName(repository),
    owner: renderAccount(world, repository.owner),
    html_url: pageUrl(world, repository),
    description: null,
    fork: repository.parent !== null,
    url: at(""),
    forks_url: at("/forks"),
    keys_url: at("/keys{/key_id}"),
    collaborators_url: at("/collaborators{/collaborator}"),
    teams_url: at("/teams"),
    hooks_url: at("/hooks"),
    issue_events_url: at("/issues/events{/number}"),
    events_url: at("/events"),
    assignees_url: at("/assignees{/user}"),
    branches_url: at("/branches{/branch}"),
    tags_url: at("/tags"),
    blobs_url: at("/git/blobs{/sha}"),
    git_tags_url: at("/git/tags{/sha}"),
    git_refs_url: at("/git/refs{/sha}"),
    trees_url: at("/git/trees{/sha}"),
    statuses_url: at("/statuses/{sha}"),
    languages_url: at("/languages"),
    stargazers_url: at("/stargazers"),
    contributors_url: at("/contributors"),
    subscribers_url: at("/subscribers"),
    subscription_url: at("/subscription"),
    commits_url: at("/commits{/sha}"),
    git_commits_url: at("/git/commits{/sha}"),
    comments_url: at("/comments{/number}"),
    issue_comment_url: at("/issues/comments{/number}"),
    contents_url: at("/contents/{+path}"),
    compare_url: at("/compare/{base}...{head}"),
    merges_url: at("/merges"),
    archive_url: at("/{archive_format}{/ref}"),
    downloads_url: at("/downloads"),
    issues_url: at("/issues{/number}"),
    pulls_url: at("/pulls{/number}"),
    milestones_url: at("/milestones{/number}"),
    notifications_url: at("/notifications{?since,all,participating}"),
    labels_url: at("/labels{/name}"),
    releases_url: at("/releases{/id}"),
    deployments_url: at("/deployments"),
  };
}
