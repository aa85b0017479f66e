import type { PlannedRole } from "../../words.ts";
import type { Context } from "./context.ts";
import type { Table } from "./document.ts";

/** Whether a table says who does what: a RACI table, or roles and what they are responsible for. */
export function isRoleTable(table: Table, headers: readonly string[], { plain }: Context): boolean {
  const [first = "", ...others] = headers.map((header) =>
    header
      .toLowerCase()
      .replace(/[^\p{L} ]+/gu, "")
      .trim(),
  );
  if (others.length === 0) return false;
  const duties = others.filter((header) => /^(?:r|a|c|i|responsible|accountable|consulted|informed)$/.test(header));
  if (duties.length >= 3) return true;
  if (/^(?:roles?|team role|position)$/.test(first))
    return others.some((header) => /responsib|dut(?:y|ies)|name|person|people|who|owner|member|contact|short|lead/.test(header));
  const cells = table.rows.slice(0, 100).flatMap((row) => row.cells.slice(1).map((cell) => plain(cell.text)));
  const letters = cells.filter((cell) => /^[RACIS](?: ?[/,&] ?[RACIS]){0,3}$/.test(cell)).length;
  return letters > 0 && others.length >= 2 && cells.every((cell) => /^(?:[RACIS](?: ?[/,&] ?[RACIS]){0,3}|[—–-]?)$/.test(cell));
}

export function readRoleTable(table: Table, headers: readonly string[], { plain, lineOf }: Context): readonly PlannedRole[] {
  return table.rows.flatMap((row) => {
    const [what = "", ...cells] = row.cells.map((cell) => plain(cell.text));
    const people = cells.flatMap((cell, index) => {
      const header = headers[index + 1] ?? "";
      return cell === "" || header === "" ? [] : [[header, cell] as const];
    });
    return what === "" ? [] : [{ what, people: Object.fromEntries(people), line: lineOf(row.offset) }];
  });
}
