import { canonicalJson, type Effect, type Fact, type IssueFact, type PullFact, type SnapshotAsked } from "../words.ts";
import { isOwnPull } from "./pull-events.ts";

/**
 * GitHub's times end at the second, and a bot labels an issue in the second in which it is opened: then the times do not tell which snapshot
 * was the later. Where it matters the thing is read once more. What that reading shows is how the second ended.
 */
export type Snapshot = PullFact | IssueFact;

export const isSnapshot = (fact: Fact): fact is Snapshot => fact.kind === "pull" || fact.kind === "issue";

/** The order in which facts are told. Of one thing and second: what cannot be undone is last, before that readings, before that ends. */
export function inOrderOfTime(a: Fact, b: Fact): number {
  return a.at - b.at || compare(a.thing, b.thing) || compareLastness(a, b) || compare(a.id, b.id);
}

/** The newest snapshot of each pull request, in the order of their numbers. */
export function newestPulls(facts: readonly Fact[]): readonly PullFact[] {
  const pulls = facts.filter((fact) => fact.kind === "pull").sort(inOrderOfTime);
  return [...new Map(pulls.map((pull) => [pull.number, pull])).values()].sort((a, b) => a.number - b.number);
}

/** The facts of one thing, where each of its seconds that was read is told as it ended. Acts of people stay, but for those undone in their second. */
export function withSecondsSettled(facts: readonly Fact[]): readonly Fact[] {
  const read = new Set(facts.flatMap((fact) => (isSnapshot(fact) && isReading(fact) ? [fact.at] : [])));
  const others = facts.filter((fact) => !isSnapshot(fact) || isListed(fact) || !read.has(fact.at));
  return [...others, ...[...read].flatMap((at) => settled(snapshotsAt(facts, at)))];
}

/** The reading that a snapshot asks for. `facts` = at least all about its thing. */
export function readingFor(fact: Fact, facts: readonly Fact[]): readonly Effect[] {
  if (!isSnapshot(fact) || !isCarried(fact) || (fact.kind === "pull" && isOwnPull(fact))) return [];
  const second = newestSecond(facts.filter((other) => other.thing === fact.thing));
  return isDoubtful(fact, second) ? [{ kind: "read-snapshot", of: fact.kind, number: fact.number }] : [];
}

/**
 * What to ask GitHub about a thing whose newest second is in doubt: snapshots of it differ, and neither states nor an earlier reading say which
 * of them was the later. Null where none is. `facts` = all about the thing.
 */
export function secondInDoubt(facts: readonly Fact[]): SnapshotAsked | null {
  const second = newestSecond(facts);
  const doubtful = second.find((fact) => isCarried(fact) && isDoubtful(fact, second));
  if (doubtful === undefined) return null;
  return { of: doubtful.kind, number: doubtful.number, at: doubtful.at, settles: second.map(({ id }) => id).sort() };
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const isListed = (fact: Snapshot): boolean => fact.fromList === true;
const isReading = (fact: Snapshot): boolean => fact.settles !== undefined;
const isCarried = (fact: Snapshot): boolean => !isListed(fact) && !isReading(fact);
const isFinal = ({ state }: Snapshot): boolean => state === "merged" || state === "gone";

function compareLastness(a: Fact, b: Fact): number {
  if (!isSnapshot(a) || !isSnapshot(b)) return 0;
  return (
    Number(isFinal(a)) - Number(isFinal(b)) || weightOf(a) - weightOf(b) || Number(a.state === "closed") - Number(b.state === "closed")
  );
}

/** A list says less than a delivery. Of two readings the one that was made in view of more snapshots is the later. */
const weightOf = (fact: Snapshot): number => (isListed(fact) ? -1 : fact.settles === undefined ? 0 : fact.settles.length + 1);

const snapshotsAt = (facts: readonly Fact[], at: number): readonly Snapshot[] =>
  facts.filter(isSnapshot).filter((fact) => fact.at === at && !isListed(fact));

/** Of one thing, what was told of the second in which it changed last, as far as that is known. */
function newestSecond(facts: readonly Fact[]): readonly Snapshot[] {
  const at = facts.filter(isSnapshot).reduce((latest, fact) => Math.max(latest, fact.at), Number.NEGATIVE_INFINITY);
  return snapshotsAt(facts, at);
}

/** Of one second: what may have been the end of it. A merge or a deletion is not followed by anything else. */
function lastOf<S extends Snapshot>(second: readonly S[]): readonly S[] {
  const final = second.filter(isFinal);
  return final.length > 0 ? final : second;
}

const readingIn = (second: readonly Snapshot[]): Snapshot | undefined => second.filter(isReading).toSorted(inOrderOfTime).at(-1);

function isDoubtful(fact: Snapshot, second: readonly Snapshot[]): boolean {
  const last = lastOf(second);
  // What is gone cannot be read, and what stood before a merge is over.
  if (fact.state === "gone" || !last.some(({ id }) => id === fact.id)) return false;
  const reading = readingIn(last);
  if (reading === undefined) return last.some((other) => saidOf(other) !== saidOf(fact) || isUndecided(fact, other));
  return reading.settles?.includes(fact.id) === false && !isSame(reading, fact);
}

/** Closed ranks after open, unless an issue was opened again in that second. Drafts and what is ready rank alike. */
function isUndecided(a: Snapshot, b: Snapshot): boolean {
  if (a.state === b.state) return false;
  const isEnded = a.state === "closed" || b.state === "closed";
  return isEnded ? [a, b].some((one) => one.kind === "issue" && one.act === "reopened") : true;
}

/** All that a snapshot tells us, but how far the thing has come. */
function saidOf(fact: Snapshot): string {
  if (fact.kind === "issue") return canonicalJson([fact.title, fact.labels, fact.assignees, fact.milestone]);
  const { title, body, branch, base, headSha, labels } = fact;
  return canonicalJson([title, body, branch, base, headSha, labels]);
}

const isSame = (a: Snapshot, b: Snapshot): boolean => a.state === b.state && saidOf(a) === saidOf(b);

/** Deliveries that tell the same as the reading stand for it: they know who did it. */
function settled(second: readonly Snapshot[]): readonly Snapshot[] {
  const last = lastOf(second);
  const reading = readingIn(last);
  const carried = second.filter((fact) => !isReading(fact));
  if (reading === undefined) return carried;
  const before = carried.filter((fact) => !last.includes(fact));
  const same = carried.filter((fact) => last.includes(fact) && isSame(fact, reading));
  const acts = carried.flatMap((fact) => (same.includes(fact) ? [] : actIn(fact, reading)));
  return [...before, ...(same.length > 0 ? same : [reading]), ...acts];
}

/** What a person did to an issue in a second that ended so: he did it, whatever else was done to it. */
function actIn(fact: Snapshot, reading: Snapshot): readonly IssueFact[] {
  if (fact.kind !== "issue" || reading.kind !== "issue" || fact.act === null) return [];
  if ((fact.act === "closed") !== (reading.state !== "open")) return [];
  const { state, title, body, labels, assignees, milestone } = reading;
  return [{ ...fact, state, title, body, labels, assignees, milestone }];
}
