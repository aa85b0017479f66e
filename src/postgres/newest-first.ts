/** SQL for the order of snapshots of one thing, newest first, as `core/status/one-second.ts` has it: `row` = how the statement calls them. */
export const newestFirst = (row: string): string =>
  `${row}.at desc, (${row}.body ->> 'state' in ('merged', 'gone')) desc, coalesce(jsonb_array_length(${row}.body -> 'settles') + 1, 0) desc,
   (${row}.body ->> 'state' = 'closed') desc, ${row}.id desc`;
