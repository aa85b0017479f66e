import {
  type BranchFact,
  type CommitFact,
  canonicalJson,
  type Fact,
  type IssueFact,
  type PullFact,
  type RelationFact,
  type ReviewFact,
} from "../words.ts";
import { withSecondsSettled } from "./one-second.ts";

/**
 * What two routes told of one happening counts once, whichever came first: a delivery says what was done and when, a list read later only
 * how things stand. So histories read from the past change nothing that was told live, and fill what was not.
 */
export function toldOnce(facts: readonly Fact[]): readonly Fact[] {
  return [...byThing(facts).values()].flatMap((same) => {
    const commits = same.filter((fact) => fact.kind === "commit");
    if (commits.length > 1) return [...same.filter((fact) => fact.kind !== "commit"), ...onceEach(commits)];
    const told = withSecondsSettled(same);
    return told.some(isListed) ? withoutEchoes(told) : told;
  });
}

/** Of two tellings of the same fact, whether this one is to be kept: the earlier, and of one time that of a delivery, which knows who did it. */
export const outweighs = (fact: Fact, known: Fact): boolean =>
  fact.at < known.at || (fact.at === known.at && isListed(known) && !isListed(fact));

const isListed = (fact: Fact): boolean => "fromList" in fact && fact.fromList === true;

/** A commit is one by its name and branch. The earliest time counts; what deliveries told of it stands, else what the fullest list did. */
function onceEach(commits: readonly CommitFact[]): readonly CommitFact[] {
  const branches = new Map<string, CommitFact[]>();
  for (const commit of commits) branches.set(commit.branch, [...(branches.get(commit.branch) ?? []), commit]);
  return [...branches.values()].flatMap((same) => {
    const at = same.reduce((first, commit) => Math.min(first, commit.at), Number.POSITIVE_INFINITY);
    const told = same.filter((commit) => !isListed(commit));
    const [fullest] = [...same].sort((a, b) => b.files.length - a.files.length || (a.id < b.id ? -1 : 1));
    return (told.length > 0 || fullest === undefined ? told : [fullest]).map((commit) => ({ ...commit, at }));
  });
}

/** The facts of one thing without what lists repeat of it. */
function withoutEchoes(facts: readonly Fact[]): readonly Fact[] {
  const told = facts.filter((fact) => !isListed(fact));
  const ordered = [...facts].sort((a, b) => a.at - b.at || Number(isListed(a)) - Number(isListed(b)) || (a.id < b.id ? -1 : 1));
  let before: PullFact | IssueFact | null = null;
  let ended = Number.NEGATIVE_INFINITY;
  const isNews = newsOfEach();
  return ordered.filter((fact) => {
    if (fact.kind === "branch") {
      if (fact.head === null) ended = fact.at;
      return !isListed(fact) || fact.head === null || !told.some((other) => lives(other) && other.at >= ended);
    }
    if (fact.kind === "relation" || fact.kind === "review") return isNews(fact);
    if (fact.kind !== "pull" && fact.kind !== "issue") return true;
    if (isListed(fact) && (isToldBy(told, fact) || (before !== null && !isAct(fact) && saysTheSame(before, fact)))) return false;
    before = fact;
    return true;
  });
}

/** Whether an edge or a review, told of in order of time, stands otherwise than before; what a delivery tells always counts. */
function newsOfEach(): (fact: RelationFact | ReviewFact) => boolean {
  const last = new Map<string, string>();
  return (fact) => {
    const [name, stands] = fact.kind === "review" ? [`review:${fact.review}`, fact.verdict] : [fact.thing, String(fact.stands)];
    if (isListed(fact) && last.get(name) === stands) return false;
    last.set(name, stands);
    return true;
  };
}

/** Who closes what was closed before does so anew, even where nobody told that it was opened in between. */
const isAct = (fact: PullFact | IssueFact): boolean => fact.kind === "issue" && fact.act !== null;

/** A list does not tell since when a branch is there, so it says nothing new of one that a delivery told of, unless that ended since. */
const lives = (fact: Fact): fact is BranchFact => fact.kind === "branch" && fact.head !== null;

/** Whether a delivery told how it stood at the same time; or that it was open, of which the opening of a list knows only that. */
function isToldBy(told: readonly Fact[], listed: PullFact | IssueFact): boolean {
  if (listed.kind === "issue" && listed.act !== null) return isDoneIn(told, listed);
  const opening = listed.kind === "pull" && listed.at === listed.openedAt;
  return told.some(
    (fact) => fact.kind === listed.kind && (fact.at === listed.at || (opening && fact.kind === "pull" && isOpen(fact.state))),
  );
}

/** Whether a delivery told of the same act. GitHub may date the closing itself a second before the change that its delivery tells. */
function isDoneIn(told: readonly Fact[], { at, act, state }: IssueFact): boolean {
  const later = told.filter((fact): fact is IssueFact => fact.kind === "issue" && fact.at >= at).sort((a, b) => a.at - b.at);
  const otherwise = later.find((fact) => fact.state !== state && fact.at > at)?.at ?? Number.POSITIVE_INFINITY;
  return later.some((fact) => fact.act === act && fact.at < otherwise);
}

const isOpen = (state: PullFact["state"]): boolean => state === "open" || state === "draft";

function saysTheSame(before: PullFact | IssueFact, fact: PullFact | IssueFact): boolean {
  const said = (one: PullFact | IssueFact) => canonicalJson({ ...one, id: "", at: 0, actor: null, act: null, fromList: true, settles: [] });
  return said(before) === said(fact);
}

function byThing(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  const things = new Map<string, Fact[]>();
  for (const fact of facts) {
    const same = things.get(fact.thing);
    if (same === undefined) things.set(fact.thing, [fact]);
    else same.push(fact);
  }
  return things;
}
