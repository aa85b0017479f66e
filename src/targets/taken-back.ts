import { undoes } from "../core/schedule/taken-back.ts";
import { aliasesIn } from "../core/status/aliases.ts";
import { landing } from "../core/status/promise.ts";
import type { Configuration, PullContentFact, PullFact, Token } from "../core/words.ts";
import type { Target } from "./target.ts";

/** The ids that work names which a pull request takes back: it need not name them itself. */
export async function idsTakenBack(
  { store, at }: Target,
  configuration: Configuration,
  { pull, content }: { readonly pull: PullFact; readonly content: PullContentFact | null },
): Promise<readonly Token[]> {
  if (!undoes(pull, content)) return [];
  const named = await store.namedByUndone(at.repository, [pull, ...landing(pull, content)]);
  return named.map(aliasesIn(configuration).follow);
}
