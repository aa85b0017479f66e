-- Up Migration

-- For what is due by a schedule of the repository's own: the schedule that `due_at` was reckoned from, and how many versions of the
-- configuration were known then, so that only a repository with new ones is looked at again.
alter table due_work add column schedule text;
alter table due_work add column versions integer;
