import type { PlannedRisk } from "../../words.ts";
import type { Columns } from "../columns.ts";
import { text } from "../row.ts";
import type { Context } from "./context.ts";
import type { Table } from "./document.ts";
import { rowOf } from "./task-table.ts";

/** The risks of a table headed `ID | Risk | Impact | Likelihood | Mitigation`, in any order; without ids they are R1, R2 … by their place. */
export function readRiskTable(table: Table, columns: Columns, context: Context): readonly PlannedRisk[] {
  return table.rows.flatMap((written, index) => {
    const row = rowOf(written, columns, context);
    const title = text(row, "risk") ?? text(row, "title") ?? text(row, "detail");
    if (title === null) return [];
    return [
      {
        id: text(row, "id") ?? `R${index + 1}`,
        title,
        impact: text(row, "impact") ?? "",
        likelihood: text(row, "likelihood") ?? "",
        mitigation: text(row, "mitigation") ?? "",
        line: context.lineOf(written.offset),
      },
    ];
  });
}
