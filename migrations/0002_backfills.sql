-- Up Migration

-- How far the reading of a repository's history has come: one row for each kind of thing, read in the order of their positions.
-- `cursor` is where the next page begins (null: at the beginning); it moves in the transaction that stores the page, so that whoever
-- goes on after a death doubles nothing and leaves nothing out. `requests` = who asked: the facts of `/plan sync`, or `first`.
create table backfills (
  repository_id bigint not null,
  kind text not null,
  position integer not null,
  since timestamptz not null,
  cursor jsonb,
  done integer not null default 0,
  remaining integer,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  error text,
  not_before timestamptz,
  requests text[] not null,
  requested_at timestamptz not null default now(),
  finished_at timestamptz,
  primary key (repository_id, kind)
);
