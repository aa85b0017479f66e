import { taskKey } from "../schedule/task-key.ts";
import { releasesOf, type Subject, type Way } from "../status/why.ts";
import { type BoardTask, unreachable } from "../words.ts";
import { pullLink } from "./addresses.ts";
import { code, inline } from "./escape.ts";
import { issueLink } from "./issue-lines.ts";
import { idLink, type Linking } from "./task-cells.ts";

/** What would release a blocked task, one safe clause each: `all` of it together, or any of it. */
export type Releases = { readonly clauses: readonly string[]; readonly all: boolean };

type Known = ReadonlyMap<string, BoardTask>;

/**
 * Asks what would release a blocked task: the same words wherever that is shown. `known` = the board's tasks by `taskKey` (`tasksByKey`).
 */
export function releasesIn(shown: Linking, known: Known): (task: BoardTask) => Releases {
  const said = waysIn(shown, known);
  return (task) => {
    const { ways, all } = releasesOf(task.id, task.state);
    return { clauses: ways.map((way) => said(task, way)), all };
  };
}

/** Releases as one clause, for a cell or a sentence; of many, the first three. */
export function releaseWords({ clauses, all }: Releases): string {
  const shown = clauses.length > 3 ? [...clauses.slice(0, 3), `${clauses.length - 3} more`] : clauses;
  return shown.join(all ? ", and " : ", or ");
}

/** Says a way of changing a task's status as a safe clause, what it is about as a link, and the command for it. */
export function waysIn(shown: Linking, known: Known): (task: BoardTask, way: Way) => string {
  return (task, { before, subject, after, command }) =>
    [
      inline(before, 300),
      subject === null ? "" : subjectLink(shown, known.get(taskKey(task.scope, subject.name)), subject),
      inline(after, 300),
      command === null ? "" : `(${code(command, 90)})`,
    ]
      .filter((part) => part !== "")
      .join(" ");
}

function subjectLink(shown: Linking, other: BoardTask | undefined, subject: Subject): string {
  const number = Number(/^#(\d+)$/.exec(subject.name)?.[1] ?? Number.NaN);
  switch (subject.kind) {
    case "task":
      return other === undefined ? code(subject.name, 60) : idLink(shown, other);
    case "workflow":
      return code(subject.name, 60);
    case "issue":
      return issueNamed(shown.web, subject.name);
    case "labelled":
      if (Number.isNaN(number)) return inline(subject.name, 60);
      return subject.on === "pull" ? pullLink(shown.web, number) : issueLink(shown.web, { repository: null, number });
    default:
      return unreachable(subject);
  }
}

function issueNamed(web: string, name: string): string {
  const [, repository = "", number = ""] = /^(.*)#(\d+)$/s.exec(name) ?? [];
  if (number === "") return inline(name, 140);
  return issueLink(web, { repository: repository === "" ? null : repository, number: Number(number) });
}
