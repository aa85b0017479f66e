import { notFound } from "../acts/refusal.ts";
import { type Answer, plain } from "../http/answer.ts";
import { type Asked, numberParameter, parameter } from "../http/asked.ts";
import type { Route } from "../http/router.ts";
import type { Html } from "../pages/html.ts";
import { issuePage, repositoryPage } from "../pages/pages.ts";
import { findRepository } from "../state/repositories.ts";
import type { Issue, Repository } from "../state/world.ts";

/** What `html_url` leads to: for people who try the app and want to see what it wrote. */
export const pageRoutes: readonly Route[] = [
  { operation: "GET /{owner}/{repo}", by: "anyone", page: true, answer: (asked) => shown(repositoryPage(repositoryAsked(asked))) },
  { operation: "GET /{owner}/{repo}/issues/{number}", by: "anyone", page: true, answer: showIssue },
  { operation: "GET /{owner}/{repo}/pull/{number}", by: "anyone", page: true, answer: showIssue },
];

function showIssue(asked: Asked): Answer {
  const repository = repositoryAsked(asked);
  const issue: Issue | undefined = repository.issues.get(numberParameter(asked, "number"));
  if (issue === undefined) throw notFound();
  return shown(issuePage(repository, issue));
}

function repositoryAsked(asked: Asked): Repository {
  const repository = findRepository(asked.world, parameter(asked, "owner"), parameter(asked, "repo"));
  if (repository === null) throw notFound();
  return repository;
}

/** Nothing in a page may run or be fetched, whatever somebody wrote into an issue. */
function shown({ html }: Html): Answer {
  return plain("text/html", html, { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'" });
}
