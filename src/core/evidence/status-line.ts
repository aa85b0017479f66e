import { readStatus } from "../plan/status-spelling.ts";
import { markup } from "./characters.ts";
import type { Sighting } from "./judge.ts";
import type { FoundIds } from "./recognise-ids.ts";

/** `T1 — Restore auth router — In Progress — 2025-10-16`: parts of a line between spaced dashes. */
const separator = / (?:[—–]|-) /;
/** What may stand before the id at the beginning of a line, and what may join ids there. */
const opening = new RegExp(`^[\\s[#*_+•${markup}-]*$`);
const joining = new RegExp(`^(?:[\\s,;/&+#*_[\\]${markup}]|and|or)*$`);

/**
 * Status lines of a passage: a line that begins with an id, or a list of ids, one of its later parts being exactly a status spelling.
 * Where several are, the first behind the title counts.
 */
export function statusLines(text: string, found: readonly FoundIds[]): readonly Sighting[] {
  const lines = [...text.matchAll(/[^\n\r]+/g)].map((match) => ({ start: match.index, text: match[0] }));
  const sightings: Sighting[] = [];
  let next = 0;
  for (const line of lines) {
    const inLine: FoundIds[] = [];
    for (let ids = found[next]; ids !== undefined && ids.start < line.start + line.text.length; ids = found[next]) {
      inLine.push(ids);
      next += 1;
    }
    sightings.push(...statedIn(line, inLine));
  }
  return sightings;
}

type Line = { readonly start: number; readonly text: string };

function statedIn(line: Line, found: readonly FoundIds[]): readonly Sighting[] {
  const first = found[0];
  if (first === undefined || !opening.test(line.text.slice(0, first.start - line.start))) return [];
  const parts = line.text
    .slice(first.end - line.start)
    .split(separator)
    .map(shown);
  const written = [...parts.slice(2), ...parts.slice(1, 2)].find((part) => readStatus(part) !== null);
  const status = written === undefined ? undefined : readStatus(written)?.status;
  if (written === undefined || status === undefined) return [];
  return leading(line, found).flatMap((ids) =>
    ids.tokens.map((token) => ({
      token,
      scope: ids.scope,
      start: ids.from,
      end: ids.end,
      verb: `status:${status}` as const,
      stance: "bare" as const,
      idle: false,
      words: `${shown(ids.written)} — ${written}`,
      because: `the line states the status “${written}”`,
    })),
  );
}

const shown = (part: string): string => part.replaceAll(markup, "").trim();

/** The ids that the line begins with, up to the first other word. */
function leading(line: Line, found: readonly FoundIds[]): readonly FoundIds[] {
  const rest = found.findIndex((ids, index) => index > 0 && !joining.test(between(line, found[index - 1], ids)));
  return rest < 0 ? found : found.slice(0, rest);
}

const between = (line: Line, before: FoundIds | undefined, ids: FoundIds): string =>
  line.text.slice((before?.end ?? line.start) - line.start, ids.start - line.start);
