import type { Token } from "../../words.ts";
import type { DraftTask } from "../draft.ts";
import type { LineSpan } from "./line-spans.ts";
import type { Fields } from "./record.ts";
import type { JsonObject } from "./tree.ts";

/** A record of a file of Beads; `task` is null where it is a deleted issue, or something else that is no task. */
export type Issue = {
  readonly object: JsonObject;
  readonly line: LineSpan;
  readonly fields: Fields;
  readonly token: Token;
  readonly task: DraftTask | null;
};
