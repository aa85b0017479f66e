import { isNone } from "./none.ts";

/** What an estimate without a unit counts in, by its column's heading. */
export type Unit = "hours" | "days";

const hoursPerDay = 8;
const hours: ReadonlyMap<string, number> = new Map([
  ["m", 1 / 60],
  ["min", 1 / 60],
  ["mins", 1 / 60],
  ["h", 1],
  ["hr", 1],
  ["hrs", 1],
  ["hour", 1],
  ["hours", 1],
  ["d", hoursPerDay],
  ["day", hoursPerDay],
  ["days", hoursPerDay],
  ["w", 5 * hoursPerDay],
  ["week", 5 * hoursPerDay],
  ["weeks", 5 * hoursPerDay],
]);

/** An estimate in hours (`4h`, `6`, `1.5 d` = 12, a week = 40); null where the cell says "none", undefined where it cannot be read. */
export function readHours(written: string, unit: Unit): number | null | undefined {
  if (isNone(written)) return null;
  const parts = /^~?\s*(\d{1,7}(?:[.,]\d{1,6})?)\s*([a-z]*)\.?$/i.exec(written.trim());
  if (parts === null) return undefined;
  const factor = parts[2] === "" ? (unit === "days" ? hoursPerDay : 1) : hours.get(parts[2]?.toLowerCase() ?? "");
  return factor === undefined ? undefined : Math.round(Number(parts[1]?.replace(",", ".")) * factor * 100) / 100;
}
