import { notFound, refused } from "../acts/refusal.ts";
import { iso } from "../clock.ts";
import { created, ok } from "../http/answer.ts";
import { type Asked, fieldsOf, listIn, numberParameter, parameter } from "../http/asked.ts";
import { issueToken } from "../http/credentials.ts";
import { page, sliceOf } from "../http/page.ts";
import type { Route } from "../http/router.ts";
import { renderApp, renderInstallation } from "../render/app.ts";
import { renderRepository } from "../render/repository.ts";
import { findRepository, installationOf } from "../state/repositories.ts";
import type { Installation, Permissions, Repository } from "../state/world.ts";

export const appRoutes: readonly Route[] = [
  {
    operation: "GET /app",
    by: "app",
    answer: ({ world, app }) => ok(renderApp(world, app ?? world.app)),
  },
  {
    operation: "GET /app/installations",
    by: "app",
    answer: (asked) => page(asked, [...asked.world.installations.values()], (one) => renderInstallation(asked.world, one)),
  },
  {
    operation: "GET /app/installations/{installation_id}",
    by: "app",
    answer: (asked) => ok(renderInstallation(asked.world, installationAsked(asked))),
  },
  {
    operation: "GET /repos/{owner}/{repo}/installation",
    by: "app",
    answer: (asked) => {
      const repository = findRepository(asked.world, parameter(asked, "owner"), parameter(asked, "repo"));
      const installation = repository === null ? null : installationOf(asked.world, repository);
      if (installation === null) throw notFound();
      return ok(renderInstallation(asked.world, installation));
    },
  },
  {
    operation: "POST /app/installations/{installation_id}/access_tokens",
    by: "app",
    answer: (asked) => {
      const { world } = asked;
      const installation = installationAsked(asked);
      const permissions = permissionsAsked(asked);
      const repositories = repositoriesAsked(asked, installation);
      const { token, expiresAt } = issueToken(world, installation, { permissions, repositories });
      const listed = repositories === null ? {} : { repositories: [...repositories].map((one) => renderRepository(world, one)) };
      return created({ token, expires_at: iso(expiresAt), permissions, repository_selection: "selected", ...listed });
    },
  },
  {
    operation: "GET /installation/repositories",
    by: "installation",
    answer: (asked) => {
      const { world, token } = asked;
      const repositories = [...(token?.repositories ?? token?.installation.repositories ?? [])];
      const { start, end, headers } = sliceOf(asked, repositories.length);
      const listed = repositories.slice(start, end).map((one) => renderRepository(world, one));
      return ok({ total_count: repositories.length, repository_selection: "selected", repositories: listed }, headers);
    },
  },
];

function installationAsked(asked: Asked): Installation {
  const installation = asked.world.installations.get(numberParameter(asked, "installation_id"));
  if (installation === undefined) throw notFound();
  return installation;
}

/** A token can be asked for less than the app has, never for more. */
function permissionsAsked({ world, body }: Asked): Permissions {
  const asked = fieldsOf(body).permissions;
  if (asked === undefined) return world.app.permissions;
  const narrowed: Record<string, "read" | "write"> = {};
  for (const [name, level] of Object.entries(fieldsOf(asked))) {
    const held = world.app.permissions[name];
    if (held === undefined || (level === "write" && held === "read") || (level !== "read" && level !== "write"))
      throw refused(422, "The permissions requested are not granted to this installation.");
    narrowed[name] = level;
  }
  return { metadata: "read", ...narrowed };
}

function repositoriesAsked({ body }: Asked, installation: Installation): ReadonlySet<Repository> | null {
  const fields = fieldsOf(body);
  const wanted = [...(listIn(fields, "repository_ids") ?? []), ...(listIn(fields, "repositories") ?? [])];
  if (wanted.length === 0) return null;
  const found = wanted.map((one) => [...installation.repositories].find(({ id, name }) => id === one || name === one));
  const repositories = found.filter((one) => one !== undefined);
  if (repositories.length < wanted.length)
    throw refused(422, "There is at least one repository that does not exist or is not accessible to the parent installation.");
  return new Set(repositories);
}
