import { z } from "zod";
import { asJson } from "./log-line.ts";
import type { Paper } from "./paint.ts";
import { tableLines } from "./terminal-table.ts";

const status = z.object({ status: z.string() });
const entry = z.object({
  at: z.number(),
  actor: z.string().nullable(),
  action: z.string(),
  entityId: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  cause: z.object({ rule: z.string(), words: z.string() }).nullable(),
});
type Entry = z.infer<typeof entry>;

/** What `plankeeper audit show --json` said, as a table. */
export function auditLines(said: readonly string[], paper: Paper): readonly string[] {
  const rows = said.map((line) => {
    const read = entry.safeParse(asJson(line));
    return read.success ? [timeOf(read.data), whatOf(read.data), becauseOf(read.data)] : ["", line, ""];
  });
  return tableLines(["At", "What", "Because of"], rows, paper);
}

const timeOf = ({ at }: Entry): string => new Date(at).toISOString().slice(11, 16);

function whatOf({ action, entityId, before, after }: Entry): string {
  const [from, to] = [status.safeParse(before), status.safeParse(after)];
  if (action !== "task.status_changed" || !to.success) return action.startsWith("command.") ? action : `${action} ${entityId}`;
  return `${entityId.split("#").at(-1)} ${from.success ? `${from.data.status} → ` : ""}${to.data.status}`;
}

function becauseOf({ cause, actor }: Entry): string {
  const said = cause === null || cause.words === "" ? cause?.rule : `${cause.rule}: ${cause.words}`;
  return [...(said === undefined ? [] : [said]), ...(actor === null ? [] : [actor])].join(", by ");
}
