import type { IsoDate } from "../words.ts";
import { isNone } from "./none.ts";

/**
 * A calendar date: `YYYY-MM-DD`, also in front of a time of day; null where the cell says "none". Where it cannot be read,
 * `wrong`, with the ISO form as a suggestion if only one day can be meant (`2025/11/7`).
 */
export function readDate(written: string): IsoDate | null | { readonly wrong: true; readonly suggestion: IsoDate | null } {
  const text = written.trim();
  if (isNone(text)) return null;
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.{0,20})?$/.exec(text)?.[1];
  if (iso !== undefined && isCalendarDate(iso)) return iso;
  const other = /^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/.exec(text);
  const meant = other === null ? null : `${other[1]}-${other[2]?.padStart(2, "0")}-${other[3]?.padStart(2, "0")}`;
  return { wrong: true, suggestion: meant !== null && isCalendarDate(meant) ? meant : null };
}

/** Whether `YYYY-MM-DD` names a day that exists. */
export function isCalendarDate(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && year > 0 && day >= 1 && day <= days;
}
