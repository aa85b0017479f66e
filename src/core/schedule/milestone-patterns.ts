import { matchesGlob } from "../plan/glob.ts";
import type { BoardTask } from "../words.ts";

type Glob<T> = { readonly of: T; readonly fits: (text: string) => boolean };
type Finder<T> = (text: string) => readonly T[];

/**
 * Which of some lists of patterns fit a task: `AUTH-*` on its id, `phase:MVP` on its phase, letter case aside. Each list once, in no order.
 * Sixty patterns on ten thousand tasks are not six hundred thousand comparisons: patterns are looked up by the letters they begin with.
 */
export function patternsOn<T>(
  lists: readonly { readonly of: T; readonly patterns: readonly string[] }[],
): (task: BoardTask) => readonly T[] {
  const all = lists.flatMap(({ of, patterns }) => patterns.map((pattern) => ({ of, pattern, phase: /^\s*phase:/i.exec(pattern) })));
  const byId = finderOf(all.flatMap(({ of, pattern, phase }) => (phase === null ? [{ of, pattern }] : [])));
  const byPhase = finderOf(
    all.flatMap(({ of, pattern, phase }) => (phase === null ? [] : [{ of, pattern: pattern.slice(phase[0].length) }])),
  );
  const phases = new Map<string, readonly T[]>();
  if (all.length === 0) return () => none;
  return ({ id, token, phase }) => {
    const found = [byId(id.toLowerCase()), token === id ? none : byId(token.toLowerCase()), phase === null ? none : inPhase(phase)];
    return found.every(({ length }) => length === 0) ? none : [...new Set(found.flat())];
  };

  function inPhase(phase: string): readonly T[] {
    const known = phases.get(phase) ?? byPhase(phase.trim().toLowerCase());
    phases.set(phase, known);
    return known;
  }
}

const none: readonly never[] = [];

/** By the length of what stands before the first wildcard, then by what stands there. */
function finderOf<T>(patterns: readonly { readonly of: T; readonly pattern: string }[]): Finder<T> {
  const byLength = new Map<number, Map<string, Glob<T>[]>>();
  for (const { of, pattern } of patterns) {
    const glob = pattern.trim().toLowerCase();
    const first = glob.slice(0, firstWild(glob));
    const byFirst = byLength.get(first.length) ?? new Map<string, Glob<T>[]>();
    byLength.set(first.length, byFirst.set(first, [...(byFirst.get(first) ?? []), { of, fits: globOf(glob) }]));
  }
  const lengths = [...byLength];
  return (text) => {
    const found: T[] = [];
    for (const [length, byFirst] of lengths)
      for (const { of, fits } of byFirst.get(text.slice(0, length)) ?? none) if (fits(text)) found.push(of);
    return found;
  };
}

const firstWild = (glob: string): number => {
  const wild = glob.search(/[*?]/);
  return wild === -1 ? glob.length : wild;
};

// A glob costs pattern × text. Most have one `*`, and are letters before and after it and no slash between; of the others most texts miss
// the letters after the last wildcard.
function globOf(glob: string): (text: string) => boolean {
  const wild = firstWild(glob);
  if (wild === glob.length) return (text) => text === glob;
  const lastWild = Math.max(glob.lastIndexOf("*"), glob.lastIndexOf("?"));
  const last = glob.slice(lastWild + 1);
  // The slash of `**/` need not be there.
  const needed = last.replace(/^\//, "");
  if (wild < lastWild || glob[wild] === "?") return (text) => text.endsWith(needed) && matchesGlob(glob, text);
  const first = glob.slice(0, wild);
  return (text) => {
    const end = text.length - last.length;
    if (end < wild || !text.endsWith(last) || !text.startsWith(first)) return false;
    const slash = text.indexOf("/", wild);
    return slash === -1 || slash >= end;
  };
}
