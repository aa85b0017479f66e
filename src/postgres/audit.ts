import { createHash } from "node:crypto";
import type pg from "pg";
import { z } from "zod";
import { type AuditEntry, canonicalJson } from "../core/words.ts";
import { fromMs, inMs } from "./sql-time.ts";

/** What the first entry of a repository's chain follows. */
export const genesis = "0".repeat(64);

const headRow = z.object({ hash: z.string() });

/** Appends to the repository's chain; `deliveries` tells by fact which delivery brought it. Only under its lane's lock: `unique (repository_id, previous_hash)` refuses a second branch. */
export async function appendAudit(
  client: pg.ClientBase,
  repository: number,
  entries: readonly AuditEntry[],
  deliveries: ReadonlyMap<string, string>,
): Promise<void> {
  if (entries.length === 0) return;
  const { rows } = await client.query("select hash from audit_log where repository_id = $1 order by id desc limit 1", [repository]);
  let previous = rows[0] === undefined ? genesis : headRow.parse(rows[0]).hash;
  const linked = entries.map((entry) => {
    const delivery = deliveries.get(entry.cause?.fact ?? "") ?? deliveries.get("") ?? null;
    const link = { entry, delivery, previous, hash: hashOf(repository, entry, delivery, previous) };
    previous = link.hash;
    return link;
  });
  const column = (value: (link: (typeof linked)[number]) => unknown) => linked.map(value);
  const json = (value: unknown) => (value === null ? null : canonicalJson(value));
  await client.query(
    `insert into audit_log (repository_id, at, actor, action, entity_type, entity_id, before, after, cause, delivery_id, previous_hash, hash)
     select $1, ${fromMs("at")}, actor, action, entity_type, entity_id, before, after, cause, delivery, previous, hash
     from unnest($2::float8[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[], $8::jsonb[], $9::jsonb[], $10::text[], $11::text[], $12::text[])
       with ordinality as said (at, actor, action, entity_type, entity_id, before, after, cause, delivery, previous, hash, position)
     order by position`,
    [
      repository,
      column(({ entry }) => entry.at),
      column(({ entry }) => entry.actor),
      column(({ entry }) => entry.action),
      column(({ entry }) => entry.entityType),
      column(({ entry }) => entry.entityId),
      column(({ entry }) => json(entry.before)),
      column(({ entry }) => json(entry.after)),
      column(({ entry }) => json(entry.cause)),
      column((link) => link.delivery),
      column((link) => link.previous),
      column((link) => link.hash),
    ],
  );
}

function hashOf(repository: number, entry: AuditEntry, delivery: string | null, previous: string): string {
  return createHash("sha256")
    .update(canonicalJson({ repository, ...entry, delivery, previous }))
    .digest("hex");
}

/** An audit entry as stored, for showing and for proving. */
export type StoredAudit = AuditEntry & {
  readonly id: number;
  readonly repository: number;
  readonly delivery: string | null;
  readonly previous: string;
  readonly hash: string;
};

const storedRow = z.object({
  id: z.number(),
  repository: z.number(),
  at: z.number(),
  actor: z.string().nullable(),
  action: z.enum([
    "plan.imported",
    "plan.removed",
    "task.created",
    "task.status_changed",
    "task.history_corrected",
    "task.removed",
    "task.restored",
    "command.accepted",
    "command.refused",
    "config.changed",
    "config.refused",
  ]),
  entityType: z.enum(["plan", "task", "comment", "configuration"]),
  entityId: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  cause: z
    .object({ fact: z.string(), rule: z.string(), actor: z.string().nullable(), link: z.string().nullable(), words: z.string() })
    .nullable(),
  delivery: z.string().nullable(),
  previous: z.string(),
  hash: z.string(),
});

const selectAudit = `select id, repository_id as repository, ${inMs("at")} as at, actor, action, entity_type as "entityType", entity_id as "entityId",
  before, after, cause, delivery_id as delivery, previous_hash as previous, hash from audit_log`;

/** A page of one repository's audit log, oldest first, after the given entry. */
export async function auditPage(
  pool: pg.Pool | pg.ClientBase,
  repository: number,
  after: number,
  most: number,
): Promise<readonly StoredAudit[]> {
  const { rows } = await pool.query(`${selectAudit} where repository_id = $1 and id > $2 order by id limit $3`, [repository, after, most]);
  return rows.map((row) => storedRow.parse(row));
}

export type ChainProof = {
  readonly repository: number;
  readonly entries: number;
  readonly broken: { readonly id: number; readonly why: string } | null;
};

/** Proves a repository's chain from its first entry, or names the first broken link. */
export async function proveChain(pool: pg.Pool | pg.ClientBase, repository: number): Promise<ChainProof> {
  let previous = genesis;
  let entries = 0;
  let after = 0;
  for (;;) {
    const page = await auditPage(pool, repository, after, 1000);
    for (const { id, repository: _, delivery, previous: follows, hash, ...entry } of page) {
      if (follows !== previous) return { repository, entries, broken: { id, why: "it does not follow the entry before it" } };
      if (hashOf(repository, entry, delivery, follows) !== hash)
        return { repository, entries, broken: { id, why: "its content does not fit its hash" } };
      previous = hash;
      entries += 1;
      after = id;
    }
    if (page.length < 1000) return { repository, entries, broken: null };
  }
}

const namedRow = z.object({ id: z.number(), name: z.string() });

/** Proofs of every repository's chain; repositories that are known no longer go by their number. */
export async function proveChains(pool: pg.Pool): Promise<readonly (ChainProof & { readonly name: string })[]> {
  const { rows } = await pool.query(
    `select audited.id, coalesce(repositories.owner || '/' || repositories.name, 'repository ' || audited.id) as name
     from (select distinct repository_id as id from audit_log) as audited left join repositories on repositories.id = audited.id order by 1`,
  );
  const proofs: (ChainProof & { readonly name: string })[] = [];
  for (const row of rows) {
    const { id, name } = namedRow.parse(row);
    proofs.push({ name, ...(await proveChain(pool, id)) });
  }
  return proofs;
}

/** The newest entries, oldest first, of one repository (`owner/name`) or of all; null where there is no such repository. */
export async function newestAudit(
  pool: pg.Pool,
  asked: { readonly repository: string | null; readonly last: number },
): Promise<readonly StoredAudit[] | null> {
  const { rows: known } = await pool.query(
    "select id, owner || '/' || name as name from repositories where $1::text is null or owner || '/' || name = $1",
    [asked.repository],
  );
  if (known.length === 0 && asked.repository !== null) return null;
  const ids = known.map((row) => namedRow.parse(row).id);
  const { rows } = await pool.query(`${selectAudit} where repository_id = any ($1) order by id desc limit $2`, [ids, asked.last]);
  return rows.map((row) => storedRow.parse(row)).reverse();
}
