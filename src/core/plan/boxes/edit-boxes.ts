import type { Token } from "../../words.ts";
import { type Change, type FormatEdit, type Splice, type Unwritten, unwritable } from "../change.ts";
import type { Source } from "../formats/format.ts";
import { addBox } from "./add-box.ts";
import type { BoxRow } from "./box-plan.ts";
import type { BoxReading, Desk, Hand } from "./hand.ts";
import { holds } from "./holds.ts";
import { removeBoxes } from "./remove-boxes.ts";
import { setBox } from "./set-box.ts";

type Structural = Exclude<Change, { readonly kind: "set" }>;

/** Each try is a reading, which takes the parser up to 4 s for the largest file: all tries together read no more than half a megabyte, or two files. */
const mostTries = (text: string): number => Math.max(2, Math.min(20, Math.floor(500_000 / (text.length + 1))));

/**
 * Writes changes into a file of boxes. A status is one sign between brackets. What adds or takes away lines is read again before it
 * counts: where the new text would say anything else than the plan with the change, the change is left out and told.
 */
export function editBoxes(source: Source, reading: Exclude<BoxReading, null>, changes: readonly Change[], hand: Hand): FormatEdit {
  if ("refusal" in reading) {
    const { because, at } = reading.refusal;
    return { splices: [], unwritten: changes.map((change) => unwritable(change, because, at)) };
  }
  const rows = new Map<Token, BoxRow>();
  for (const row of reading.rows) if (!rows.has(row.task.token)) rows.set(row.task.token, row);
  const desk: Desk = { source, plan: reading, rows, hand };

  const structural: readonly Structural[] = changes.filter((change) => change.kind !== "set");
  const set = merged(changes.flatMap((change) => (change.kind === "set" ? [setBox(change, desk)] : [])));
  if (structural.length === 0) return set;
  const whole = attempt(structural, set, desk);
  if (holds(changes, whole, desk)) return { splices: whole.splices, unwritten: whole.unwritten };
  return oneByOne(structural, changes, set, desk);
}

/** Where all together would not be read as meant, each change is taken that is when it joins those before it. */
function oneByOne(structural: readonly Structural[], changes: readonly Change[], set: FormatEdit, desk: Desk): FormatEdit {
  const sets = changes.filter(({ kind }) => kind === "set");
  const kept: Structural[] = [];
  const refused: Unwritten[] = [];
  const tries = mostTries(desk.source.text);
  for (const [index, change] of structural.entries()) {
    const tried = index < tries ? attempt([...kept, change], set, desk) : null;
    if (tried !== null && holds([...sets, ...kept, change], tried, desk)) kept.push(change);
    else refused.push(unwritable(change, "with it the file would no longer be read as the plan that is meant"));
  }
  const { splices, unwritten } = attempt(kept, set, desk);
  return { splices, unwritten: [...unwritten, ...refused] };
}

function attempt(structural: readonly Structural[], set: FormatEdit, desk: Desk): FormatEdit {
  const removed = removeBoxes(
    structural.filter((change) => change.kind === "remove"),
    desk,
  );
  const added = structural.flatMap((change) => {
    if (change.kind !== "add") return [];
    const edit = addBox(change, structural, desk);
    return isInside(edit.splices, removed.splices) ? [withdrawn(change)] : [edit];
  });
  return merged([set, removed, ...added]);
}

const isInside = (splices: readonly Splice[], cuts: readonly Splice[]): boolean =>
  splices.some(({ from }) => cuts.some((cut) => cut.from < from && from < cut.to));

const withdrawn = (change: Change): FormatEdit => ({
  splices: [],
  unwritten: [unwritable(change, "its place is taken out by another change")],
});

const merged = (edits: readonly FormatEdit[]): FormatEdit => ({
  splices: edits.flatMap(({ splices }) => splices),
  unwritten: edits.flatMap(({ unwritten }) => unwritten),
});
