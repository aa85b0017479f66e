/** What texts say about tasks. */
import type { Status, Token } from "./basic.ts";

export const places = ["commit", "title", "branch", "body", "comment", "label"] as const;
export type Place = (typeof places)[number];

export type Verb = "complete" | "mention" | "start" | "reopen" | "revert" | `status:${Status}`;
/** How a mention stood. Only bare ones may claim completion from a title, label or branch. */
export type Stance = "bare" | "linked" | "negated" | "question" | "merge" | "todo";

/** A mention resolved to an id the plan knows. Offsets count UTF-16 units of the text as given. */
export type Reference = {
  readonly token: Token;
  /** The words before `#` that say which of several tasks with this id is meant (`014-roadmap#T012`). */
  readonly scope: string | null;
  readonly verb: Verb;
  readonly stance: Stance;
  /** A linking word that is bookkeeping (`auto-block`, `depends on`, `see`): no sign of work on the task. */
  readonly idle: boolean;
  readonly start: number;
  readonly end: number;
  /** The words it was read from, as written. */
  readonly words: string;
  /** A plain sentence: why it was read so. */
  readonly because: string;
};

/** An id that looks like the plan's own but is not in it, with the nearest that are. */
export type IdWarning = { readonly text: string; readonly token: Token; readonly nearest: readonly string[]; readonly because: string };

export type TextReading = { readonly references: readonly Reference[]; readonly warnings: readonly IdWarning[] };

/** The task a command names, as written; `scope` = the words before `#`, where there are any. */
type Named = { readonly token: Token; readonly scope?: string; readonly written: string };

/** A command as written in a comment. `problem` = it cannot be carried out as written, and why. */
export type Command =
  | {
      readonly kind: "status";
      readonly token: Token | null;
      readonly scope?: string;
      readonly written: string;
      readonly status: Status | null;
      readonly reason: string;
    }
  | ({ readonly kind: "block"; readonly on: Token | null; readonly reason: string } & Named)
  | ({ readonly kind: "unblock" } & Named)
  /** The issue it stands in is about the task from now on, or is no longer (`linked` false). */
  | ({ readonly kind: "link"; readonly linked: boolean } & Named)
  /** `token` null: the newest command of the same person in the same place. */
  | { readonly kind: "undo"; readonly token: Token | null; readonly scope?: string; readonly written: string }
  | ({ readonly kind: "why" } & Named)
  /** `text` = what is to be read as a comment. */
  | { readonly kind: "explain"; readonly text: string }
  /** The history is to be read (again). */
  | { readonly kind: "sync" }
  | { readonly kind: "help" }
  | { readonly kind: "unknown"; readonly written: string; readonly problem: string };
