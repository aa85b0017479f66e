import type { Written } from "../own-spelling.ts";
import { readStatus } from "../status-spelling.ts";
import type { Plain } from "./plain-text.ts";
import { markBehind } from "./status-mark.ts";

/** A mark of a status behind the words of a line, `[done]`; `whole` = with the blank in front. */
export type MarkIn = Written & { readonly whole: string };

/** The marks of a file's lines, whatever they mark: they show how its marks are written. */
export function marksIn(lines: readonly string[], plain: Plain): readonly MarkIn[] {
  return lines.flatMap((line) => {
    const words = plain(line);
    const mark = markBehind(words);
    const reading = mark === null ? null : readStatus(mark.written);
    return mark === null || reading === null ? [] : [{ ...reading, writtenStatus: mark.written, whole: words.slice(mark.from, mark.to) }];
  });
}
