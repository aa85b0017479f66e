/** SQL for an instant column as epoch milliseconds (an exact whole number). */
export const inMs = (column: string): string => `(extract(epoch from ${column}) * 1000)::bigint`;

/** SQL for a parameter in epoch milliseconds as a timestamp. */
export const fromMs = (parameter: string): string => `to_timestamp(${parameter}::double precision / 1000)`;
