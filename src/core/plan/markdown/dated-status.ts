import type { Row } from "../draft.ts";
import { readStatus } from "../status-spelling.ts";

/** A row whose status says when it was done, `✅ Done (2026-01-02)`, where no other field does: the date is that of its completion. */
export function withDatedStatus(row: Row, text: string): Row {
  if (row.cells.has("completed")) return row;
  const found = /^(.*[^\s(]) ?\((\d{4}-\d{2}-\d{2})\)$/u.exec(row.cells.get("status")?.slice(0, 100) ?? "");
  const [, status = "", date = ""] = found ?? [];
  if (found === null || readStatus(status)?.status !== "completed") return row;
  return {
    ...row,
    cells: new Map([...row.cells, ["status", status], ["completed", date]]),
    spot: (field) => {
      // What stands behind the status would else be its remark.
      const remark = row.cells.has("notes") ? null : (row.spot?.("notes") ?? null);
      if (field === "notes" && remark !== null) return null;
      if (field !== "completed") return row.spot?.(field) ?? null;
      const place = row.spot?.("completed") ?? remark;
      const at = place === null ? -1 : text.slice(place.from, place.to).indexOf(date);
      return place === null || at < 0 ? null : { ...place, from: place.from + at, to: place.from + at + date.length };
    },
  };
}
