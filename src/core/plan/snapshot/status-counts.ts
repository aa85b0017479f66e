import { type PlannedTask, type Status, statuses } from "../../words.ts";
import type { Splice } from "../change.ts";
import { linesIn } from "../markdown/line-at.ts";
import { ownSpelling } from "../own-spelling.ts";
import { readStatus } from "../status-spelling.ts";

/**
 * The splices that bring lines such as `Total tasks: 70 · todo 64 · done 2` or `Status counts: todo: 64, done: 2` up to date: each number in
 * the words and the order of its line; a status that the line does not name and tasks have comes last. Only lines that begin where `counts`
 * says so. Where two lines give a total, or the counts, which of them counts what is not known, and both stay.
 */
export function countSplices(text: string, counts: (at: number) => boolean, tasks: readonly PlannedTask[]): readonly Splice[] {
  const found = linesIn(text).flatMap(({ from, to }) => {
    const line = readCounts(text.slice(from, Math.min(to, from + longest + 1)));
    return line === null || !counts(from) ? [] : [{ ...line, offset: from }];
  });
  const totals = found.filter(({ total }) => total !== null);
  const lists = found.filter(({ counted }) => counted.length > 0);
  return found.flatMap((line) => {
    const total = totals.length === 1 && line.total !== null ? [numberSplice(line.total, tasks.length)] : [];
    const each = lists.length === 1 && line.counted.length > 0 ? countedSplices(line, tasks) : [];
    return [...total, ...each].map(({ from, to, text }) => ({ from: from + line.offset, to: to + line.offset, text }));
  });
}

type Digits = { readonly from: number; readonly to: number };
/** `64` and its word; `from` and `to` of the whole, without the blanks around it. */
type Counted = { readonly word: string; readonly number: Digits; readonly from: number; readonly to: number };
type CountLine = { readonly text: string; readonly total: Digits | null; readonly counted: readonly Counted[]; readonly joint: string };

const longest = 400;
const label =
  /^[\s>]{0,20}(?:[-*+]\s+|\d{1,3}[.)]\s+)?[*_]{0,2}(?:(total(?: number of)? tasks|tasks total|task count|number of tasks)|(?:task )?status(?: counts?| summary)|statuses|(?:counts|tasks) by status)[*_]{0,2}\s?:[*_]{0,2}\s*/i;

function readCounts(text: string): CountLine | null {
  if (text.length > longest) return null;
  const head = label.exec(text);
  if (head === null) return null;
  const counted: Counted[] = [];
  let total: Digits | null = null;
  let joint = ", ";
  let from = head[0].length;
  for (const [index, part] of text
    .slice(from)
    .split(/(\s*[·•,|;/]\s*|\s[—–-]\s|\s*\()/)
    .entries()) {
    const one = index % 2 === 0 ? partAt(part, from) : null;
    if (index % 2 === 1 && counted.length > 0 && part.trim() !== "(") joint = part;
    if (index === 0 && head[1] !== undefined && one?.word === "") total = one.number;
    else if (one !== null && one.word !== "") counted.push(one);
    else if (index % 2 === 0) return null;
    from += part.length;
  }
  return { text, total, counted, joint };
}

/** `64 todo`, `todo: **64**` or a bare number; null where it is none of these. */
function partAt(part: string, offset: number): Counted | null {
  const found = /^([*_\s]*)(?:(\d{1,9})[*_]*(?:\s+(\D+?))?|(\D+?)(\s*[:=]?\s*[*_]*)(\d{1,9}))[*_]*[)\s.]*$/u.exec(part);
  if (found === null) return null;
  const [, marks = "", first, after = "", before = "", glue = "", last] = found;
  const word = `${after}${before}`.replace(/[*_]+$/, "").trim();
  if (word !== "" && !/^tasks?$/i.test(word) && readStatus(word) === null) return null;
  const written = first ?? last ?? "";
  const at = offset + marks.length + (first === undefined ? before.length + glue.length : 0);
  const from = offset + part.length - part.trimStart().length;
  const to = offset + part.replace(/[)\s.]+$/, "").length;
  return { word: /^tasks?$/i.test(word) ? "" : word, number: { from: at, to: at + written.length }, from, to };
}

const numberSplice = ({ from, to }: Digits, count: number): Splice => ({ from, to, text: String(count) });

/** Each task counts for the word it is spelt with, else for the first word of its status. */
function countedSplices({ text, counted, joint }: CountLine, tasks: readonly PlannedTask[]): readonly Splice[] {
  const counts = counted.map(() => 0);
  const unnamed = new Map<Status, number>();
  for (const task of tasks) {
    const index = indexFor(task, counted);
    if (index >= 0) counts[index] = (counts[index] ?? 0) + 1;
    else unnamed.set(task.status, (unnamed.get(task.status) ?? 0) + 1);
  }
  const last = counted.at(-1);
  const added = statuses.map((status) => {
    const count = unnamed.get(status) ?? 0;
    return last === undefined || count === 0 ? "" : joint + alike(last, { text, word: wordFor(status, counted, tasks), count });
  });
  const end = last?.to ?? 0;
  return [...counted.map(({ number }, index) => numberSplice(number, counts[index] ?? 0)), { from: end, to: end, text: added.join("") }];
}

function indexFor(task: PlannedTask, counted: readonly Counted[]): number {
  const readings = counted.map(({ word }) => readStatus(word));
  const own = counted.findIndex(({ word }, index) => bare(word) === bare(task.writtenStatus) && readings[index]?.status === task.status);
  if (own >= 0) return own;
  const close = readings.findIndex((reading) => reading?.status === task.status && reading.recurring === task.recurring);
  return close >= 0 ? close : readings.findIndex((reading) => reading?.status === task.status);
}

function wordFor(status: Status, counted: readonly Counted[], tasks: readonly PlannedTask[]): string {
  const own = ownSpelling(status, tasks);
  const rows = counted.flatMap(({ word }) => {
    const reading = readStatus(word);
    return reading === null ? [] : [{ ...reading, writtenStatus: word }];
  });
  return ownSpelling(status, rows, /^\p{L}/u.test(own) ? { [status]: own } : {});
}

/** A count in the form of another one of its line. */
function alike({ number, word, from, to }: Counted, now: { readonly text: string; readonly word: string; readonly count: number }): string {
  const before = now.text.slice(from, number.from).replace(word, () => now.word);
  const after = now.text.slice(number.to, to).replace(word, () => now.word);
  return before + now.count + after;
}

const bare = (word: string): string => word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
