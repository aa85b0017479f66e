-- Up Migration

-- Installations that were deleted. Their number is all that is kept of them, so that what still arrives from there is not stored again.
create table departed_installations (
  id bigint primary key,
  at timestamptz not null default now()
);
