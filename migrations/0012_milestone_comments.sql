-- Up Migration

-- The few comments on milestones among all that was ever written, looked at whenever tasks move.
create index posts_milestones on posts (repository_id) where key like 'milestone:%';
