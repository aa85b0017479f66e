import { rowOf } from "./markdown-parts.ts";
import type { Check, Comment, Issue, Received } from "./received.ts";

/** GitHub as people see it after what the app wrote: the questions that the story's expectations ask. */
export type Seen = {
  readonly issues: readonly Issue[];
  /** The comments on the app's own issue. */
  readonly summaries: readonly Comment[];
  /** The first of them, "" before there is one. */
  readonly summary: string;
  /** The row of a task in that list of the summary, "" where it is not in it. */
  blocked(id: string): string;
  inProgress(id: string): string;
  ready(id: string): string;
  /** The texts of comments on any other issue. */
  replies(issue: number): readonly string[];
  faces(comment: number): readonly string[];
  checks(sha: string): readonly Check[];
};

export function look({ issues, comments, checks, reactions }: Received): Seen {
  const own = issues.map(({ number }) => number);
  const summaries = comments.filter(({ issue }) => own.includes(issue));
  const summary = summaries[0]?.body ?? "";
  return {
    issues,
    summaries,
    summary,
    blocked: (id) => rowOf(summary, "Blockers", id),
    inProgress: (id) => rowOf(summary, "In progress", id),
    ready: (id) => rowOf(summary, "Ready next", id),
    replies: (issue) => comments.filter((one) => one.issue === issue && !own.includes(issue)).map(({ body }) => body),
    faces: (comment) => reactions.filter((one) => one.comment === comment).map(({ content }) => content),
    checks: (sha) => checks.filter((one) => one.sha === sha),
  };
}
