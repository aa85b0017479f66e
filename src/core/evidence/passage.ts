/**
 * A stretch of text that is read by itself: no verb reaches out of it. `text` is as long as what it covers, from `at` on; what is
 * not to be read in it is masked (`characters.ts`), so that every offset in it is an offset in the text as given.
 */
export type Passage = {
  readonly at: number;
  readonly text: string;
  readonly as: "prose" | "branch" | "label";
  /** `subject`: a title or first line, where `fix:` is a type of change. `item`: of a list. */
  readonly role: "subject" | "item" | "text";
  /** What the passage as a whole can say, whatever its words: `revert` of all it names, or mentions alone. Null for any. */
  readonly bound: "revert" | "mention" | "merge" | "todo" | null;
};

/** Prose without anything special about it. */
export const prose = (at: number, text: string): Passage => ({ at, text, as: "prose", role: "text", bound: null });
