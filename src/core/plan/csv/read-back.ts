import type { DraftTask } from "../draft.ts";
import { noSection, readRow } from "../row.ts";
import type { CsvRecord } from "./records.ts";
import { rowOf } from "./row-of.ts";
import type { Shape } from "./shape.ts";
import { headerAgain } from "./table.ts";

/** What a row of these fields would be read as; null where it would be no task. */
export function readBack(fields: readonly string[], shape: Shape): DraftTask | null {
  const record: CsvRecord = { fields, from: 0, to: 0 };
  if (fields.length !== shape.width || headerAgain(record) !== null) return null;
  return readRow(rowOf("", record, shape), noSection, () => {});
}

/** What a row says by itself, so that two can be held against each other. The spelling of a status is no part of it. */
export function saidBy(task: DraftTask): string {
  const { place: _p, spot: _s, extent: _e, writtenStatus: _w, rollsUp: _r, steps: _t, number: _n, extra, ...said } = task;
  return JSON.stringify([said, Object.entries(extra)]);
}
