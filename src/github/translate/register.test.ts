import { describe, expect, test } from "vitest";
import { translatedActions } from "./register.ts";

const read = "read";

/**
 * Every action of the events that bear on tasks, as GitHub describes them: read, or why not. A new action of GitHub's belongs here first.
 */
const actions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  pull_request: {
    opened: read,
    edited: read,
    closed: read,
    reopened: read,
    synchronize: read,
    ready_for_review: read,
    converted_to_draft: read,
    labeled: read,
    unlabeled: read,
    assigned: "who works on a pull request moves no task: that it is open does",
    unassigned: "who works on a pull request moves no task: that it is open does",
    review_requested: "asking for a review is no review",
    review_request_removed: "asking for a review is no review",
    auto_merge_enabled: "the merge is told when it happens",
    auto_merge_disabled: "the merge is told when it happens",
    enqueued: "the group in the queue asks for its check by merge_group, and the merge is told when it happens",
    dequeued: "the group that is gone is told by merge_group",
    milestoned: "the plan says to which milestone a task belongs",
    demilestoned: "the plan says to which milestone a task belongs",
    locked: "what may be said there changes no task",
    unlocked: "what may be said there changes no task",
    stacked: "what it is stacked on shows in its base, which is told as an edit",
  },
  issues: {
    opened: read,
    edited: read,
    closed: read,
    reopened: read,
    labeled: read,
    unlabeled: read,
    deleted: read,
    transferred: read,
    assigned: read,
    unassigned: read,
    milestoned: read,
    demilestoned: read,
    pinned: "where an issue is shown changes no task",
    unpinned: "where an issue is shown changes no task",
    locked: "what may be said there changes no task",
    unlocked: "what may be said there changes no task",
    typed: "what kind of issue it is changes no task",
    untyped: "what kind of issue it is changes no task",
    field_added: "fields are an organisation's own, and a preview; labels say the same",
    field_removed: "fields are an organisation's own, and a preview; labels say the same",
  },
  issue_comment: {
    created: read,
    edited: read,
    deleted: "what was said stays said: deleting a command does not undo it",
    pinned: "where a comment is shown changes no task",
    unpinned: "where a comment is shown changes no task",
  },
  label: { created: "no issue carries it yet", edited: read, deleted: read },
  milestone: {
    created: "the plan says which milestones there are",
    edited: "an issue goes by the title that was told with it, until something else of it is told; it moves nothing",
    deleted: "an issue goes by the title that was told with it, until something else of it is told; it moves nothing",
    opened: "the plan says which milestones there are",
    closed: "the plan says which milestones there are",
  },
  issue_dependencies: { blocked_by_added: read, blocked_by_removed: read, blocking_added: read, blocking_removed: read },
  sub_issues: { sub_issue_added: read, sub_issue_removed: read, parent_issue_added: read, parent_issue_removed: read },
  pull_request_review: { submitted: read, dismissed: read, edited: "only its words change, which state nothing" },
  workflow_run: {
    completed: read,
    requested: "a run that is not finished says nothing yet",
    in_progress: "a run that is not finished says nothing yet",
  },
  check_run: {
    rerequested: read,
    requested_action: read,
    created: "gates and requirements are workflows, and those tell by workflow_run",
    completed: "gates and requirements are workflows, and those tell by workflow_run",
  },
  check_suite: {
    rerequested: read,
    requested: "checks are brought up to date when the pull request says that it moved",
    completed: read,
  },
  deployment_status: { created: read },
  merge_group: { checks_requested: read, destroyed: read },
  installation: { created: read, deleted: read, suspend: read, unsuspend: read, new_permissions_accepted: read },
  installation_repositories: { added: read, removed: read },
  repository: {
    renamed: read,
    transferred: read,
    archived: read,
    unarchived: read,
    edited: read,
    deleted: read,
    privatized: read,
    publicized: read,
    created: "the app is told by its installation when it may see a new repository",
  },
};

describe.each(Object.entries(actions))("%s", (event, known) => {
  test("is read in just these actions", () => {
    const wanted = Object.entries(known).flatMap(([action, why]) => (why === read ? [action] : []));
    expect([...(translatedActions.get(event) ?? [])].sort()).toEqual(wanted.sort());
  });
});

test("no other event is read, but those that have no actions", () => {
  const others = [...translatedActions.keys()].filter((event) => !(event in actions));
  expect(others.sort()).toEqual(["create", "delete", "push"]);
});
