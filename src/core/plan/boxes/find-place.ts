import type { NewTask } from "../change.ts";
import { lineAt } from "../markdown/line-at.ts";
import { normalise } from "../token.ts";
import type { BoxRow } from "./box-plan.ts";
import type { Desk } from "./hand.ts";
import { linesOfItem } from "./read-boxes.ts";
import { type BoxItem, type Heading, phaseOf } from "./walk.ts";

/** Where a new item goes: right behind `at`. `like` is the neighbour it is written like, `blank` = a blank line is between neighbours. */
export type FreePlace = {
  readonly at: number;
  readonly indent: string;
  readonly like: BoxRow | null;
  readonly blank: boolean;
  readonly phase: string | null;
  /** The place begins a list of its own, below a heading. */
  readonly fresh: boolean;
};

type Standing = BoxRow & { readonly at: BoxItem };
const stands = (row: BoxRow | undefined): row is Standing => row !== undefined && row.at !== null;

/**
 * Where a task belongs: behind the one it is to follow; among the parts of what it is a part of; behind those that share its number's
 * front; at the end of its phase; at the end. A text says why there is no such place.
 */
export function findPlace(task: NewTask, after: BoxRow | null, desk: Desk): FreePlace | string {
  const { plan, hand, rows } = desk;
  const front = hand.parent(task.id);
  const parent = front === null ? undefined : rows.get(normalise(front));
  const level = hand.level(task.id);
  const equals = plan.rows.filter(stands).filter(({ task: { id } }) => hand.level(id) === level);
  const family = front === null ? [] : equals.filter(({ task: { id } }) => sameToken(hand.parent(id), front));
  if (after !== null && after !== parent) {
    const beside = stands(after) ? outTo(level, after, desk) : null;
    return beside === null ? "there is no list to add it to" : behind(beside, nearest(beside, equals, level, desk), desk);
  }
  const last = family.at(-1);
  if (last !== undefined) return behind(last, last, desk);
  if (stands(parent) && hand.nests) return inside(parent, equals, desk);
  if (parent !== undefined) return `there is no list of parts of ${parent.task.id}`;
  return inPhase(task.phase ?? null, equals, desk) ?? atTheEnd(equals, desk);
}

const sameToken = (a: string | null, b: string): boolean => a !== null && normalise(a) === normalise(b);

/** The item that an item stands in, as far out as the level asks. */
function outTo(level: number, row: Standing, { plan, hand }: Desk): Standing {
  let out = row;
  for (const item of row.at.within.toReversed()) {
    if (hand.level(out.task.id) <= level) return out;
    const around = plan.rows.filter(stands).find(({ at }) => at.item === item);
    if (around !== undefined) out = around;
  }
  return out;
}

const nearest = (beside: Standing, equals: readonly Standing[], level: number, { hand }: Desk): BoxRow | null =>
  hand.level(beside.task.id) === level ? beside : (equals.at(-1) ?? null);

function behind(row: Standing, like: BoxRow | null, { source: { text } }: Desk): FreePlace {
  const { from, to } = linesOfItem(row.at.item, text);
  const indent = text.slice(from, row.at.item.offset);
  return { at: to, indent, like, blank: isLoose(row.at, text), phase: phaseOf(row.at.headings), fresh: false };
}

/** The first part of a task: as other parts stand in what they are parts of. */
function inside(parent: Standing, equals: readonly Standing[], { source: { text } }: Desk): FreePlace {
  const { from, to } = linesOfItem(parent.at.item, text);
  const indent = text.slice(from, parent.at.item.offset);
  const like = equals.at(-1) ?? null;
  const apart = like !== null && like.at.within.length === 0;
  const deeper = apart ? indent : `${indent}${" ".repeat(Math.min(4, widthOf(like, text)))}`;
  return { at: to, indent: deeper, like, blank: apart && isLoose(parent.at, text), phase: phaseOf(parent.at.headings), fresh: false };
}

/** How far parts are indented. */
function widthOf(like: Standing | null, text: string): number {
  const around = like?.at.within.at(-1);
  if (like === null || around === undefined) return 2;
  const column = (offset: number): number => offset - lineAt(text, offset).from;
  return Math.max(2, column(like.at.item.offset) - column(around.offset));
}

function inPhase(phase: string | null, equals: readonly Standing[], desk: Desk): FreePlace | null {
  if (phase === null) return null;
  const named = nameOf(phase);
  const last = equals.findLast(({ task }) => task.phase !== null && nameOf(task.phase) === named);
  if (last !== undefined) return behind(last, last, desk);
  const heading = desk.plan.headings.find(({ title }) => nameOf(title) === named);
  return heading === undefined ? null : below(heading, equals.at(-1) ?? null, desk);
}

function below(heading: Heading, like: BoxRow | null, { source: { text } }: Desk): FreePlace {
  const next = lineAt(text, heading.end).next;
  const line = lineAt(text, next);
  const free = next < text.length && text.slice(line.from, line.to).trim() === "";
  return { at: free ? line.next : next, indent: "", like, blank: !free, phase: heading.title, fresh: true };
}

function atTheEnd(equals: readonly Standing[], desk: Desk): FreePlace | string {
  const last = equals.at(-1) ?? desk.plan.rows.findLast(stands);
  if (!stands(last)) return "there is no list to add it to";
  const outermost = outTo(Number.NEGATIVE_INFINITY, last, desk);
  return behind(equals.includes(last) ? last : outermost, last, desk);
}

const nameOf = (text: string): string => text.trim().toLowerCase();

/** Whether a blank line parts an item from a neighbour in its list. */
function isLoose({ item, list }: BoxItem, text: string): boolean {
  const index = list.items.indexOf(item);
  const [one, other] = index > 0 ? [list.items[index - 1], item] : [item, list.items[index + 1]];
  return one !== undefined && other !== undefined && /(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)/.test(text.slice(one.end, other.offset));
}
