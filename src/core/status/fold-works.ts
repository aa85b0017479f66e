import type { Cause, Instant, Status } from "../words.ts";
import type { TaskEvent, Work } from "./event.ts";

/**
 * A status somebody or something stated. `at` = the time by which it ranks among the others. `works` = the work on completion branches that
 * it rests on, so that it ends with any of it; absent: it stands for good.
 */
export type Statement = {
  readonly status: Status;
  readonly at: Instant;
  readonly cause: Cause;
  readonly person: boolean;
  readonly works?: readonly Work[];
};

/** Work taken back: what took it, which is work itself, and the keys of what it took. */
export type Taking = { readonly work: Work; readonly targets: readonly string[]; readonly cause: Cause };

/** What a fold remembers of statements, and of the work that they rest on. */
export type Works = {
  /** Oldest first. Of those that stand for good only the newest, and what came after it. */
  readonly statements: Statement[];
  readonly takings: Taking[];
  /** Places whose commit is on its branch no longer, and those whose commit lives on in that of another place. */
  readonly gone: Set<string>;
  readonly moved: Map<string, string>;
};

type Event<K extends TaskEvent["kind"]> = Extract<TaskEvent, { kind: K }>;

/** States a status from now on. */
export function say(works: Works, statement: Statement): void {
  if (statement.works === undefined) works.statements.length = 0;
  works.statements.push(statement);
}

/** The latest statement whose work is still there, labels aside. */
export const spoken = (works: Works): Statement | null => works.statements.findLast((statement) => standsBy(works, statement)) ?? null;

/** Whether work lies on its branch and was not taken back, or what took it back was taken back itself. */
export const stands = (works: Works, work: Work): boolean => !isAnyLost(works) || isStanding(works, work, new Map());

/** Most tasks never lose anything, and this is asked at every event. */
export const isAnyLost = (works: Works): boolean => works.takings.length > 0 || works.gone.size > 0;

/** Whether the commit of a place lies on its branch, be it under another name. */
export const lies = (works: Works, place: string): boolean => !works.gone.has(chainFrom(works, place).at(-1) ?? place);

/** A commit left its branch, lives on in another, or lies on it again. */
export function stepVanished(works: Works, { place, as, back }: Event<"vanished">): void {
  works.moved.delete(place);
  works.gone.delete(place);
  // What lives on in itself never left.
  if (back || as === place) return;
  if (as === null) {
    works.gone.add(place);
    return;
  }
  // It came with the push that took the other: whatever became of it before, it lies there now.
  works.moved.delete(as);
  works.gone.delete(as);
  works.moved.set(place, as);
}

/** Work is taken back. The task is in progress again if that is what completed it: what something else completed stays so. */
export function stepReverted(works: Works, event: Event<"reverted">, before: Statement | null): void {
  works.takings.push({ work: event.work, targets: meant(works, event, before), cause: event.cause });
  if (before?.status !== "completed" || !works.statements.includes(before) || spoken(works)?.status === "completed") return;
  say(works, { status: "in-progress", at: event.at, cause: event.cause, person: false, works: [event.work] });
}

/** Why the newest completion stands no longer, while nothing was said since that stands for good: what took it back; "vanished" where nothing did. */
export function lostCompletion(works: Works): Taking | "vanished" | null {
  const lost = works.statements.findLast(({ status }) => status === "completed");
  if (lost === undefined || standsBy(works, lost)) return null;
  const keys = new Set(worksOf(lost).flatMap((work) => keysOf(works, work)));
  const isTaking = ({ targets, work }: Taking) => targets.some((key) => keys.has(key)) && stands(works, work);
  return works.takings.findLast(isTaking) ?? "vanished";
}

/** What a revert takes back: what it names or, where that is not known, what its words can only mean. A person's word is none of it. */
function meant(works: Works, { targets, quoted, again }: Event<"reverted">, before: Statement | null): readonly string[] {
  if (targets.length > 0 || !quoted) return targets;
  if (again) return works.takings.findLast((taking) => stands(works, taking.work))?.work.keys ?? [];
  // What a revert says is taken back by `again` alone: another revert of the same work means that work once more.
  return before === null || before.person || before.cause.rule === "revert" ? [] : worksOf(before).flatMap((work) => work.keys);
}

function standsBy(works: Works, statement: Statement): boolean {
  return !isAnyLost(works) || worksOf(statement).every((work) => stands(works, work));
}

/** What rests on no work is called by the fact that said it. */
const worksOf = ({ works, cause }: Statement): readonly Work[] => works ?? [{ keys: [`fact:${cause.fact}`], place: null }];

/** `asked` = whether each taking stands, as far as that is settled; null while it is in question: two that take back each other both stand. */
function isStanding(works: Works, work: Work, asked: Map<Taking, boolean | null>): boolean {
  if (work.place !== null && !lies(works, work.place)) return false;
  const keys = new Set(keysOf(works, work));
  return !works.takings.some((taking) => {
    if (!taking.targets.some((key) => keys.has(key))) return false;
    const known = asked.get(taking);
    if (known !== undefined) return known ?? false;
    asked.set(taking, null);
    const answer = isStanding(works, taking.work, asked);
    asked.set(taking, answer);
    return answer;
  });
}

/** Its own keys, and the names under which it lives on. */
const keysOf = (works: Works, { keys, place }: Work): readonly string[] =>
  place === null ? keys : [...keys, ...chainFrom(works, place).map((each) => `sha:${each.slice(each.lastIndexOf(" ") + 1)}`)];

/** A place and those in which its commit lived on. Never a circle: what a commit moves to has itself moved nowhere. */
function chainFrom(works: Works, place: string): readonly string[] {
  const chain: string[] = [];
  for (let next: string | undefined = place; next !== undefined; next = works.moved.get(next)) chain.push(next);
  return chain;
}
