const header = "id,phase,task,owner,status,priority,dependencies,estimated_hours,completion_date,artifacts,verification,notes,codex_hints";

/** The id of the task in this row. */
export const taskId = (row: number): string => `TASK-${String(row + 1).padStart(5, "0")}`;

/** A plan in the strict form of 13 columns, every task but the first waiting for one before it. */
export function csvPlan(tasks: number): string {
  const rows = Array.from({ length: tasks }, (_, row) => {
    const waitsFor = row === 0 ? "" : taskId(Math.floor(row / 2));
    return `${taskId(row)},M${row % 6},"Build part ${row + 1} of it",backend,todo,P${row % 3},"${waitsFor}",${2 + (row % 7)},,,,,`;
  });
  return `${[header, ...rows].join("\n")}\n`;
}
