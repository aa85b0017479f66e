-- Up Migration

-- Which rules (`core/status/rules-edition.ts`) all tasks of a repository are derived by; 0 where that is not known, or several had a hand in it.
-- Whoever works by others has the repository derived again.
alter table repositories add column rules integer not null default 0;
