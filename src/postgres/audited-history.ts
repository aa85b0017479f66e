import type pg from "pg";
import { z } from "zod";
import { auditPage, type StoredAudit } from "./audit.ts";

type Told = { readonly at: number; readonly before: string | null; readonly after: string };

const transitionSchema = z.object({ at: z.number(), before: z.string().nullable(), after: z.string() });
const statusSchema = z.object({ status: z.string() });

/** Histories as the audit tells them, corrections applied, by entity id and in order of time. */
export async function auditedHistory(client: pg.ClientBase | pg.Pool, repository: number): Promise<ReadonlyMap<string, readonly Told[]>> {
  const histories = new Map<string, Told[]>();
  let after = 0;
  for (;;) {
    const page = await auditPage(client, repository, after, 1000);
    for (const entry of page) {
      const history = histories.get(entry.entityId) ?? [];
      histories.set(entry.entityId, history);
      tell(history, entry);
      after = entry.id;
    }
    if (page.length < 1000) break;
  }
  for (const history of histories.values()) history.sort((a, b) => a.at - b.at);
  return histories;
}

function tell(history: Told[], entry: StoredAudit): void {
  if (entry.action === "task.created") history.push({ at: entry.at, before: null, after: statusSchema.parse(entry.after).status });
  if (entry.action === "task.status_changed")
    history.push({ at: entry.at, before: statusSchema.parse(entry.before).status, after: statusSchema.parse(entry.after).status });
  if (entry.action !== "task.history_corrected") return;
  const gone = transitionSchema.parse(entry.before);
  const index = history.findIndex((told) => told.at === gone.at && told.before === gone.before && told.after === gone.after);
  if (index >= 0) history.splice(index, 1);
}
