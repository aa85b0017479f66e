import type { Token } from "../../words.ts";
import type { NewTask } from "../change.ts";
import type { Refusal, Source } from "../formats/format.ts";
import type { BoxPlan, BoxRow } from "./box-plan.ts";
import type { Marks } from "./marks.ts";

/** What reading a file of boxes comes to; null where it is of another format. */
export type BoxReading = BoxPlan | { readonly refusal: Refusal } | null;

/** What stands behind the box of a new task, the lines below it, and which of its fields are said by them. */
export type Composed = { readonly words: string; readonly below: readonly string[]; readonly says: readonly (keyof NewTask)[] };

/** How one format is written. */
export type Hand = {
  readonly marks: Marks;
  readonly read: (source: Source) => BoxReading;
  /** The words of a new task, written like those of a neighbour; a text says why there are none. */
  readonly compose: (task: NewTask, like: BoxRow | null) => Composed | string;
  /** The id of the task that an id is a part of; null where ids say nothing of that. */
  readonly parent: (id: string) => string | null;
  /** How deep an id stands: parts deeper than what they are parts of. */
  readonly level: (id: string) => number;
  /** Parts stand as items inside the item that they are parts of; otherwise in a list of their own. */
  readonly nests: boolean;
  /** A day of completion with all that is written around it; null where the format has no place for one. */
  readonly completion: ((day: string) => string) | null;
};

/** What an edit of boxes works with. `rows` holds the first row of each token: the one that counts. */
export type Desk = {
  readonly source: Source;
  readonly plan: BoxPlan;
  readonly rows: ReadonlyMap<Token, BoxRow>;
  readonly hand: Hand;
};
