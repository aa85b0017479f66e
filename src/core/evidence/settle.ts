import { rowKey } from "../plan/compare.ts";
import type { Home, IdWarning, Reference, Scope, Token } from "../words.ts";
import { agree, homesHolding, namesScope, scopeName } from "./homes.ts";
import type { Known } from "./known.ts";

/** What tells which of several tasks with one id is meant, besides the mention itself. */
export type Surroundings = {
  /** The branches the work stands on; those on which everything lands tell nothing. */
  readonly branches: readonly string[];
  /** Files that the commit or the pull request touches. */
  readonly files: readonly string[];
  /** What else the same texts say: a task named once with its scope need not be named so again. */
  readonly said: readonly Reference[];
};

export const nowhere: Surroundings = { branches: [], files: [], said: [] };

/**
 * The scopes of the tasks that a mention means; none where that cannot be told, and then it acts on nothing. A scope written before the id
 * is taken by its word. Else the branch that is named for a scope settles it, then the files, then the same id with its scope elsewhere in
 * the same texts; and where all plans that hold the id give it the same title, it means all of them.
 */
export function scopesMeant(mention: Pick<Reference, "token" | "scope">, known: Known, around: Surroundings): readonly Scope[] {
  const homes = known.homes?.get(mention.token) ?? [];
  if (mention.scope !== null) return homes.filter((home) => namesScope(mention.scope ?? "", home.scope)).map(({ scope }) => scope);
  return settled(homes, mention.token, around).map(({ scope }) => scope);
}

/** The tasks that a mention means, by `rowKey`. */
export const tasksMeant = (mention: Pick<Reference, "token" | "scope">, known: Known, around: Surroundings): readonly string[] =>
  scopesMeant(mention, known, around).map((scope) => rowKey({ scope, token: mention.token }));

function settled(homes: readonly Home[], token: Token, { branches, files, said }: Surroundings): readonly Home[] {
  if (homes.length < 2) return homes;
  const addressed = said.flatMap((other) => (other.token === token && other.scope !== null ? [other.scope] : []));
  const narrower = [
    () => homes.filter((home) => branches.some((branch) => isNamedFor(branch, home.scope))),
    () => homesHolding(files, homes),
    () => homes.filter((home) => addressed.some((scope) => namesScope(scope, home.scope))),
    () => homes,
  ];
  for (const narrow of narrower) {
    const some = narrow();
    if (some.length > 0 && agree(some)) return some;
  }
  return [];
}

/** Whether a branch is the scope's own: it has its name, or a part of it between slashes has (`feature/014-roadmap`). */
const isNamedFor = (branch: string, scope: Scope): boolean =>
  branch.toLowerCase().split("/").includes(scopeName(scope).toLowerCase()) || namesScope(branch, scope);

/** Why a mention acts on nothing though its id is a task's, and how to write what is meant; null where it does act. */
export function unsettled(mention: Pick<Reference, "token" | "scope">, known: Known, around: Surroundings): IdWarning | null {
  if (scopesMeant(mention, known, around).length > 0) return null;
  const { token, scope } = mention;
  const homes = known.homes?.get(token) ?? [];
  if (homes.length === 0) return null;
  const present = homes.some((home) => home.present) ? homes.filter((home) => home.present) : homes;
  const nearest = present.slice(0, mostNamed).map((home) => addressOf(home, present));
  const written = present[0]?.id ?? token;
  if (scope !== null) return { text: `${scope}#${written}`, token, nearest, because: `${scope} holds no task ${written}` };
  const because = `${present.length} places hold a task ${written}, and neither branch nor files tell which is meant`;
  return { text: written, token, nearest, because };
}

const mostNamed = 3;

/** How one of several tasks with the same id is named: by its scope's name, or its whole path where another scope has that name too. */
export function addressOf({ scope, id }: Home, others: readonly Home[]): string {
  const name = scopeName(scope);
  const alone = others.filter((other) => namesScope(name, other.scope)).length === 1;
  return `${alone ? name : scope.replace(/\/$/, "")}#${id}`;
}
