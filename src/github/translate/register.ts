import type { EmitterWebhookEventName } from "@octokit/webhooks";
import type { Probot } from "probot";
import { createFacts, deleteFacts } from "./branch.ts";
import { commentFacts } from "./comment.ts";
import { deploymentFacts } from "./deployment.ts";
import { installationFacts, installationRepositoriesFacts } from "./installation.ts";
import { issueFacts } from "./issue.ts";
import { mergeGroupFacts } from "./merge-group.ts";
import { pullFacts } from "./pull.ts";
import { pushFacts } from "./push.ts";
import { repositoryFacts } from "./repository.ts";
import { checkRunFacts, checkSuiteFacts } from "./rerequest.ts";
import { runFacts } from "./run.ts";
import type { Meaning, Occasion, Told } from "./told.ts";
import { unreadable } from "./unreadable.ts";

type Translate = (payload: unknown, occasion: Occasion) => Told;

/** Every event and action that we read. Actions that change nothing a fact holds (assigned, pinned, locked …) are left out. */
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
    ],
    issueFacts,
  ],
  [["issue_comment.created", "issue_comment.edited"], commentFacts],
  [["workflow_run.completed"], runFacts],
  [["deployment_status.created"], deploymentFacts],
  [["check_run.rerequested", "check_run.requested_action"], checkRunFacts],
  [["check_suite.rerequested"], checkSuiteFacts],
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

/** The events that have a translator, without their actions. */
export const translatedEvents: ReadonlySet<string> = new Set(
  translators.flatMap(([names]) => names.map((name) => name.split(".")[0] ?? name)),
);

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
