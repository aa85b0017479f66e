import { notFound, Refusal } from "../acts/refusal.ts";
import type { Answer } from "../http/answer.ts";
import { type Asked, numberParameter, parameter, type RepositoryAsked } from "../http/asked.ts";
import type { Route } from "../http/router.ts";
import { findRepository } from "../state/repositories.ts";
import { type Issue, isPull, type PullIssue, type Repository, type Token, type World } from "../state/world.ts";

type Need = Readonly<Record<string, "read" | "write">>;

/** A route below `/repos/{owner}/{repo}`. One of `needs` must be among the token's permissions; the installation must include the repository. */
export function repositoryRoute(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  rest: string,
  needs: Need,
  answer: (asked: RepositoryAsked) => Answer,
): Route {
  return {
    operation: `${method} /repos/{owner}/{repo}${rest}`,
    by: "installation",
    answer: (asked) => {
      const { token } = asked;
      const repository = findRepository(asked.world, parameter(asked, "owner"), parameter(asked, "repo"));
      if (token === null || repository === null) throw notFound();
      admit(token, repository, needs, method === "GET");
      return answer({ ...asked, repository, token });
    },
  };
}

/** What GitHub says of something the token may not touch: private things are not there, public ones are out of reach for writing. */
export function admit(token: Token, repository: Repository, needs: Need, reading: boolean): void {
  const included = token.installation.repositories.has(repository) && (token.repositories?.has(repository) ?? true);
  if (!included && repository.private) throw notFound();
  const enough = Object.entries(needs).some(([name, level]) => suffices(token.permissions[name], level));
  if (included ? enough : reading) return;
  const accepted = Object.entries(needs).map(([name, level]) => `${name}=${level}`);
  const headers = { "x-accepted-github-permissions": accepted.join("; ") };
  throw new Refusal(403, { message: "Resource not accessible by integration" }, headers);
}

export function issueAsked({ repository, ...asked }: RepositoryAsked): Issue {
  const issue = repository.issues.get(numberParameter(asked, "issue_number"));
  if (issue === undefined) throw notFound();
  return issue;
}

export function pullAsked({ repository, ...asked }: RepositoryAsked): PullIssue {
  const issue = repository.issues.get(numberParameter(asked, "pull_number"));
  if (issue === undefined || !isPull(issue)) throw notFound();
  return issue;
}

/** Newest first unless `sort` and `direction` say otherwise; only what changed `since`. */
export function sorted<T extends Pick<Issue, "number" | "createdAt" | "updatedAt">>({ query }: Asked, things: readonly T[]): T[] {
  const by = query.sort === "updated" ? ("updatedAt" as const) : ("createdAt" as const);
  const turn = query.direction === "asc" ? 1 : -1;
  const since = query.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(query.since);
  return things.filter(({ updatedAt }) => updatedAt >= since).sort((a, b) => turn * (a[by] - b[by] || a.number - b.number));
}

export const botOf = ({ app }: World) => app.bot;

function suffices(held: string | undefined, needed: string): boolean {
  return held === "write" || held === needed;
}
