-- Up Migration

-- Where the app is installed. Ids are GitHub's; owner and name are only how to reach it.
create table repositories (
  id bigint primary key,
  installation_id bigint not null,
  owner text not null,
  name text not null,
  default_branch text not null,
  private boolean not null,
  present boolean not null default true
);

-- Webhooks and readings, kept byte for byte: jsonb and text would refuse NUL and lone surrogates.
create table inbox (
  row_id bigint generated always as identity primary key,
  id text not null unique,
  event text not null,
  lane text not null,
  body bytea not null,
  received_at timestamptz not null default now(),
  live boolean not null default true,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'parked')),
  attempts integer not null default 0,
  not_before timestamptz not null default '-infinity',
  error text,
  done_at timestamptz
);
create index inbox_waiting on inbox (lane, live desc, row_id) where state = 'waiting';
create index inbox_parked on inbox (row_id) where state = 'parked';
create index inbox_done on inbox (done_at) where state = 'done';
alter table inbox alter column body set storage external;

-- Plan and configuration texts by git blob sha.
create table blobs (
  sha text primary key,
  body bytea not null
);

-- Facts are added, never edited: only "at" may move to an earlier time when another route knew one.
create table facts (
  repository_id bigint not null,
  id text not null,
  seq bigint generated always as identity,
  kind text not null,
  thing text not null,
  at timestamptz not null,
  body jsonb not null,
  primary key (repository_id, id)
);
create index facts_thing on facts (repository_id, thing);
create index facts_pull_head on facts (repository_id, (body ->> 'headSha')) where kind = 'pull';

-- Which things speak of which token: `AUTH-5`, or a relation such as `sha:<commit>`.
create table mentions (
  repository_id bigint not null,
  token text not null,
  thing text not null,
  primary key (repository_id, token, thing)
);
create index mentions_thing on mentions (repository_id, thing);

-- One row for each plan file ever seen. `body` is the whole row as the core knows it: its newest readable version, milestones, problems.
create table plans (
  repository_id bigint not null,
  path text not null,
  role text not null check (role in ('plan', 'snapshot', 'removed')),
  body jsonb not null,
  primary key (repository_id, path)
);

-- `declared` is the newest row of the plan; the rest is derived. `folded` is null between the first sight of a row and its derivation.
create table tasks (
  repository_id bigint not null,
  scope text not null,
  token text not null,
  path text not null,
  position integer not null,
  present boolean not null,
  declared jsonb not null,
  title text not null,
  status text,
  since timestamptz,
  cause jsonb,
  folded jsonb,
  primary key (repository_id, scope, token)
);
create index tasks_token on tasks (repository_id, token);
create index tasks_path on tasks (repository_id, path);

-- Which tasks wait for which, by the newest plan versions (`plan`) and by commands (`hold`): an index, not truth.
create table dependencies (
  repository_id bigint not null,
  scope text not null,
  token text not null,
  depends_on text not null,
  kind text not null check (kind in ('plan', 'hold')),
  primary key (repository_id, scope, token, depends_on, kind)
);
create index dependencies_on on dependencies (repository_id, scope, depends_on);

-- What each plan version states: rows whose status differs from the version before it.
create table plan_changes (
  repository_id bigint not null,
  path text not null,
  fact_id text not null,
  scope text not null,
  token text not null,
  body jsonb not null,
  primary key (repository_id, fact_id, scope, token)
);
create index plan_changes_token on plan_changes (repository_id, token, scope);

create table transitions (
  repository_id bigint not null,
  scope text not null,
  token text not null,
  seq integer not null,
  at timestamptz not null,
  before text,
  after text not null,
  cause jsonb not null,
  primary key (repository_id, scope, token, seq)
);

create table audit_log (
  id bigint generated always as identity primary key,
  repository_id bigint not null,
  at timestamptz not null,
  actor text,
  action text not null,
  entity_type text not null,
  entity_id text not null,
  before jsonb,
  after jsonb,
  cause jsonb,
  delivery_id text,
  previous_hash text not null,
  hash text not null,
  unique (repository_id, previous_hash)
);
create index audit_log_repository on audit_log (repository_id, id);

-- The audit log only grows. Delete is possible while an installation is being forgotten, update and truncate never.
create function audit_log_only_grows() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('plankeeper.forgetting', true) = 'yes' then
    return old;
  end if;
  raise exception 'audit_log only grows: % is refused', tg_op;
end
$$;
create trigger audit_log_no_change before update or delete on audit_log for each row execute function audit_log_only_grows();
create trigger audit_log_no_truncate before truncate on audit_log for each statement execute function audit_log_only_grows();

-- What we wrote on GitHub and where. `state` = 'writing' means we may have been killed between the call and this row.
create table posts (
  repository_id bigint not null,
  key text not null,
  remote_id bigint,
  hash text not null,
  again text,
  state text not null check (state in ('writing', 'written', 'observed')),
  body jsonb,
  at timestamptz not null default now(),
  primary key (repository_id, key)
);

-- Living processes: each holds the session advisory lock of its number.
create table workers (
  process integer generated always as identity primary key,
  worker_ids text[] not null default '{}',
  started_at timestamptz not null default now()
);
