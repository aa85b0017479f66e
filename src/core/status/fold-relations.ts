import type { Finding, IssueName, LinkedIssue, Token } from "../words.ts";
import type { TaskEvent } from "./event.ts";
import { setHold } from "./fold-holds.ts";
import { type FoldState, type IssueEvent, type RelationEvent, underneath } from "./fold-state.ts";

/** The issues that speak for the task now, with what they wait for and what they consist of. */
export function linkedIssues(state: FoldState): readonly LinkedIssue[] {
  return linked(state).map((issue) => {
    const parts = relationsOf(state, issue, "part").map(({ other }) => isOpen(state, other));
    return {
      number: issue.number,
      open: issue.state === "open",
      assignees: issue.assignees,
      milestone: issue.milestone,
      waitsFor: waits(state, issue).map(({ other }) => other),
      parts: {
        all: parts.length,
        closed: parts.filter((open) => open === false).length,
        unknown: parts.filter((open) => open === null).length,
      },
    };
  });
}

/** `dependencies: block`: a hold for each issue that a linked one waits for, while it does and the other is open. */
export function settleWaits(state: FoldState, event: TaskEvent): void {
  if (!moving.has(event.kind)) return;
  const edges = linked(state).flatMap((issue) => waits(state, issue));
  const standing = new Map(edges.map((edge) => [`waits:${nameOf(edge.other)}`, edge]));
  for (const key of [...state.holds.keys()]) if (key.startsWith("waits:") && !standing.has(key)) setHold(state, key, null, event);
  // Whoever made the issue wait is the cause, even where it was linked to the task only later.
  for (const [key, edge] of standing) setHold(state, key, `waiting on ${nameOf(edge.other)}`, { ...event, cause: edge.cause });
}

/** What can begin or end a wait. */
const moving: ReadonlySet<TaskEvent["kind"]> = new Set(["issue", "issue-act", "link", "relation", "other-issue"]);

/** A task may be done with parts of its issue left over: odd, and no more than that. */
export function relationFindings(state: FoldState, token: Token): readonly Finding[] {
  if (underneath(state) !== "completed") return [];
  return linkedIssues(state).flatMap(({ number, parts: { all, closed, unknown } }): readonly Finding[] => {
    const open = all - closed - unknown;
    if (open === 0) return [];
    return [
      {
        code: "parts-open",
        token,
        message: `completed, though ${open} of ${all} sub-issues of #${number} ${open === 1 ? "is" : "are"} open`,
        link: `issues/${number}`,
      },
    ];
  });
}

/** `#7`, or `owner/name#7`. */
const nameOf = ({ repository, number }: IssueName): string => `${repository ?? ""}#${number}`;

function linked(state: FoldState): readonly IssueEvent[] {
  return [...state.issues.values()]
    .filter((issue) => issue.state !== "gone" && (issue.links || state.linked.has(issue.number)))
    .sort((a, b) => a.number - b.number);
}

/** An issue that is closed waits for nothing any more. */
function waits(state: FoldState, issue: IssueEvent): readonly RelationEvent[] {
  return issue.state === "open" ? relationsOf(state, issue, "waits-for").filter(({ other }) => isOpen(state, other) !== false) : [];
}

function relationsOf(state: FoldState, { number }: IssueEvent, relation: RelationEvent["relation"]): readonly RelationEvent[] {
  return [...state.relations.values()]
    .filter((edge) => edge.of === number && edge.relation === relation && edge.stands)
    .sort((a, b) => (nameOf(a.other) < nameOf(b.other) ? -1 : 1));
}

/** Null: it lives elsewhere, or was never seen. Nobody here can say, so it counts as open where somebody waits for it. */
function isOpen(state: FoldState, { repository, number }: IssueName): boolean | null {
  return repository === null ? (state.others.get(number) ?? null) : null;
}
