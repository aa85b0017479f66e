import type { Annotation, Problem, Severity } from "../words.ts";
import { plain } from "./escape.ts";
import { inOrder } from "./problem.ts";
import type { PullView } from "./views.ts";

/** As many annotations as GitHub takes in one request; more would need a second one, and none can be taken back. */
export const mostAnnotations = 50;

/** The problems in the plan and configuration files that a pull request edits, errors first. */
export function problemsOf(pull: PullView): readonly Problem[] {
  return inOrder([...pull.planEdits.flatMap((edit) => edit.problems), ...pull.configurationProblems]);
}

/** Those that the pull request brings, and those that stood in the files before. */
export function newProblems(pull: PullView): readonly Problem[] {
  const isOld = wasThere(pull);
  return problemsOf(pull).filter((problem) => !isOld(problem));
}

export const oldProblems = (pull: PullView): readonly Problem[] => problemsOf(pull).filter(wasThere(pull));

function wasThere(pull: PullView): (problem: Problem) => boolean {
  const name = ({ code, path, line, message }: Problem): string => JSON.stringify([code, path, line, message]);
  const old = new Set(pull.planEdits.flatMap((edit) => edit.old.map(name)));
  return (problem) => old.has(name(problem));
}

/** Whether a pull request has to do with tasks of the plan at all. */
export const isNamed = ({ rows, planEdits, configurationEdit, reverts }: PullView): boolean =>
  rows.length > 0 || planEdits.length > 0 || configurationEdit !== null || reverts.tasks.length > 0;

/** Problems as annotations on their lines, each once. Plain text. */
export function annotationsOf(problems: readonly Problem[]): readonly Annotation[] {
  const all = problems.map((problem) => ({
    path: problem.path,
    line: Math.max(1, problem.line),
    level: levels[problem.severity],
    title: titleOf(problem.code),
    message: messageOf(problem),
  }));
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()].slice(0, mostAnnotations);
}

const levels = { error: "failure", warning: "warning", note: "notice" } as const satisfies Record<Severity, string>;

const titleOf = (problem: string): string => plain(problem.charAt(0).toUpperCase() + problem.slice(1).replaceAll("-", " "), 100);

const messageOf = ({ message, suggestion }: Problem): string =>
  plain(message, 1000) + (suggestion === undefined ? "" : `\nSuggestion: ${plain(suggestion, 1000)}`);
