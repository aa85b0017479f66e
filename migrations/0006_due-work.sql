-- Up Migration

-- What is to be done for a repository at certain times although nothing happens there. Whoever claims a row moves `due_at` on in the same
-- transaction, so that of several processes one does it. `done_at` = when it was claimed last.
create table due_work (
  repository_id bigint not null,
  what text not null,
  due_at timestamptz not null,
  done_at timestamptz,
  primary key (repository_id, what)
);
create index due_work_due on due_work (what, due_at);

-- The few pull requests that edit plans, among all that were ever read.
create index facts_plan_edits on facts (repository_id, thing) where kind = 'pull-content' and body -> 'texts' <> '[]'::jsonb;
