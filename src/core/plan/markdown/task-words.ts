import type { Field } from "../columns.ts";
import type { Context } from "./context.ts";
import type { Written } from "./document.ts";
import { readRemark } from "./remark.ts";
import type { Value } from "./spots.ts";
import { markBefore, markBehind, type StatusMark } from "./status-mark.ts";
import { idInFront } from "./task-id-in-words.ts";

/** What the words of an item or a heading say of a task, and what is left of them as its title. */
export type TaskWords = {
  readonly id: string | null;
  readonly number: string | null;
  readonly title: string;
  readonly cells: ReadonlyMap<Field, string>;
  /** The same, where their place in the file is known. */
  readonly values: ReadonlyMap<Field, Value>;
  readonly optional: boolean;
  /** The whole line is struck out: `~~title~~`. */
  readonly struckOut: boolean;
};

const mostWords = 1000;
const mostRemarks = 10;

/**
 * Takes a line apart: in front of its title a mark of its status, a priority and an id; behind it remarks in brackets, dates with an emoji,
 * owners and a mark. Behind a box a mark says nothing that the box does not, unless the box is `open`.
 */
export function readTaskWords(line: Written, box: "none" | "open" | "settled", context: Context): TaskWords {
  const whole = context.plain(line.text).slice(0, mostWords);
  const struck = /^~~(.+)~~$/.exec(whole)?.[1];
  const reading = beginReading(struck ?? whole, line, context);
  readFront(reading, box);
  readBack(reading, box);
  const { plain, from, to, id, number, cells, values, optional } = reading;
  const struckOut = struck !== undefined;
  return {
    id,
    number,
    struckOut,
    title: plain
      .slice(from, to)
      .replace(/ ?\(optional\)/i, "")
      .trim(),
    cells,
    values,
    optional,
  };
}

/** A line being read from both its ends. `first` and `last` = the stretch of the file that is still unread. */
type Reading = {
  readonly plain: string;
  readonly text: string;
  readonly marked: boolean;
  from: number;
  to: number;
  first: number;
  last: number;
  id: string | null;
  number: string | null;
  optional: boolean;
  readonly cells: Map<Field, string>;
  readonly values: Map<Field, Value>;
};

function beginReading(plain: string, line: Written, { text }: Context): Reading {
  const optional = /\(optional\)/i.test(plain);
  const marked = /^[^\p{L}\p{N}]*[*_`[]/u.test(line.text);
  const begin = { from: 0, to: plain.length, first: line.offset, last: line.end };
  return { plain, text, marked, ...begin, id: null, number: null, optional, cells: new Map(), values: new Map() };
}

function readFront(reading: Reading, box: "none" | "open" | "settled"): void {
  for (let count = 0; count < 4; count += 1) {
    const rest = reading.plain.slice(reading.from, reading.to);
    const priority = /^(?:([🔴🟠🟡🟢🔺⏫🔼🔽⏬])\uFE0F? ?|[[(](P[0-4])[\])] ?:? ?)/u.exec(rest);
    const said = priority?.[2] ?? priorities.get(priority?.[1] ?? "");
    // A red or a yellow dot is a status, unless a box says that already.
    const dot = box === "none" && (priority?.[1] === "🔴" || priority?.[1] === "🟡");
    const mark = markBefore(rest);
    if (priority !== null && said !== undefined && !dot) {
      note(reading, "priority", said);
      reading.from += priority[0].length;
    } else if (mark !== null) {
      noteMark(reading, mark, box, "front");
      reading.from += mark.to;
    } else {
      const picture = /^(?:\p{Extended_Pictographic}\uFE0F?\s*)?/u.exec(rest)?.[0].length ?? 0;
      const found = reading.id === null ? idInFront(rest.slice(picture), reading.marked) : null;
      if (found === null) return;
      reading.id = found.id;
      reading.number = found.number;
      reading.from += picture + found.to;
    }
  }
}

function readBack(reading: Reading, box: "none" | "open" | "settled"): void {
  for (let count = 0; count < mostRemarks; count += 1) {
    const rest = reading.plain.slice(reading.from, reading.to).trimEnd();
    reading.to = reading.from + rest.length;
    const cut = remarkBehind(reading, rest) ?? ownerBehind(reading, rest) ?? markedBehind(reading, rest, box);
    if (cut === null) return;
    reading.to = reading.from + cut;
  }
}

/** Where the title would end without the remark; null where none stands there. */
function remarkBehind(reading: Reading, rest: string): number | null {
  const dated = /\s?(📅|🗓|✅|🛫)\uFE0F?\s?(\d{4}-\d{2}-\d{2})$/u.exec(rest.slice(-40));
  if (dated !== null) {
    noteBehind(reading, dateOf.get(dated[1] ?? "") ?? "due", dated[2] ?? "");
    return rest.length - dated[0].length;
  }
  const priority = /\s?([🔺⏫🔼🔽⏬])\uFE0F?$/u.exec(rest.slice(-10));
  if (priority !== null) {
    note(reading, "priority", priorities.get(priority[1] ?? "") ?? "");
    return rest.length - priority[0].length;
  }
  const bracket = /\s?[([]([^()[\]]{1,200})[)\]]\.?$/.exec(rest.slice(-210));
  const remark = bracket === null ? null : readRemark(bracket[1] ?? "");
  if (bracket === null || remark === null) return null;
  if (remark.field === "id" && reading.id !== null) return null;
  if (remark.field === "id") reading.id = remark.says;
  else if (remark.field !== "optional") noteBehind(reading, remark.field, remark.says);
  return rest.length - bracket[0].length;
}

/** `@ann` at the end of a title is who does it; in code it is a name of the code's. */
function ownerBehind(reading: Reading, rest: string): number | null {
  const found = /(?:^|\s)(@[\p{L}\p{N}][\p{L}\p{N}_.-]{0,38}(?:,? @[\p{L}\p{N}][\p{L}\p{N}_.-]{0,38}){0,4})$/u.exec(rest.slice(-250));
  if (found === null || reading.text[reading.text.lastIndexOf(found[1] ?? "", reading.last) - 1] === "`") return null;
  noteBehind(reading, "owner", found[1] ?? "");
  return rest.length - found[0].length;
}

function markedBehind(reading: Reading, rest: string, box: "none" | "open" | "settled"): number | null {
  const mark = markBehind(rest);
  // Behind a box, words in brackets or behind a dash are the title's.
  if (mark === null || (box !== "none" && /[(—–-]/.test(rest.slice(mark.from, mark.at)))) return null;
  noteMark(reading, mark, box, "back");
  return mark.from;
}

function noteMark(reading: Reading, { written }: StatusMark, box: "none" | "open" | "settled", side: "front" | "back"): void {
  if (box === "settled" || reading.cells.has("status")) return;
  reading.cells.set("status", written);
  const { text, first, last } = reading;
  const at = side === "front" ? text.indexOf(written, first) : text.lastIndexOf(written, last - written.length);
  if (at < first || at + written.length > last) return;
  const kind = /^\[.\]/u.test(written) ? "box" : "mark";
  reading.values.set("status", { from: at, to: at + written.length, plain: written, kind });
  if (side === "back") reading.last = at;
}

/** The remark nearest to the title counts last: what is said once more is left as it is. */
function noteBehind(reading: Reading, field: Field, says: string): void {
  if (reading.cells.has(field)) return;
  note(reading, field, says);
  const at = reading.text.lastIndexOf(says, reading.last - says.length);
  if (at < reading.first) return;
  reading.values.set(field, { from: at, to: at + says.length, plain: says, kind: "value" });
  reading.last = at;
}

function note({ cells }: Reading, field: Field, says: string): void {
  if (!cells.has(field)) cells.set(field, says);
}

const priorities: ReadonlyMap<string, string> = new Map([
  ["🔴", "P0"],
  ["🟠", "P1"],
  ["🟡", "P2"],
  ["🟢", "P3"],
  ["🔺", "P0"],
  ["⏫", "P1"],
  ["🔼", "P2"],
  ["🔽", "P3"],
  ["⏬", "P4"],
]);
const dateOf: ReadonlyMap<string, Field> = new Map([
  ["📅", "due"],
  ["🗓", "due"],
  ["✅", "completed"],
  ["🛫", "start"],
]);
