import type { PlannedRisk } from "../../words.ts";
import type { Columns } from "../columns.ts";
import { cellText } from "../row.ts";
import type { Context } from "./context.ts";
import type { Table } from "./document.ts";
import { rowOf } from "./task-table.ts";

/** The risks of a table headed `ID | Risk | Impact | Likelihood | Mitigation`, in any order; without ids they are R1, R2 … by their place. */
export function readRiskTable(table: Table, columns: Columns, context: Context): readonly PlannedRisk[] {
  return table.rows.flatMap((written, index) => {
    const row = rowOf(written, columns, context);
    const title = cellText(row, "risk") ?? cellText(row, "title") ?? cellText(row, "detail");
    if (title === null) return [];
    return [
      {
        id: cellText(row, "id") ?? `R${index + 1}`,
        title,
        impact: cellText(row, "impact") ?? "",
        likelihood: cellText(row, "likelihood") ?? "",
        mitigation: cellText(row, "mitigation") ?? "",
        line: context.lineOf(written.offset),
      },
    ];
  });
}
