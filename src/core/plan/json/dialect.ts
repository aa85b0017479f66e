import type { Scope, Status, Token } from "../../words.ts";
import type { NewTask } from "../change.ts";
import type { Field } from "../columns.ts";
import type { Entry } from "./record.ts";
import type { Put } from "./splices.ts";
import type { JsonArray, JsonObject, Member } from "./tree.ts";
import type { Written } from "./values.ts";

/** How one tool writes its tasks. */
export type Dialect = {
  /** The usual order of an object's keys. */
  readonly order: readonly string[];
  /** Keys that the tool has for a field even where no task of the file has it. */
  readonly usual: Readonly<Partial<Record<Field, string>>>;
  /** Keys of texts that a new task has empty where its neighbour has them. Lists it has empty anyway. */
  readonly texts: ReadonlySet<string>;
  /** What a new task without any neighbour has beside what is said of it, as JSON. */
  readonly bare: Readonly<Record<string, string>>;
  readonly priority: "word" | "number";
  /** Under which key a task's sub-tasks stand. */
  readonly nested: string;
  /** The members that say a status, of a task that is there or (null) of a new one; and why it cannot be said. */
  readonly status: (status: Status, entry: Entry | null) => { readonly puts: readonly Put[]; readonly because: string | null };
  /** An id as a dependency writes it. */
  readonly dependency: (id: string, home: Home) => Written;
  /** Where a new task goes, or why it cannot go anywhere. */
  readonly home: (task: NewTask, where: { readonly scope: Scope; readonly after: Entry | null; readonly find: Find }) => Home | string;
};

/**
 * Where a new task goes: behind which part of which list (null: one that is not there yet) of which object, whose sub-task it becomes,
 * its id as it is written there, and the group that it comes to stand in.
 */
export type Home = {
  readonly list: JsonArray | null;
  readonly within: JsonObject | JsonArray;
  readonly holder: Entry | null;
  readonly index: number;
  readonly id: string;
  readonly group: string | null;
};

export type Find = (scope: Scope, token: Token) => Entry | null;

/** What a file shows of how its tasks are written. */
export type Manner = {
  readonly dialect: Dialect;
  readonly quote: (text: string) => string;
  /** For each field the first member of the file that holds it. */
  readonly like: ReadonlyMap<Field, Member>;
};
