import type { Problem } from "../words.ts";
import type { LineIndex } from "./line-index.ts";
import { type ProblemCode, problem } from "./problems.ts";

/** What is wrong, at which offset of the file, and what could stand there instead. */
export type Finding = { readonly at: number; readonly message: string; readonly suggestion?: string | undefined };

/** Notes a problem. What is to be said is asked for only where it will be listed: a place or a suggestion can be dear to find. */
export type Report = (code: ProblemCode, find: () => Finding) => void;

export type ProblemList = { readonly report: Report; readonly has: (code: ProblemCode) => boolean; readonly all: () => readonly Problem[] };

/** No more than this many problems of one code are listed for one file; a last one counts the rest. */
export const mostOfOneCode = 200;

/** Collects the problems of one file, or one folder of files, and gives them back in the order of their places. */
export function problemList(path: string, lines: LineIndex): ProblemList {
  const listed: Problem[] = [];
  const counts = new Map<ProblemCode, number>();
  const report: Report = (code, find) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    if (count > mostOfOneCode) return;
    const { at, message, suggestion } = find();
    listed.push(problem(code, { path, ...lines.placeOf(at) }, message, suggestion));
  };
  const all = (): readonly Problem[] => {
    const sorted = listed.toSorted((a, b) => (a.path === b.path ? a.line - b.line || a.column - b.column : a.path < b.path ? -1 : 1));
    return [...sorted, ...omitted(sorted, counts)];
  };
  return { report, has: (code) => counts.has(code), all };
}

function omitted(listed: readonly Problem[], counts: ReadonlyMap<ProblemCode, number>): readonly Problem[] {
  return [...counts].flatMap(([code, count]) => {
    const last = listed.findLast((one) => one.code === code);
    if (count <= mostOfOneCode || last === undefined) return [];
    return [problem(code, last, `and ${count - mostOfOneCode} more of this kind`)];
  });
}
