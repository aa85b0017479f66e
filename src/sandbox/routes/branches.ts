import { moveBranch, removeBranch } from "../acts/branches.ts";
import { notFound, refused } from "../acts/refusal.ts";
import { isAncestor } from "../git/history.ts";
import { commitAt, type Sha } from "../git/objects.ts";
import { created, noContent, ok } from "../http/answer.ts";
import { fieldsOf, parameter, type RepositoryAsked, requiredTextIn } from "../http/asked.ts";
import { page } from "../http/page.ts";
import type { Route } from "../http/router.ts";
import type { Json } from "../render/account.ts";
import { renderCommit } from "../render/commit.ts";
import { apiUrl, encodePath, nodeId, pageUrl } from "../render/urls.ts";
import type { Repository, World } from "../state/world.ts";
import { botOf, repositoryRoute } from "./route.ts";

type Branch = { readonly name: string; readonly sha: Sha };

export const branchRoutes: readonly Route[] = [
  repositoryRoute("GET", "/branches", { contents: "read" }, (asked) => {
    const { world, repository } = asked;
    // No branch is protected here.
    const wanted = asked.query.protected === "true" ? [] : branchesOf(repository);
    return page(asked, wanted, ({ name, sha }) => ({
      name,
      commit: { sha, url: apiUrl(world, repository, `/commits/${sha}`) },
      protected: false,
    }));
  }),

  repositoryRoute("GET", "/branches/{branch}", { contents: "read" }, (asked) => {
    const { world, repository } = asked;
    const name = parameter(asked, "branch");
    const sha = repository.branches.get(name);
    if (sha === undefined) throw refused(404, "Branch not found");
    const self = apiUrl(world, repository, `/branches/${encodePath(name)}`);
    return ok({
      name,
      commit: renderCommit(world, repository, commitAt(world.objects, sha)),
      _links: { self, html: pageUrl(world, repository, `/tree/${encodePath(name)}`) },
      protected: false,
      protection: { enabled: false, required_status_checks: { enforcement_level: "off", contexts: [], checks: [] } },
      protection_url: `${self}/protection`,
    });
  }),

  repositoryRoute("GET", "/git/ref/{ref}", { contents: "read" }, (asked) => {
    const wanted = parameter(asked, "ref");
    const branch = branchesOf(asked.repository).find(({ name }) => `heads/${name}` === wanted);
    if (branch === undefined) throw notFound();
    return ok(renderReference(asked.world, asked.repository, branch));
  }),

  repositoryRoute("GET", "/git/matching-refs/{ref}", { contents: "read" }, (asked) => {
    const start = parameter(asked, "ref");
    const fitting = branchesOf(asked.repository).filter(({ name }) => `heads/${name}`.startsWith(start));
    return ok(fitting.map((branch) => renderReference(asked.world, asked.repository, branch)));
  }),

  repositoryRoute("POST", "/git/refs", { contents: "write" }, (asked) => {
    const { world, repository } = asked;
    const fields = fieldsOf(asked.body);
    const [, name] = /^refs\/heads\/(.+)$/.exec(requiredTextIn(fields, "ref")) ?? [];
    if (name === undefined) throw refused(422, "Reference name must start with 'refs/heads/'");
    if (repository.branches.has(name)) throw refused(422, "Reference already exists");
    const sha = commitIn(asked);
    moveBranch(world, repository, { branch: name, to: sha, by: botOf(world) });
    return created(renderReference(world, repository, { name, sha }));
  }),

  repositoryRoute("PATCH", "/git/refs/{ref}", { contents: "write" }, (asked) => {
    const { world, repository } = asked;
    const { name, sha: before } = branchAsked(asked);
    const sha = commitIn(asked);
    const isForced = fieldsOf(asked.body).force === true;
    if (!isForced && !isAncestor(world.objects, before, sha)) throw refused(422, "Update is not a fast forward");
    moveBranch(world, repository, { branch: name, to: sha, by: botOf(world) });
    return ok(renderReference(world, repository, { name, sha }));
  }),

  repositoryRoute("DELETE", "/git/refs/{ref}", { contents: "write" }, (asked) => {
    const { name } = branchAsked(asked);
    if (name === asked.repository.defaultBranch) throw refused(422, "Cannot delete the default branch");
    removeBranch(asked.world, asked.repository, { branch: name, by: botOf(asked.world) });
    return noContent();
  }),
];

/** The branch that a route's `{ref}` names, `heads/…`. */
function branchAsked(asked: RepositoryAsked): Branch {
  const wanted = parameter(asked, "ref");
  const branch = branchesOf(asked.repository).find(({ name }) => `heads/${name}` === wanted);
  if (branch === undefined) throw refused(422, "Reference does not exist");
  return branch;
}

function commitIn({ repository, body }: RepositoryAsked): Sha {
  const sha = requiredTextIn(fieldsOf(body), "sha");
  if (!repository.commits.has(sha)) throw refused(422, "Object does not exist");
  return sha;
}

function branchesOf({ branches }: Repository): Branch[] {
  return [...branches].map(([name, sha]) => ({ name, sha })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function renderReference(world: World, repository: Repository, { name, sha }: Branch): Json {
  return {
    ref: `refs/heads/${name}`,
    node_id: nodeId("Ref", `${repository.id}:refs/heads/${name}`),
    url: apiUrl(world, repository, `/git/refs/heads/${encodePath(name)}`),
    object: { sha, type: "commit", url: apiUrl(world, repository, `/git/commits/${sha}`) },
  };
}
