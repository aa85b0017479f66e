import { isFolderPath } from "../plan/folder.ts";
import { bareTitle } from "../plan/same-title.ts";
import type { Board, Home, Homes, Scope, Token } from "../words.ts";

/** Homes by token, in one order wherever they come from: those whose row still stands first, then by scope. */
export function homesByToken(homes: readonly (readonly [Token, Home])[]): Homes {
  const byToken = new Map<Token, Home[]>();
  for (const [token, home] of homes) {
    const others = byToken.get(token);
    if (others === undefined) byToken.set(token, [home]);
    else others.push(home);
  }
  for (const list of byToken.values()) list.sort((a, b) => Number(b.present) - Number(a.present) || (a.scope < b.scope ? -1 : 1));
  return byToken;
}

/** A task as one home of its token. */
export function homeOf(
  task: { readonly id: string; readonly title: string; readonly scope: Scope },
  at: { readonly path: string; readonly present: boolean },
): Home {
  return { scope: task.scope, path: at.path, id: task.id, title: task.title, present: at.present };
}

/** The homes of all tasks that boards show. */
export const homesOn = (boards: readonly Board[]): Homes =>
  homesByToken(boards.flatMap(({ path, tasks }) => tasks.map((task) => [task.token, homeOf(task, { path, present: true })] as const)));

/** Whether these are one task to anybody who reads of it: one home, or several plans that give the id the same title. */
export const agree = (homes: readonly Home[]): boolean =>
  new Set(homes.filter((home) => home.present).map((home) => bareTitle(home.title))).size <= 1;

/** The name of a scope as people say it: the last part of its path, `014-roadmap` of `specs/014-roadmap`, `alpha` of `tasks.json#alpha`. */
export const scopeName = (scope: Scope): string => pathOf(scope).split(/[/#]/).at(-1) ?? scope;

/** Whether words before a `#`, or a branch name, name the scope: by its last name, by more of its path, or, of a plan file, without its ending. */
export function namesScope(words: string, scope: Scope): boolean {
  const said = words.toLowerCase().replace(/\/$/, "");
  const whole = pathOf(scope).toLowerCase();
  return [whole, whole.replace(/\.(?:csv|mdx?|markdown|ya?ml|json)$/, "")].some(
    (name) => name === said || (said !== "" && /[/#]/.test(name.charAt(name.length - said.length - 1)) && name.endsWith(said)),
  );
}

/** Of these homes those whose folder, or plan file, holds one of the files: for each file the innermost folder. */
export function homesHolding(files: readonly string[], homes: readonly Home[]): readonly Home[] {
  const held = new Set(files.flatMap((file) => holders(file, homes)));
  return homes.filter((home) => held.has(home));
}

function holders(file: string, homes: readonly Home[]): readonly Home[] {
  const depths = homes.map((home) => {
    if (home.path === file) return Number.POSITIVE_INFINITY;
    const folder = pathOf(home.scope);
    return isFolder(home) && file.startsWith(`${folder}/`) ? folder.length : 0;
  });
  const deepest = Math.max(0, ...depths);
  return deepest === 0 ? [] : homes.filter((_, index) => depths[index] === deepest);
}

/** The scope of a feature's plan is the folder around it; any other scope is the plan file, or a part of it. */
const isFolder = ({ scope, path }: Home): boolean => isFolderPath(scope) || path.startsWith(`${scope}/`);

const pathOf = (scope: Scope): string => scope.replace(/\/$/, "");
