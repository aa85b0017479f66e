import { normalise } from "../plan/token.ts";
import type { Configuration, Token } from "../words.ts";

/** Old ids and prefixes that stand for new ones: `SEC-3: AUTH-009` a single id, `TASK: BACK` every id of a prefix. */
export type Aliases = {
  /** The token meant by a token as written. */
  readonly follow: (token: Token) => Token;
  /** Every way a token may be written: itself and its old names. */
  readonly spellings: (token: Token) => readonly Token[];
};

export function aliasesIn(configuration: Configuration): Aliases {
  const entries = configuration.plans.flatMap((plan) =>
    Object.entries(plan.aliases).map(([old, now]) => ({
      old: normalise(old),
      now: normalise(now),
      prefix: !/\d/.test(old) && !/\d/.test(now),
    })),
  );
  const single = new Map(entries.filter((entry) => !entry.prefix).map((entry) => [entry.old, entry.now]));
  const prefixes = entries.filter((entry) => entry.prefix);
  const swap = (token: Token, from: string, to: string) => (token.startsWith(`${from}-`) ? `${to}${token.slice(from.length)}` : null);
  return {
    follow: (token) => single.get(token) ?? prefixes.map(({ old, now }) => swap(token, old, now)).find((found) => found !== null) ?? token,
    spellings: (token) => [
      token,
      ...[...single].flatMap(([old, now]) => (now === token ? [old] : [])),
      ...prefixes.flatMap(({ old, now }) => swap(token, now, old) ?? []),
    ],
  };
}
