import type pg from "pg";
import { canonicalJson, type Derived, type DerivedTask, type Effect, effectKey, type Planned } from "../core/words.ts";
import { appendAudit } from "./audit.ts";
import { storeKeepings } from "./kept-folds.ts";
import { addJobs } from "./outbox.ts";
import { fromMs } from "./sql-time.ts";

/** Statuses, histories, audit and effects of a batch. The caller's transaction marks the inbox rows done and commits. */
export async function commitDerived(
  client: pg.ClientBase,
  repository: number,
  outcome: {
    readonly derived: Derived;
    readonly planned: Planned;
    readonly effects: readonly Effect[];
    readonly deliveries: ReadonlyMap<string, string>;
  },
): Promise<void> {
  const { derived, planned } = outcome;
  await storeFolded(client, repository, derived.tasks);
  await storeTransitions(client, repository, derived.tasks);
  await storeWaits(client, repository, derived.tasks);
  await storeKeepings(client, repository, derived.keepings);
  await appendAudit(client, repository, [...planned.audit, ...derived.audit], outcome.deliveries);
  await addJobs(
    client,
    repository,
    outcome.effects.map((effect) => ({ effect, key: effectKey(effect) })),
  );
}

async function storeFolded(client: pg.ClientBase, repository: number, tasks: readonly DerivedTask[]): Promise<void> {
  if (tasks.length === 0) return;
  await client.query(
    `update tasks set status = said.status, since = ${fromMs("said.since")}, cause = said.cause, folded = said.folded
     from unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::jsonb[], $7::jsonb[]) as said (scope, token, status, since, cause, folded)
     where tasks.repository_id = $1 and tasks.scope = said.scope and tasks.token = said.token`,
    [
      repository,
      tasks.map((task) => task.scope),
      tasks.map((task) => task.token),
      tasks.map((task) => task.folded.state.status),
      tasks.map((task) => task.folded.state.since),
      tasks.map((task) => canonicalJson(task.folded.state.cause)),
      tasks.map(({ folded: { state, track, waitsFor }, present }) => canonicalJson({ state, track, waitsFor, present })),
    ],
  );
}

/** A history is written from the first transition that differs on: what stands before it has not moved. */
async function storeTransitions(client: pg.ClientBase, repository: number, tasks: readonly DerivedTask[]): Promise<void> {
  const changes = tasks.map((task) => {
    const before = task.stored?.history ?? [];
    const after = task.folded.history;
    let kept = 0;
    while (kept < before.length && kept < after.length && canonicalJson(before[kept]) === canonicalJson(after[kept])) kept += 1;
    // Of a task that goes on from a kept fold both histories begin after what it came to before.
    const first = (task.earlier ?? 0) + kept;
    const shortens = kept < before.length;
    return { task, first, shortens, added: after.slice(kept).map((transition, index) => ({ transition, seq: first + index })) };
  });
  const shortened = changes.filter(({ shortens }) => shortens);
  if (shortened.length > 0) {
    await client.query(
      `delete from transitions using unnest($2::text[], $3::text[], $4::int[]) as said (scope, token, kept)
       where transitions.repository_id = $1 and transitions.scope = said.scope and transitions.token = said.token and seq >= kept`,
      [repository, shortened.map(({ task }) => task.scope), shortened.map(({ task }) => task.token), shortened.map(({ first }) => first)],
    );
  }
  const rows = changes.flatMap(({ task, added }) => added.map((each) => ({ ...each, task })));
  if (rows.length === 0) return;
  await client.query(
    `insert into transitions (repository_id, scope, token, seq, at, before, after, cause)
     select $1, scope, token, seq, ${fromMs("at")}, before, after, cause
     from unnest($2::text[], $3::text[], $4::int[], $5::float8[], $6::text[], $7::text[], $8::jsonb[]) as said (scope, token, seq, at, before, after, cause)`,
    [
      repository,
      rows.map(({ task }) => task.scope),
      rows.map(({ task }) => task.token),
      rows.map(({ seq }) => seq),
      rows.map(({ transition }) => transition.at),
      rows.map(({ transition }) => transition.before),
      rows.map(({ transition }) => transition.after),
      rows.map(({ transition }) => canonicalJson(transition.cause)),
    ],
  );
}

/** Whom a task waits for by command, so that it is derived anew when they move. */
async function storeWaits(client: pg.ClientBase, repository: number, tasks: readonly DerivedTask[]): Promise<void> {
  const edges = tasks.flatMap((task) => task.folded.waitsFor.map((on) => ({ task, on })));
  if (edges.length === 0) return;
  await client.query(
    `insert into dependencies (repository_id, scope, token, depends_on, kind)
     select $1, scope, token, depends_on, 'hold' from unnest($2::text[], $3::text[], $4::text[]) as said (scope, token, depends_on)
     on conflict do nothing`,
    [repository, edges.map(({ task }) => task.scope), edges.map(({ task }) => task.token), edges.map(({ on }) => on)],
  );
}
