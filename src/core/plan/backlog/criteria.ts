import type { FolderFile } from "../folder.ts";

/** The boxes below a task's heading “Acceptance Criteria”, up to the next heading: how many are open, how many ticked. */
export function criteriaOf(text: string, { from, to }: FolderFile): { readonly open: number; readonly done: number } {
  let open = 0;
  let done = 0;
  let asked = false;
  let fenced = false;
  for (const line of text.slice(from, to).split(/\r\n|\n|\r/)) {
    if (/^ {0,3}(?:```|~~~)/.test(line)) fenced = !fenced;
    if (fenced) continue;
    if (/^##?[ \t]/.test(line)) asked = /^##[ \t]+acceptance criteria\b/i.test(line);
    const box = asked ? /^[ \t]{0,8}[-*+][ \t]{1,4}\[([ xX])\][ \t]/.exec(line)?.[1] : undefined;
    if (box === " ") open += 1;
    else if (box !== undefined) done += 1;
  }
  return { open, done };
}
