import type { Known } from "../evidence/known.ts";
import { readReferences } from "../evidence/read-references.ts";
import { nowhere, tasksMeant } from "../evidence/settle.ts";
import { type Configuration, type IssueFact, mayDo, type Role, type Status } from "../words.ts";
import { linkTo, rankOfIssue, type TaskEvent } from "./event.ts";
import { blockingLabel, labelledStatus } from "./labels.ts";

/** The tasks (by `rowKey`) an issue is linked to: by a label that names one, or by a title that begins with its id when the author may triage. */
export function linksOf(issue: IssueFact, known: Known, role: Role | null): ReadonlyMap<string, string> {
  if (issue.state === "gone") return new Map();
  const byLabel = issue.labels.flatMap((label) =>
    readReferences(label, "label", known).references.map((reference) => ({ reference, words: `label: ${label}` })),
  );
  const trusted = role !== null && mayDo(role, "triage");
  const byTitle = !trusted
    ? []
    : readReferences(issue.title, "title", known)
        .references.filter((reference) => beginsTitle(issue.title, reference.start))
        .map((reference) => ({ reference, words: `title: ${reference.words}` }));
  const links = [...byTitle, ...byLabel];
  const around = { ...nowhere, said: links.map(({ reference }) => reference) };
  return new Map(links.flatMap(({ reference, words }) => tasksMeant(reference, known, around).map((task) => [task, words] as const)));
}

/** Whether the title may name a task at its beginning, so that the author's permission is worth asking for. */
export function beginsTitle(title: string, start: number): boolean {
  return /^[\s[(#]*$/.test(title.slice(0, start));
}

/**
 * An issue snapshot as events of the tasks (by `rowKey`) it is linked to, and of those (`tasks`) it may have been linked to before or is by a
 * command.
 */
export function issueEvents(input: {
  readonly issue: IssueFact;
  readonly links: ReadonlyMap<string, string>;
  readonly tasks: ReadonlySet<string>;
  readonly configuration: Configuration;
  /** Of whoever closed or reopened it; null while that has not been read. */
  readonly actor: Role | null;
}): readonly (readonly [string, TaskEvent])[] {
  return [...input.tasks].flatMap((task) => {
    const words = input.links.get(task) ?? null;
    const { act } = input.issue;
    const told = act === null || input.actor === null || !mayDo(input.actor, "triage") ? [] : [actEvent(input.issue, act, words)];
    return [standing(input.issue, input.configuration, words), ...told].map((event) => [task, event] as const);
  });
}

/** The issue as it stood. One that is gone has no labels any more, and no words either. */
function standing(issue: IssueFact, configuration: Configuration, words: string | null): TaskEvent {
  const labels = issue.state === "gone" ? [] : issue.labels;
  const blocked = blockingLabel(labels, configuration);
  const label = labelledStatus(labels, configuration);
  return {
    kind: "issue",
    number: issue.number,
    links: words !== null,
    label,
    blocked,
    state: issue.state,
    assignees: issue.assignees,
    milestone: issue.milestone,
    at: issue.at,
    rank: rankOfIssue(issue.state),
    id: issue.id,
    cause: {
      fact: issue.id,
      rule: blocked !== null || label !== null ? "label" : "label-removed",
      actor: issue.actor,
      link: linkTo(issue),
      words: blocked ?? label ?? "",
    },
  };
}

function actEvent(issue: IssueFact, act: "closed" | "reopened", words: string | null): TaskEvent {
  const { status, rule } = meaningOf(act, issue.reason);
  return {
    kind: "issue-act",
    number: issue.number,
    links: words !== null,
    status,
    at: issue.at,
    rank: rankOfIssue(act === "closed" ? "closed" : "open"),
    id: `${issue.id}:act`,
    cause: { fact: issue.id, rule, actor: issue.actor, link: linkTo(issue), words: words ?? "" },
  };
}

/** A duplicate is done elsewhere, if at all. Older servers give no reason. */
function meaningOf(act: "closed" | "reopened", reason: string | null): { readonly status: Status; readonly rule: string } {
  if (act === "reopened") return { status: "in-progress", rule: "issue-reopened" };
  if (reason === "not_planned" || reason === "duplicate") return { status: "deferred", rule: "issue-not-planned" };
  return { status: "completed", rule: "issue-closed" };
}
