import { markup } from "./characters.ts";
import { markdownPassages } from "./markdown-passages.ts";

/** Whether a pull request asks to be left alone: `[no-plan]` in its title, or `plan: ignore` alone on a line of its body. Letter case is free. */
export function optsOut(title: string, body: string): boolean {
  if (title.toLowerCase().includes("[no-plan]")) return true;
  if (!/plan:\s*ignore/i.test(body)) return false;
  return markdownPassages(body).some((passage) =>
    passage.text
      .replaceAll(markup, "")
      .split(/[\r\n]/)
      .some((line) => alone.test(line)),
  );
}

const alone = /^\s*plan:[ \t]*ignore\s*$/i;
