import type pg from "pg";
import { z } from "zod";
import { mentionsOf } from "../core/status/mentions.ts";
import { rulesEdition } from "../core/status/rules-edition.ts";
import { outweighs } from "../core/status/told-once.ts";
import { canonicalJson, type Fact, factSchema } from "../core/words.ts";
import type { Translation } from "../ports.ts";
import { forgetFolds } from "./kept-folds.ts";
import { addReadings } from "./receipt.ts";
import { fromMs } from "./sql-time.ts";

/** A row that could be read. */
type Read = Extract<Translation, { told: unknown }>;

/**
 * Stores what a batch was told: texts, facts with their mentions, where repositories are; parks what could not be read, and hands
 * other repositories their facts as readings. Answers with the facts that are new here, or known now to be earlier.
 */
export async function remember(
  client: pg.PoolClient,
  repository: number | null,
  translations: readonly Translation[],
): Promise<readonly Fact[]> {
  const all = translations.flatMap((translation) => ("unreadable" in translation ? [] : [translation]));
  await storeDeparted(client, all);
  const read = await withoutDeparted(client, all);
  const here = read.flatMap((translation) => translation.told.filter((told) => told.repository === repository).map((told) => told.fact));
  for (const translation of read) await handOver(client, repository, translation);
  if (repository === null) return [];
  const from = read.flatMap((translation) => (translation.from?.repository === repository ? [translation.from] : []))[0];
  if (from !== undefined) await storeAddress(client, from);
  // A reading may come after the repository was forgotten with its installation.
  else if (!here.some(({ kind }) => kind === "repository") && !(await isKnown(client, repository))) return [];
  await storeTexts(client, new Map(read.flatMap((translation) => [...translation.texts])));
  const fresh = await storeFacts(client, repository, here);
  await storeMentions(client, repository, fresh);
  if (fresh.some((fact) => fact.kind === "repository")) await storeRepository(client, repository);
  return fresh;
}

async function storeTexts(client: pg.PoolClient, texts: ReadonlyMap<string, string>): Promise<void> {
  if (texts.size === 0) return;
  await client.query(
    `insert into blobs (sha, body)
     select sha, body from unnest($1::text[], $2::bytea[]) as told (sha, body)
     on conflict do nothing`,
    [[...texts.keys()], [...texts.values()].map((text) => Buffer.from(text, "utf8"))],
  );
}

/** Installations that are gone for good: what is known of them is taken away by `forgetDeparted`. */
async function storeDeparted(client: pg.PoolClient, read: readonly Read[]): Promise<void> {
  const gone = read.flatMap(({ news }) => (news?.deleted === true ? [news.installation] : []));
  if (gone.length === 0) return;
  await client.query("insert into departed_installations (id) select unnest($1::bigint[]) on conflict do nothing", [gone]);
}

/** Without what arrives late from an installation that is gone. */
async function withoutDeparted(client: pg.PoolClient, read: readonly Read[]): Promise<readonly Read[]> {
  const installations = new Set(read.flatMap(({ from }) => (from === null ? [] : [from.installation])));
  if (installations.size === 0) return read;
  const { rows } = await client.query("select id from departed_installations where id = any ($1)", [[...installations]]);
  const departed = new Set(rows.map((row) => numberedRow.parse(row).id));
  return read.filter(({ from }) => from === null || !departed.has(from.installation));
}

const numberedRow = z.object({ id: z.number() });

async function isKnown(client: pg.PoolClient, repository: number): Promise<boolean> {
  const { rowCount } = await client.query("select from repositories where id = $1", [repository]);
  return rowCount !== 0;
}

/** Facts that concern another repository enter that repository's own lane, so that every lane writes only what is its own. */
async function handOver(client: pg.PoolClient, repository: number | null, translation: Read): Promise<void> {
  const elsewhere = new Map<number, Fact[]>();
  for (const told of [...translation.told, ...(await toldToAll(client, translation))]) {
    if (told.repository !== repository) elsewhere.set(told.repository, [...(elsewhere.get(told.repository) ?? []), told.fact]);
  }
  const known = await knownAmong(client, [...elsewhere.keys()]);
  const told = [...elsewhere].flatMap(([other, facts]) => {
    // That one issue is a part of another is told by either repository's hook: what is not ours to know is not kept.
    const kept = known.has(other) ? facts : facts.filter(({ kind }) => kind === "repository");
    return kept.length === 0 ? [] : [[other, kept] as const];
  });
  await addReadings(
    client,
    told.map(([other, facts]) => ({
      id: `told:${translation.delivery}:${other}`,
      kind: "told",
      body: { repository: other, facts },
      repository: other,
      live: true,
    })),
  );
}

async function knownAmong(client: pg.PoolClient, repositories: readonly number[]): Promise<ReadonlySet<number>> {
  if (repositories.length === 0) return new Set();
  const { rows } = await client.query("select id from repositories where id = any ($1) and present", [repositories]);
  return new Set(rows.map((row) => numberedRow.parse(row).id));
}

const knownRow = z.object({ id: z.number(), owner: z.string(), name: z.string(), private: z.boolean() });

/** News of an installation, as facts of each of its repositories that we know. */
async function toldToAll(client: pg.PoolClient, { news, delivery }: Read): Promise<Read["told"]> {
  if (news === null) return [];
  const { rows } = await client.query("select id, owner, name, private from repositories where installation_id = $1", [news.installation]);
  return rows.map((row) => {
    const { id: repository, ...known } = knownRow.parse(row);
    const { installation, present, at } = news;
    const told = { installation, present, at, ...known };
    const fact = { kind: "repository", thing: "repository", repository, defaultBranch: "", ...told } as const;
    return { repository, fact: { ...fact, id: `repository#news ${delivery}` } };
  });
}

/** A repository we never heard of: what its payloads say is enough to ask GitHub for the rest. */
async function storeAddress(client: pg.PoolClient, from: NonNullable<Read["from"]>): Promise<void> {
  await client.query(
    `insert into repositories (id, installation_id, owner, name, default_branch, private, rules) values ($1, $2, $3, $4, '', true, $5)
     on conflict (id) do nothing`,
    [from.repository, from.installation, from.owner, from.name, rulesEdition],
  );
}

const freshRow = z.object({ id: z.string(), moved: z.boolean() });

async function storeFacts(client: pg.PoolClient, repository: number, facts: readonly Fact[]): Promise<readonly Fact[]> {
  const once = new Map<string, Fact>();
  for (const fact of facts) {
    const known = once.get(fact.id);
    if (known === undefined || outweighs(fact, known)) once.set(fact.id, fact);
  }
  if (once.size === 0) return [];
  const rows = [...once.values()];
  const stored = await client.query(
    `insert into facts (repository_id, id, kind, thing, at, body)
     select $1, id, kind, thing, ${fromMs("at")}, body
     from unnest($2::text[], $3::text[], $4::text[], $5::float8[], $6::jsonb[]) as told (id, kind, thing, at, body)
     on conflict (repository_id, id) do update set at = excluded.at, body = excluded.body
       where excluded.at < facts.at or (excluded.at = facts.at and facts.body ? 'fromList' and not excluded.body ? 'fromList')
     returning id, xmax <> 0 as moved`,
    [
      repository,
      rows.map((fact) => fact.id),
      rows.map((fact) => fact.kind),
      rows.map((fact) => fact.thing),
      rows.map((fact) => fact.at),
      rows.map((fact) => canonicalJson(fact)),
    ],
  );
  const told = stored.rows.map((row) => freshRow.parse(row));
  // What a fact that is known to be earlier now told at its old time, and of whom, nobody knows any more.
  if (told.some((row) => row.moved)) await forgetFolds(client, repository);
  return told.flatMap(({ id }) => once.get(id) ?? []);
}

/** What the texts of these facts mention, as this version reads them. */
export async function storeMentions(client: pg.ClientBase, repository: number, facts: readonly Fact[]): Promise<void> {
  const mentions = facts.flatMap(mentionsOf);
  if (mentions.length === 0) return;
  await client.query(
    `insert into mentions (repository_id, token, thing)
     select $1, token, thing from unnest($2::text[], $3::text[]) as told (token, thing)
     on conflict do nothing`,
    [repository, mentions.map((mention) => mention.token), mentions.map((mention) => mention.thing)],
  );
}

/**
 * The newest fact says where the repository is, the newest that knows its default branch names that. Whether the app is in it is said by
 * installations alone, and by what came last: GitHub gives their events times that may stand still.
 */
async function storeRepository(client: pg.PoolClient, repository: number): Promise<void> {
  const { rows } = await client.query(
    "select body, seq from facts where repository_id = $1 and thing = 'repository' order by at desc, id desc",
    [repository],
  );
  const facts = rows.flatMap((row) => {
    const { body, seq } = repositoryRow.parse(row);
    return body.kind === "repository" ? [{ ...body, seq }] : [];
  });
  const newest = facts[0];
  if (newest === undefined) return;
  const branch = facts.find((fact) => fact.defaultBranch !== "")?.defaultBranch ?? "";
  const [presence] = facts.filter((fact) => fact.defaultBranch === "" || !fact.present).sort((a, b) => b.seq - a.seq);
  await client.query(
    `insert into repositories (id, installation_id, owner, name, default_branch, private, present, rules)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (id) do update set
       installation_id = excluded.installation_id, owner = excluded.owner, name = excluded.name,
       default_branch = case when excluded.default_branch = '' then repositories.default_branch else excluded.default_branch end,
       private = excluded.private, present = excluded.present`,
    [
      repository,
      presence?.installation ?? newest.installation,
      newest.owner,
      newest.name,
      branch,
      newest.private,
      presence?.present ?? true,
      rulesEdition,
    ],
  );
}

const repositoryRow = z.object({ body: factSchema, seq: z.number() });
