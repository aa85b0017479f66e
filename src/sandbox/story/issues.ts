import { addComment, deleteComment, editComment } from "../acts/comments.ts";
import { addLabels, deleteIssue, editIssue, openIssue, removeLabel, setMilestone, setState } from "../acts/issues.ts";
import { addMilestone } from "../acts/milestones.ts";
import { mayDo, standingOf } from "../state/people.ts";
import type { Comment, Milestone, Repository, World } from "../state/world.ts";
import type { SandboxRepository } from "../words.ts";
import { issueNumbered, person, personOrAuthor } from "./person.ts";

type IssueActs = Pick<
  SandboxRepository,
  "openIssue" | "editIssue" | "closeIssue" | "reopenIssue" | "deleteIssue" | "label" | "unlabel" | "openMilestone"
>;

export function issueActs(world: World, repository: Repository): IssueActs {
  const sent = () => world.hooks.sent();
  const acting = (act: { readonly by: string; readonly number: number }, to: string) => {
    const issue = issueNumbered(repository, act.number);
    return {
      issue,
      by: personOrAuthor(world, repository, { by: act.by, author: issue.author, least: "triage", to: `${to} #${act.number}` }),
    };
  };
  return {
    async openIssue({ title, body, labels = [], ...act }) {
      const by = person(world, repository, { by: act.by, least: "read", to: "open an issue" });
      // GitHub drops what people without the right say about labels, without a word.
      const given = mayDo(standingOf(repository, by), "triage") ? labels : [];
      const { number } = openIssue(world, repository, { title, body: body ?? null, labels: given, milestone: null, by });
      await sent();
      return { number };
    },
    async editIssue({ title, body, milestone, ...act }) {
      const { issue, by } = acting(act, "edit");
      editIssue(world, repository, issue, { by, ...(title === undefined ? {} : { title }), ...(body === undefined ? {} : { body }) });
      if (milestone !== undefined) setMilestone(world, repository, issue, { milestone: milestoneNumbered(repository, milestone), by });
      await sent();
    },
    async closeIssue({ reason = "completed", ...act }) {
      const { issue, by } = acting(act, "close");
      setState(world, repository, issue, { state: "closed", reason, by });
      await sent();
    },
    async reopenIssue(act) {
      const { issue, by } = acting(act, "reopen");
      setState(world, repository, issue, { state: "open", by });
      await sent();
    },
    async deleteIssue(act) {
      const by = person(world, repository, { by: act.by, least: "admin", to: `delete #${act.number}` });
      deleteIssue(world, repository, issueNumbered(repository, act.number), by);
      await sent();
    },
    async label(act) {
      const by = person(world, repository, { by: act.by, least: "triage", to: `label #${act.number}` });
      addLabels(world, repository, issueNumbered(repository, act.number), { names: [act.label], by });
      await sent();
    },
    async unlabel(act) {
      const by = person(world, repository, { by: act.by, least: "triage", to: `unlabel #${act.number}` });
      if (!removeLabel(world, repository, issueNumbered(repository, act.number), { name: act.label, by }))
        throw new Error(`#${act.number} has no label "${act.label}"`);
      await sent();
    },
    async openMilestone({ title, description, dueOn, ...act }) {
      const by = person(world, repository, { by: act.by, least: "triage", to: "open a milestone" });
      const { number } = addMilestone(world, repository, { title, description: description ?? null, dueOn: dueOn ?? null, by });
      await sent();
      return { number };
    },
  };
}

export function commentActs(world: World, repository: Repository): Pick<SandboxRepository, "comment" | "editComment" | "deleteComment"> {
  const acting = (act: { readonly by: string; readonly id: number }, to: string) => {
    const comment = commentWithId(repository, act.id);
    return {
      comment,
      by: personOrAuthor(world, repository, { by: act.by, author: comment.author, least: "write", to: `${to} a comment` }),
    };
  };
  return {
    async comment(act) {
      const by = person(world, repository, { by: act.by, least: "read", to: `comment on #${act.issue}` });
      const { id } = addComment(world, repository, { issue: issueNumbered(repository, act.issue), body: act.body, by });
      await world.hooks.sent();
      return { id };
    },
    async editComment(act) {
      const { comment, by } = acting(act, "edit");
      editComment(world, repository, comment, { body: act.body, by });
      await world.hooks.sent();
    },
    async deleteComment(act) {
      const { comment, by } = acting(act, "delete");
      deleteComment(world, repository, comment, by);
      await world.hooks.sent();
    },
  };
}

function commentWithId(repository: Repository, id: number): Comment {
  const comment = repository.comments.get(id);
  if (comment === undefined) throw new Error(`there is no comment ${id}`);
  return comment;
}

function milestoneNumbered(repository: Repository, number: number | null): Milestone | null {
  const milestone = number === null ? null : repository.milestones.get(number);
  if (milestone === undefined) throw new Error(`there is no milestone ${number}`);
  return milestone;
}
