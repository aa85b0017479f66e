import { normalise } from "../plan/token.ts";
import { type OwnVerbs, type Place, type TextReading, unreachable } from "../words.ts";
import { type IdDoubt, idWarning } from "./id-warning.ts";
import type { Sighting } from "./judge.ts";
import type { Known } from "./known.ts";
import type { Passage } from "./passage.ts";
import { passagesOf } from "./passages.ts";
import { proposeIds } from "./propose-ids.ts";
import { readBranch } from "./read-branch.ts";
import { readLabel } from "./read-label.ts";
import { readProse } from "./read-prose.ts";
import { recogniseIds } from "./recognise-ids.ts";
import { strongest } from "./strongest.ts";
import { type Vocabulary, vocabularyWith } from "./vocabulary.ts";

const mostWarnings = 20;

/**
 * What a text says of the tasks that `known` holds: one reference for each task, in the order in which they are first seen, with the
 * verb that governs it and the reason for reading it so; and warnings for ids that look like ours but name no task (20 at most).
 * `verbs` are a repository's own words beside the built-in ones. Offsets count UTF-16 units of `text`. Never throws; takes time in
 * proportion to the length of the text. A body or comment is read up to 131 072 units, twice what GitHub takes in characters.
 */
export function readReferences(text: string, place: Place, known: Known, verbs: OwnVerbs | null = null): TextReading {
  const { sightings, doubts } = sightingsIn(text, place, { known, verbs });
  const once = new Map(doubts.map((doubt) => [normalise(doubt.written), doubt]));
  return { references: strongest(sightings), warnings: [...once.values()].slice(0, mostWarnings).map((doubt) => idWarning(doubt, known)) };
}

/** Every place of a text that speaks of a task, and every one that is in doubt, in order: what `readReferences` chooses from. */
export function sightingsIn(text: string, place: Place, so: { readonly known: Known; readonly verbs: OwnVerbs | null }): Reading {
  const reader = { place, known: so.known, vocabulary: vocabularyWith(so.verbs) };
  const readings = passagesOf(text, place).map((passage) => readPassage(passage, reader));
  return { sightings: readings.flatMap((reading) => reading.sightings), doubts: readings.flatMap((reading) => reading.doubts) };
}

type Reader = { readonly place: Place; readonly known: Known; readonly vocabulary: Vocabulary };
type Reading = { readonly sightings: readonly Sighting[]; readonly doubts: readonly IdDoubt[] };

function readPassage(passage: Passage, reader: Reader): Reading {
  const { sightings, doubts } = readAs(passage, reader);
  const moved = sightings.map((sighting) => ({ ...sighting, start: sighting.start + passage.at, end: sighting.end + passage.at }));
  return { sightings: moved, doubts };
}

function readAs(passage: Passage, reader: Reader): Reading {
  switch (passage.as) {
    case "branch":
      return readBranch(passage, reader.known);
    case "label":
      return readLabel(passage.text, reader.known);
    case "prose": {
      const recognised = recogniseIds(passage.text, proposeIds(passage.text), reader.known);
      return { sightings: readProse(passage, recognised, reader), doubts: recognised.doubts };
    }
    default:
      return unreachable(passage.as);
  }
}
