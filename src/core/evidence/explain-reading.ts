import { normalise } from "../plan/token.ts";
import { type OwnVerbs, type Place, type TextReading, unreachable } from "../words.ts";
import { endsWithin, isIdShaped, mayBegin, mayEnd, runPattern } from "./id-shapes.ts";
import { type Known, meaningOf } from "./known.ts";
import type { Passage } from "./passage.ts";
import { passagesOf } from "./passages.ts";
import { readReferences, sightingsIn } from "./read-references.ts";
import { nowhere, unsettled } from "./settle.ts";
import { unreadIn } from "./unread-places.ts";

/** Something that looks like an id and says nothing of a task; `because` is a plain sentence. Offsets count UTF-16 units. */
export type Ignored = { readonly text: string; readonly start: number; readonly end: number; readonly because: string };

export type Explanation = TextReading & { readonly ignored: readonly Ignored[] };

/** No text is told more than this many things that were passed over. */
const mostIgnored = 50;

/** What `readReferences` reads, and what it passes over though it looks like an id, each with the reason. */
export function explainReading(text: string, place: Place, known: Known, verbs: OwnVerbs | null): Explanation {
  const reading = readReferences(text, place, known, verbs);
  const { sightings, doubts } = sightingsIn(text, place, { known, verbs });
  const doubted = new Set(doubts.map((doubt) => doubt.written));
  const scene = { text, place, known, passages: passagesOf(text, place) };
  const ignored: Ignored[] = [];
  for (const { start, run } of runsThatLookLikeIds(text, known)) {
    const end = start + run.length;
    const seen = sightings.filter((sighting) => sighting.start < end && start < sighting.end);
    const told = reading.references.some((reference) => reference.start < end && start < reference.end);
    if (told || [...doubted].some((written) => run.includes(written))) continue;
    const because = seen.length > 0 ? "it is named before; one reading counts for each task, the strongest" : reasonFor(run, start, scene);
    ignored.push({ text: run, start, end, because });
    if (ignored.length === mostIgnored) break;
  }
  const around = { ...nowhere, branches: place === "branch" ? [text] : [], said: reading.references };
  const unclear = reading.references.flatMap((reference) => unsettled(reference, known, around) ?? []);
  return { ...reading, warnings: [...reading.warnings, ...unclear], ignored };
}

type Run = { readonly start: number; readonly run: string };

/** Runs with a digit that could be an id, and runs without one that are one. Plain numbers only where the plan has them. */
function runsThatLookLikeIds(text: string, known: Known): readonly Run[] {
  return [...text.matchAll(runPattern)].flatMap((match) => {
    const run = match[0];
    const ours = endsWithin(run).some((length) => meaningOf(normalise(run.slice(0, length)), known) !== null);
    const shaped = /\d/.test(run) && /\p{L}/u.test(run) && isIdShaped(run, false);
    return ours || shaped ? [{ start: match.index, run }] : [];
  });
}

type Scene = { readonly text: string; readonly place: Place; readonly known: Known; readonly passages: readonly Passage[] };

function reasonFor(run: string, start: number, scene: Scene): string {
  const { place, passages } = scene;
  switch (place) {
    case "branch":
      return branchReason(run, scene);
    case "label":
      return "a label names a task only where it is the id, `task: ID`, `plan: ID` or `ID: any text`";
    case "title":
    case "commit":
    case "body":
    case "comment": {
      const passage = passages.find(({ at, text }) => at <= start && start < at + text.length);
      const shown = passage?.text.slice(start - passage.at, start - passage.at + run.length);
      return shown === run ? proseReason(run, start, scene) : unreadIn(scene.text, start, place);
    }
    default:
      return unreachable(place);
  }
}

function branchReason(run: string, { known, passages: [passage] }: Scene): string {
  if (passage !== undefined && isKnown(run, known))
    return "behind `-` or `_` an id counts only in the plan's own letter case, and five ids at most";
  return "no plan has an id like this, or the branch is one that a bot names";
}

function proseReason(run: string, start: number, { text, known }: Scene): string {
  if (!isKnown(run, known)) return "no plan has an id that begins like this";
  if (/^\d/.test(run)) return `a number alone names no task: write \`task ${run}\``;
  if (!mayBegin(text, start)) return "it is part of a longer word, a path or a version";
  if (endsWithin(run).every((length) => !mayEnd(text, start + length))) return "letters or digits follow without a break";
  return "a longer word begins with it";
}

const isKnown = (run: string, known: Known): boolean =>
  endsWithin(run).some((length) => meaningOf(normalise(run.slice(0, length)), known) !== null);
