import { addLabels, createLabel, removeLabel } from "../acts/issues.ts";
import { invalid, notFound, refused } from "../acts/refusal.ts";
import { created, ok } from "../http/answer.ts";
import { fieldsOf, namesIn, parameter, type RepositoryAsked, requiredTextIn, textIn } from "../http/asked.ts";
import { page } from "../http/page.ts";
import type { Route } from "../http/router.ts";
import { renderLabel } from "../render/issue.ts";
import type { Issue } from "../state/world.ts";
import { botOf, issueAsked, repositoryRoute } from "./route.ts";

const reading = { issues: "read", pull_requests: "read" } as const;
const writing = { issues: "write", pull_requests: "write" } as const;

export const labelRoutes: readonly Route[] = [
  repositoryRoute("GET", "/labels", reading, (asked) => {
    const { world, repository } = asked;
    return page(asked, [...repository.labels.values()], (label) => renderLabel(world, repository, label));
  }),

  repositoryRoute("POST", "/labels", writing, (asked) => {
    const { world, repository } = asked;
    const fields = fieldsOf(asked.body);
    const name = requiredTextIn(fields, "name");
    const color = textIn(fields, "color") ?? "ededed";
    if (repository.labels.has(name.toLowerCase())) throw invalid({ resource: "Label", code: "already_exists", field: "name" });
    if (!/^[0-9a-f]{6}$/i.test(color)) throw invalid({ resource: "Label", code: "invalid", field: "color" });
    const description = textIn(fields, "description") ?? null;
    return created(renderLabel(world, repository, createLabel(world, repository, { name, color, description, by: botOf(world) })));
  }),

  repositoryRoute("GET", "/labels/{name}", reading, (asked) => {
    const label = asked.repository.labels.get(parameter(asked, "name").toLowerCase());
    if (label === undefined) throw notFound();
    return ok(renderLabel(asked.world, asked.repository, label));
  }),

  repositoryRoute("GET", "/issues/{issue_number}/labels", reading, (asked) =>
    page(asked, issueAsked(asked).labels, (label) => renderLabel(asked.world, asked.repository, label)),
  ),

  repositoryRoute("POST", "/issues/{issue_number}/labels", writing, (asked) => {
    const issue = issueAsked(asked);
    const names = Array.isArray(asked.body) ? namesIn({ labels: asked.body }, "labels") : namesIn(fieldsOf(asked.body), "labels");
    addLabels(asked.world, asked.repository, issue, { names: names ?? [], by: botOf(asked.world) });
    return ok(labelsOf(asked, issue));
  }),

  repositoryRoute("DELETE", "/issues/{issue_number}/labels/{name}", writing, (asked) => {
    const issue = issueAsked(asked);
    const gone = removeLabel(asked.world, asked.repository, issue, { name: parameter(asked, "name"), by: botOf(asked.world) });
    if (!gone) throw refused(404, "Label does not exist");
    return ok(labelsOf(asked, issue));
  }),
];

function labelsOf({ world, repository }: RepositoryAsked, issue: Issue) {
  return issue.labels.map((label) => renderLabel(world, repository, label));
}
