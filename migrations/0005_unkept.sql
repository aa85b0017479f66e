-- Up Migration

-- Checks of merged pull requests whose promise is not kept yet: few among many, looked at whenever tasks move.
create index posts_unkept on posts (repository_id) where key like 'check:%' and body ->> 'unkept' = 'true';
