import type { Place } from "../words.ts";
import { questionsIn } from "./doubt.ts";
import { judge, type Sighting } from "./judge.ts";
import { lexemesOf } from "./lexemes.ts";
import type { Passage } from "./passage.ts";
import type { Recognised } from "./recognise-ids.ts";
import { runsOf } from "./runs.ts";
import { statusLines } from "./status-line.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** What a passage of prose says of the tasks recognised in it. */
export function readProse(
  passage: Passage,
  recognised: Recognised,
  so: { readonly place: Place; readonly vocabulary: Vocabulary },
): readonly Sighting[] {
  if (recognised.found.length === 0) return [];
  const { text } = passage;
  const lexemes = lexemesOf(text, recognised);
  const changeType = changeTypeOf(passage, so.vocabulary);
  const scene = { passage, lexemes, questions: questionsIn(text, lexemes), changeType: changeType?.trim() ?? null, own: so.vocabulary.own };
  const said = runsOf(lexemes, so.vocabulary, changeType?.length ?? 0).flatMap((run) => judge(run, scene));
  const statesStatus = (so.place === "body" || so.place === "comment") && passage.bound === null;
  return statesStatus ? [...said, ...statusLines(text, recognised.found)] : said;
}

const tagged = /^(?:\s*\[[^\]]{0,80}\])*\s*(\p{L}+)(\([^()]{0,80}\))?(!?):/u;

/**
 * The type that a conventional subject begins with (`fix:`, `fix(auth-005):`), where it would else be a verb. `Closes: AUTH-005` is none.
 * In a list only a small `fix:` is one: there it is the subject of a commit, as squashing lists them.
 */
function changeTypeOf(passage: Passage, vocabulary: Vocabulary): string | null {
  if (passage.role === "text") return null;
  const [all, word = "", scope, urgent] = tagged.exec(passage.text.slice(0, 400)) ?? [];
  if (all === undefined || !vocabulary.phrases.has(word.toLowerCase())) return null;
  const isType = scope !== undefined || urgent === "!" || word === "fix" || (passage.role === "subject" && word.toLowerCase() === "fix");
  return isType ? all : null;
}
