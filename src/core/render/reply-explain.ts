import type { Explanation } from "../evidence/explain-reading.ts";
import type { Token, Verb } from "../words.ts";
import { more, page, series, table } from "./block.ts";
import { code, inline } from "./escape.ts";

/** `/explain text`: the tasks it names with verb and reason, what looks like an id but is none, and what is passed over. */
export function explainReply(
  { explanation, ids }: { readonly explanation: Explanation; readonly ids: ReadonlyMap<Token, string> },
  amount: number,
): string {
  const { references, warnings, ignored } = explanation;
  const rows = [
    ...references.map(({ token, verb, words, because }) => [
      code(ids.get(token) ?? token, 60),
      verbWords(verb),
      code(words, 80),
      inline(because, 200),
    ]),
    ...warnings.map(({ text, nearest, because }) => [
      code(text, 60),
      "unknown",
      nearest.length === 0
        ? ""
        : `meant ${series(
            nearest.map((id) => code(id, 60)),
            3,
            "or",
          )}?`,
      inline(because, 200),
    ]),
    ...ignored.map(({ text, because }) => [code(text, 60), "passed over", "", inline(because, 200)]),
  ];
  if (rows.length === 0) return "Nothing in it names a task.";
  const shown = rows.slice(0, amount * 2);
  return page(table(["Task", "Read as", "Words", "Because"], shown), more(rows.length, shown.length, "reading"));
}

const verbWords = (verb: Verb): string => (verb.startsWith("status:") ? verb.slice("status:".length) : verb);
