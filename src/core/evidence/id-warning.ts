import { normalise } from "../plan/token.ts";
import type { IdWarning } from "../words.ts";
import { familyOf, type Known, meaningOf } from "./known.ts";
import { nearestIds } from "./nearest-ids.ts";

/** Characters that look like an id of the plan but name no task; `flaw` where the reason is not the id itself. */
export type IdDoubt = { readonly written: string; readonly flaw: string | null };

/** Whether an unknown id looks like one of the plan's: a number of a known family, or a known id with one letter stuck to it. */
export function looksLikeOurs(written: string, known: Known): boolean {
  if (known.prefixes.size === 0) return false;
  const family = familyOf(normalise(written));
  return (family !== null && known.prefixes.has(family)) || withoutLetter(written, known) !== null;
}

/** A doubt in words, with the ids of the plan that may have been meant. Costs a look at the whole plan. */
export function idWarning({ written, flaw }: IdDoubt, known: Known): IdWarning {
  const token = normalise(written);
  const warning = (because: string, nearest: readonly string[] = []): IdWarning => ({ text: written, token, nearest, because });
  if (flaw !== null) return warning(flaw);
  const meaning = meaningOf(token, known);
  if (meaning?.kind === "retired") return warning(`${written} is retired and names no task any more`);
  if (meaning?.kind === "ambiguous") {
    return warning(`the plan holds ${meaning.spellings.join(" and ")}, which differ by zeros alone`, meaning.spellings);
  }
  const bare = withoutLetter(written, known);
  if (bare !== null) return warning(`${bare} is a task, ${written} is not`, [bare]);
  return warning(`no task has the id ${written}`, nearestIds(token, known));
}

/** The id of the plan that this one is but for a last letter, as the plan writes it. */
function withoutLetter(written: string, known: Known): string | null {
  if (!/\d\p{L}$/u.test(written)) return null;
  const meaning = meaningOf(normalise(written.slice(0, -1)), known);
  return meaning?.kind === "task" ? (known.ids.get(meaning.token) ?? null) : null;
}
