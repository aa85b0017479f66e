import type { Problem } from "../words.ts";
import { lineUrl, type Repository, sentence } from "./addresses.ts";
import { code, link } from "./escape.ts";

/** Errors first, else as they stand in the file. */
export const inOrder = (problems: readonly Problem[]): readonly Problem[] => problems.toSorted((a, b) => rank(a) - rank(b));

const rank = ({ severity }: Problem): number => ["error", "warning", "note"].indexOf(severity);

/** A problem with a link to its line and what is suggested instead. */
export function problemLine(repository: Repository, problem: Problem, place: string): string {
  const kind = { error: "**Error**", warning: "Warning", note: "Note" }[problem.severity];
  const hint = problem.suggestion === undefined ? "" : ` Suggestion: ${code(problem.suggestion, 160)}`;
  return `${kind} in ${link(place, lineUrl(repository, problem.path, problem.line))}: ${sentence(problem.message)}${hint}`;
}
