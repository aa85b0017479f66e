import type { BoardTask } from "../words.ts";
import { sourceLink } from "./addresses.ts";
import { type Dated, idLink } from "./task-cells.ts";
import { minute } from "./time.ts";
import { statusWords } from "./wording.ts";

/** The line below a text that says how fresh it is: which of these tasks changed its status last, when and by what. */
export function lastChange(shown: Dated, tasks: readonly BoardTask[]): string {
  const [latest] = tasks.toSorted((a, b) => b.state.since - a.state.since || b.line - a.line);
  if (latest === undefined) return "";
  const { status, since, cause } = latest.state;
  const source = cause.link === null ? "" : `, ${sourceLink(shown.web, cause.link)}`;
  return `_Last change of a status: ${minute(since, shown.timezone)}, ${idLink(shown, latest)} ${statusWords[status]}${source}._`;
}
