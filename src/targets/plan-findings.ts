import { homesOn } from "../core/evidence/homes.ts";
import { matchesGlob } from "../core/plan/glob.ts";
import { type Found, findingsOn } from "../core/schedule/findings.ts";
import type { TakenTwice } from "../core/schedule/new-ids.ts";
import { knownTo } from "../core/status/derive.ts";
import { citationsOfRetired, retiredIn } from "../core/status/retired.ts";
import type { Board, Finding, Instant } from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import type { Target } from "./target.ts";

/** What is odd about the tasks of each board, as its repository was last looked at. `taken` = new ids that open pull requests share. */
export async function planFindings(
  target: Target,
  state: RepositoryState,
  taken: readonly TakenTwice[],
): Promise<(board: Board) => readonly Found[]> {
  const citations = await retiredCited(target, state);
  return (board) =>
    findingsOn(board, {
      at: momentOf(state, board),
      retired: retiredOf(state, board),
      elsewhere: [
        ...taken.filter(({ path }) => boardOf(state, (one) => one.path === path) === board).map(({ finding }) => finding),
        ...citations.filter(({ token }) => boardOf(state, (one) => retiredOf(state, one).has(token)) === board),
      ],
    });
}

/** What plan and facts tell of a board's tasks whatever the time: nothing of it comes about by waiting. */
export const lastingFindings = (state: RepositoryState, board: Board): readonly Found[] =>
  findingsOn(board, { at: Number.NEGATIVE_INFINITY, retired: retiredOf(state, board), elsewhere: [] });

/** The moment for which a board is told: when its repository was last looked at for the clock's sake, before that when the plan was first seen. */
export function momentOf(state: Pick<RepositoryState, "plans" | "lookedAt">, board: Board): Instant {
  const seen = state.plans.find(({ path }) => path === board.path)?.watchedSince ?? 0;
  return Math.max(seen, state.lookedAt ?? 0);
}

const retiredOf = ({ configuration }: RepositoryState, board: Board) => retiredIn(configuration, (path) => matchesGlob(path, board.path));

/** Where something is told that is on no row: on the board that it fits, else on the first. */
const boardOf = ({ boards }: RepositoryState, fits: (board: Board) => boolean): Board | undefined => boards.find(fits) ?? boards[0];

async function retiredCited({ store, at }: Target, state: RepositoryState): Promise<readonly Finding[]> {
  const all = retiredIn(state.configuration, () => true);
  if (all.size === 0) return [];
  return citationsOfRetired(await store.factsNaming(at.repository, [...all]), {
    known: knownTo(homesOn(state.boards), state.configuration),
    configurations: state.configurations,
    at: state.boards.reduce((latest, board) => Math.max(latest, momentOf(state, board)), 0),
  });
}
