import type { BoardTask, IssueName, LinkedIssue } from "../words.ts";
import { count, series } from "./block.ts";
import { inline, linkAround } from "./escape.ts";

/** `#7` as a link; an issue elsewhere by its name alone, because a link would tell that repository of every answer given here. */
export function issueLink(web: string, { repository, number }: IssueName): string {
  return repository === null ? linkAround(`#${number}`, `${web}/issues/${number}`) : inline(`${repository}#${number}`, 140);
}

/** The issues that speak for a task, one safe line each: how they stand, whose they are, what they wait for and how many parts are done. */
export function issueLines(web: string, { state }: BoardTask, amount: number): readonly string[] {
  const lines = state.issues.map((issue) => `Issue ${issueLink(web, { repository: null, number: issue.number })}: ${standing(web, issue)}`);
  return lines.length > amount ? [...lines.slice(0, amount), `… and ${count(lines.length - amount, "more issue")}`] : lines;
}

function standing(web: string, { open, assignees, milestone, parts, waitsFor }: LinkedIssue): string {
  const people = assignees.slice(0, 5).map((login) => inline(login, 40));
  const unknown = parts.unknown === 0 ? "" : ` (${parts.unknown} not known here)`;
  return [
    open ? "open" : "closed",
    ...(people.length === 0 ? [] : [`assigned to ${series(people)}${assignees.length > people.length ? " and others" : ""}`]),
    ...(milestone === null ? [] : [`milestone ${inline(milestone, 80)}`]),
    ...(parts.all === 0 ? [] : [`${parts.closed} of ${count(parts.all, "sub-issue")} closed${unknown}`]),
    ...(waitsFor.length === 0 ? [] : [`blocked by ${issueNames(web, waitsFor)}`]),
  ].join(", ");
}

/** Issues by name, at most five. */
export function issueNames(web: string, names: readonly IssueName[]): string {
  const shown = names.slice(0, 5).map((name) => issueLink(web, name));
  return series(names.length > shown.length ? [...shown, `${names.length - shown.length} more`] : shown);
}
