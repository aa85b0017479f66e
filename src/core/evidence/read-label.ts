import { normalise } from "../plan/token.ts";
import type { Token } from "../words.ts";
import { dashClass, wordClass } from "./characters.ts";
import { isIdShaped, runPattern } from "./id-shapes.ts";
import { type IdDoubt, looksLikeOurs } from "./id-warning.ts";
import type { Sighting } from "./judge.ts";
import { type Known, meaningOf } from "./known.ts";

/** The id that a label could be: it is one, or says `task: ID` or `plan: ID`, or begins `ID: `. Null for any other label. */
export function proposeInLabel(label: string): Proposed | null {
  const name = label.slice(0, longestLabel);
  const prefix = /^\s*(?:(task|plan)\s*:\s*)?/i.exec(name);
  const behind = prefix?.[0].length ?? 0;
  const scope = scopeFirst.exec(name.slice(behind))?.[1] ?? null;
  const start = behind + (scope === null ? 0 : scope.length + 1);
  const written = name.slice(start).match(runPattern)?.[0] ?? "";
  const rest = name.slice(start + written.length).trim();
  const isWhole = rest === "" || (prefix?.[1] === undefined && rest.startsWith(":"));
  if (!name.startsWith(written, start) || !isWhole || !isIdShaped(written, prefix?.[1]?.toLowerCase() === "task")) return null;
  return { token: normalise(written), scope, written, start: behind, end: start + written.length };
}

type Proposed = {
  readonly token: Token;
  readonly scope: string | null;
  readonly written: string;
  readonly start: number;
  readonly end: number;
};

// `014-roadmap#T012`
const scopeFirst = new RegExp(`^([${wordClass}./${dashClass}]*[${wordClass}])#(?=[${wordClass}])`, "u");

// GitHub takes 50 characters.
const longestLabel = 200;

export function readLabel(label: string, known: Known): { readonly sightings: readonly Sighting[]; readonly doubts: readonly IdDoubt[] } {
  const proposed = proposeInLabel(label);
  if (proposed === null) return { sightings: [], doubts: [] };
  const { token, scope, written, start, end } = proposed;
  const meaning = meaningOf(token, known);
  if (meaning?.kind !== "task") {
    const near = meaning !== null || looksLikeOurs(written, known);
    return { sightings: [], doubts: near ? [{ written, flaw: null }] : [] };
  }
  const sighting: Sighting = {
    token: meaning.token,
    scope,
    start,
    end,
    verb: "mention",
    stance: "bare",
    idle: false,
    words: label.slice(start, end),
    because: "the label names it",
  };
  return { sightings: [sighting], doubts: [] };
}
