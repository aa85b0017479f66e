import type { Place, Token } from "../words.ts";
import { unreachable } from "../words.ts";
import type { Passage } from "./passage.ts";
import { passagesOf } from "./passages.ts";
import { type IdReading, proposeIds } from "./propose-ids.ts";
import { proposeInBranch } from "./read-branch.ts";
import { readCommands } from "./read-commands.ts";
import { proposeInLabel } from "./read-label.ts";

/** Tokens kept of one text; of more, the first seen. */
export const mostCandidates = 500;

/**
 * Every token that some plan could make a task of this text's, first seen first: all that `readReferences` and `readCommands` can return
 * or look up for the text, whatever is known, up to 500. What feeds the index of mentions.
 */
export function candidateTokens(text: string, place: Place): readonly Token[] {
  const commands = place === "comment" ? readCommands(text, null) : [];
  const asked = commands.flatMap((command) => [
    ...("token" in command && command.token !== null ? [command.token] : []),
    ...("on" in command && command.on !== null ? [command.on] : []),
  ]);
  const tokens = new Set(asked);
  for (const passage of passagesOf(text, place)) {
    for (const token of tokensIn(passage)) {
      if (tokens.size >= mostCandidates) return [...tokens];
      tokens.add(token);
    }
  }
  return [...tokens];
}

function* tokensIn(passage: Passage): Iterable<Token> {
  switch (passage.as) {
    case "prose":
      for (const sight of proposeIds(passage.text)) for (const reading of sight.readings) yield* tokensOf(reading);
      return;
    case "branch":
      for (const readings of proposeInBranch(passage.text)) for (const reading of readings) yield reading.token;
      return;
    case "label": {
      const proposed = proposeInLabel(passage.text);
      if (proposed !== null) yield proposed.token;
      return;
    }
    default:
      unreachable(passage.as);
  }
}

const tokensOf = (reading: IdReading): readonly Token[] =>
  reading.range === null ? [reading.token] : [reading.token, reading.range.last.token, ...reading.range.inside];
