import type { Source } from "./formats/format.ts";
import { linesOf } from "./line-index.ts";
import { type Document, readDocument } from "./markdown/document.ts";
import { type Plain, plainTexts } from "./markdown/plain-text.ts";
import { type ProblemList, problemList } from "./problem-list.ts";

/** A file that may be a plan. `named` = the configuration, a command or an earlier reading says that it is one. */
export type PlanFile = { readonly path: string; readonly text: string; readonly named?: boolean };

/** A file made ready for reading; its byte order mark is no part of `text`. What is dear is made when it is first asked for, and once. */
export function sourceOf({ path, text: written, named = false }: PlanFile): Source & { readonly problems: ProblemList } {
  const text = written.replace(/^\uFEFF/, "");
  const lines = linesOf(path, text);
  const problems = problemList(path, lines);
  let parsed: { readonly plain: Plain; readonly document: Document } | null = null;
  const markdown = () => {
    if (parsed === null) {
      const plain = plainTexts();
      parsed = { plain, document: readDocument(text, 0, plain) };
    }
    return parsed;
  };
  return { path, text, lines, named, report: problems.report, markdown, problems };
}
