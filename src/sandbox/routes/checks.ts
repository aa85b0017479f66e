import { addCheck, noteCompletion, suiteOf } from "../acts/checks.ts";
import { notFound, refused } from "../acts/refusal.ts";
import { type Answer, created, ok } from "../http/answer.ts";
import { fieldsOf, numberParameter, parameter, type RepositoryAsked } from "../http/asked.ts";
import { page, sliceOf } from "../http/page.ts";
import type { Route } from "../http/router.ts";
import { renderAnnotations, renderCheck } from "../render/check.ts";
import type { Check } from "../state/world.ts";
import { type CheckChange, readCheckChange, requiredName } from "./check-fields.ts";
import { commitNamed } from "./commits.ts";
import { repositoryRoute } from "./route.ts";

export const checkRoutes: readonly Route[] = [
  repositoryRoute("POST", "/check-runs", { checks: "write" }, (asked) => {
    const { world, repository } = asked;
    const fields = fieldsOf(asked.body);
    const name = requiredName(fields, "name");
    const sha = requiredName(fields, "head_sha");
    if (!repository.commits.has(sha)) throw refused(422, `No commit found for SHA: ${sha}`);
    const change = readCheckChange(fields);
    const branch = [...repository.branches].find(([, tip]) => tip === sha)?.[0] ?? null;
    const check: Check = {
      id: world.nextId(),
      suite: suiteOf(world, repository, { sha, branch }),
      sha,
      name,
      externalId: "",
      detailsUrl: null,
      status: "queued",
      conclusion: null,
      startedAt: world.clock.now(),
      completedAt: null,
      title: null,
      summary: null,
      text: null,
      annotations: [],
    };
    apply(asked, check, change);
    addCheck(world, repository, check);
    return created(renderCheck(world, repository, check));
  }),

  repositoryRoute("GET", "/check-runs/{check_run_id}", { checks: "read" }, (asked) =>
    ok(renderCheck(asked.world, asked.repository, checkAsked(asked))),
  ),

  repositoryRoute("PATCH", "/check-runs/{check_run_id}", { checks: "write" }, (asked) => {
    const { world, repository } = asked;
    const check = checkAsked(asked);
    const change = readCheckChange(fieldsOf(asked.body));
    const again = check.suite.reset;
    const before = check.status;
    apply(asked, check, change);
    if (before !== "completed" || again) noteCompletion(world, repository, check);
    return ok(renderCheck(world, repository, check));
  }),

  repositoryRoute("GET", "/check-runs/{check_run_id}/annotations", { checks: "read" }, (asked) =>
    page(asked, renderAnnotations(asked.world, asked.repository, checkAsked(asked)), (annotation) => annotation),
  ),

  repositoryRoute("GET", "/commits/{ref}/check-runs", { checks: "read" }, listChecks),
];

/** `filter=latest`, which is the rule, leaves the newest run of each name. */
function listChecks(asked: RepositoryAsked): Answer {
  const { world, repository, query } = asked;
  const reference = parameter(asked, "ref");
  const { sha } = commitNamed(asked, reference, refused(422, `No commit found for SHA: ${reference}`));
  const own = [...repository.checks.values()].filter((check) => check.sha === sha);
  const newest = new Set(new Map(own.map((check) => [check.name, check])).values());
  const checks = own
    .filter((check) => query.filter === "all" || newest.has(check))
    .filter(({ name }) => query.check_name === undefined || query.check_name === name)
    .filter(({ status }) => query.status === undefined || query.status === status)
    .filter(() => query.app_id === undefined || query.app_id === String(world.app.id))
    .reverse();
  const { start, end, headers } = sliceOf(asked, checks.length);
  return ok(
    { total_count: checks.length, check_runs: checks.slice(start, end).map((check) => renderCheck(world, repository, check)) },
    headers,
  );
}

/** A conclusion completes the run; annotations are added to those that stand. */
function apply({ world }: RepositoryAsked, check: Check, change: CheckChange): void {
  if (change.name !== undefined) check.name = change.name;
  if (change.externalId !== undefined) check.externalId = change.externalId;
  if (change.detailsUrl !== undefined) check.detailsUrl = change.detailsUrl;
  if (change.startedAt !== undefined) check.startedAt = change.startedAt;
  if (change.output !== undefined) {
    check.title = change.output.title;
    check.summary = change.output.summary;
    check.text = change.output.text ?? check.text;
    check.annotations.push(...change.output.annotations);
  }
  const status = change.conclusion !== undefined ? "completed" : change.status;
  if (status === undefined) return;
  check.status = status;
  const done = status === "completed";
  check.conclusion = done ? (change.conclusion ?? check.conclusion ?? "neutral") : null;
  check.completedAt = done ? (change.completedAt ?? world.clock.now()) : null;
}

function checkAsked({ repository, ...asked }: RepositoryAsked): Check {
  const check = repository.checks.get(numberParameter(asked, "check_run_id"));
  if (check === undefined) throw notFound();
  return check;
}
