-- Up Migration

-- What the fold of a task with many events had come to by a time, so that the next batch goes on from there. Made from facts, never truth:
-- whoever deletes rows here costs time only. `rules` = the code that folded.
create table kept_folds (
  repository_id bigint not null,
  scope text not null,
  token text not null,
  at bigint not null,
  steps integer not null,
  rules text not null,
  body jsonb not null,
  primary key (repository_id, scope, token)
);

-- Its events after that time.
create table kept_events (
  repository_id bigint not null,
  scope text not null,
  token text not null,
  key text not null,
  body jsonb not null,
  primary key (repository_id, scope, token, key)
);

-- Names of what its events up to then spoke of, so that one that comes up again is known.
create table kept_names (
  repository_id bigint not null,
  scope text not null,
  token text not null,
  name text not null,
  primary key (repository_id, scope, token, name)
);
