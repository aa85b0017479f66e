import type { EmitterWebhookEventName } from "@octokit/webhooks";
import type { Probot } from "probot";
import { createFacts, deleteFacts } from "./branch.ts";
import { commentFacts } from "./comment.ts";
import { deploymentFacts } from "./deployment.ts";
import { installationFacts, installationRepositoriesFacts } from "./installation.ts";
import { issueFacts } from "./issue.ts";
import { labelFacts } from "./label.ts";
import { mergeGroupFacts } from "./merge-group.ts";
import { pullFacts } from "./pull.ts";
import { pushFacts } from "./push.ts";
import { dependencyFacts, partFacts } from "./relation.ts";
import { repositoryFacts } from "./repository.ts";
import { checkRunFacts, checkSuiteFacts } from "./rerequest.ts";
import { reviewFacts } from "./review.ts";
import { runFacts } from "./run.ts";
import { suiteFacts } from "./suite.ts";
import type { Meaning, Occasion, Told } from "./told.ts";
import { unreadable } from "./unreadable.ts";

type Translate = (payload: unknown, occasion: Occasion) => Told;

/** Every event and action that we read. Which are left out, and why, says `register.test.ts`. */
const translators: readonly (readonly [names: EmitterWebhookEventName[], translate: Translate])[] = [
  [["push"], pushFacts],
  [["create"], createFacts],
  [["delete"], deleteFacts],
  [
    [
      "pull_request.opened",
      "pull_request.edited",
      "pull_request.closed",
      "pull_request.reopened",
      "pull_request.synchronize",
      "pull_request.ready_for_review",
      "pull_request.converted_to_draft",
      "pull_request.labeled",
      "pull_request.unlabeled",
    ],
    pullFacts,
  ],
  [
    [
      "issues.opened",
      "issues.edited",
      "issues.closed",
      "issues.reopened",
      "issues.labeled",
      "issues.unlabeled",
      "issues.deleted",
      "issues.transferred",
      "issues.assigned",
      "issues.unassigned",
      "issues.milestoned",
      "issues.demilestoned",
    ],
    issueFacts,
  ],
  [
    [
      "issue_dependencies.blocked_by_added",
      "issue_dependencies.blocked_by_removed",
      "issue_dependencies.blocking_added",
      "issue_dependencies.blocking_removed",
    ],
    dependencyFacts,
  ],
  [
    ["sub_issues.sub_issue_added", "sub_issues.sub_issue_removed", "sub_issues.parent_issue_added", "sub_issues.parent_issue_removed"],
    partFacts,
  ],
  [["pull_request_review.submitted", "pull_request_review.dismissed"], reviewFacts],
  [["label.edited", "label.deleted"], labelFacts],
  [["issue_comment.created", "issue_comment.edited"], commentFacts],
  [["workflow_run.completed"], runFacts],
  [["deployment_status.created"], deploymentFacts],
  [["check_run.rerequested", "check_run.requested_action"], checkRunFacts],
  [["check_suite.rerequested"], checkSuiteFacts],
  [["check_suite.completed"], suiteFacts],
  [["merge_group.checks_requested", "merge_group.destroyed"], mergeGroupFacts],
  [
    [
      "installation.created",
      "installation.deleted",
      "installation.suspend",
      "installation.unsuspend",
      "installation.new_permissions_accepted",
    ],
    installationFacts,
  ],
  [["installation_repositories.added", "installation_repositories.removed"], installationRepositoriesFacts],
  [
    [
      "repository.renamed",
      "repository.transferred",
      "repository.archived",
      "repository.unarchived",
      "repository.edited",
      "repository.deleted",
      "repository.privatized",
      "repository.publicized",
    ],
    repositoryFacts,
  ],
];

/** The events that have a translator, each with its actions; none where GitHub knows no actions of it. */
export const translatedActions: ReadonlyMap<string, ReadonlySet<string>> = translators
  .flatMap(([names]) => names.map((name) => name.split(".")))
  .reduce((events, [event = "", action]) => {
    const actions = events.get(event) ?? new Set();
    return events.set(event, action === undefined ? actions : actions.add(action));
  }, new Map<string, Set<string>>());

/** The events that have a translator, without their actions. */
export const translatedEvents: ReadonlySet<string> = new Set(translatedActions.keys());

/**
 * Registers a pure translator for every event we read. `emit` is called once for each delivery that has one, with its facts or with
 * why its payload could not be read: translators never throw into Probot, whose error log would print the payload.
 */
export function registerTranslators(
  app: Probot,
  emit: (delivery: string, meaning: Meaning) => void,
  { appId }: { readonly appId: number },
): void {
  const meaningOf = (translate: Translate, payload: unknown, occasion: Occasion): Meaning => {
    try {
      return { told: translate(payload, occasion), texts: new Map(), from: null, news: null };
    } catch (error) {
      return unreadable(error);
    }
  };
  for (const [names, translate] of translators)
    app.on(names, ({ id, payload }) => emit(id, meaningOf(translate, payload, { appId, delivery: id })));
}
