import type { Known } from "../evidence/known.ts";
import { readReferences } from "../evidence/read-references.ts";
import { normalise } from "../plan/token.ts";
import {
  type CommitFact,
  type Configuration,
  type ConfigurationVersion,
  type Fact,
  type Finding,
  type Instant,
  type Place,
  type PullFact,
  revisionIn,
  type Token,
} from "../words.ts";
import { newestPulls } from "./one-second.ts";
import { isOwnPull, isTakenUp } from "./pull-events.ts";
import { byKind, isTrusted } from "./read-events.ts";

/** A commit cannot be mended: so long after it nobody is told of it any more. */
const newFor = 10 * 24 * 60 * 60_000;

/** The ids that a configuration retires for plans whose path fits. */
export const retiredIn = (configuration: Configuration, fits: (path: string) => boolean): ReadonlySet<Token> =>
  new Set(configuration.plans.flatMap(({ path, retired }) => (fits(path) ? retired.map(normalise) : [])));

/**
 * Retired ids that new work cites: an open pull request, or else a commit made since the id was retired, in the ten days before `at`.
 * One finding for each id, in the order of the ids. Ids that are rows again are not cited but reused.
 */
export function citationsOfRetired(
  facts: readonly Fact[],
  so: { readonly known: Known; readonly configurations: readonly ConfigurationVersion[]; readonly at: Instant },
): readonly Finding[] {
  const { roles } = byKind(facts);
  const heard = newestPulls(facts).filter(
    (pull) => isOpen(pull) && !isOwnPull(pull) && (!pull.fork || isTakenUp(pull) || isTrusted(roles.get(pull.thing))),
  );
  const commits = facts.filter((fact): fact is CommitFact => fact.kind === "commit" && fact.at > so.at - newFor && fact.at <= so.at);
  const cited = new Map<Token, Finding>();
  const add = (token: Token, id: string, who: string, link: string) =>
    cited.set(token, { code: "retired-reused", token, id, message: `it is retired, but ${who} cites it`, link });
  for (const commit of commits.filter((one) => revisionIn(one.message) === null))
    for (const { token, text } of retiredAmong([["commit", commit.message]], so.known))
      if (commit.at > retiredAt(token, so.configurations)) add(token, text, "a commit", `commit/${commit.sha}`);
  for (const pull of heard)
    for (const { token, text } of retiredAmong(textsOf(pull), so.known)) add(token, text, `#${pull.number}`, `pull/${pull.number}`);
  return [...cited.values()].sort((a, b) => (a.token < b.token ? -1 : 1));
}

const isOpen = (pull: PullFact): boolean => pull.state === "open" || pull.state === "draft";

const textsOf = (pull: PullFact): readonly (readonly [Place, string])[] => [
  ["title", pull.title],
  ["branch", pull.branch],
  ["body", pull.body],
  ...pull.labels.map((label) => ["label", label] as const),
];

const retiredAmong = (texts: readonly (readonly [Place, string])[], known: Known) =>
  texts.flatMap(([place, text]) => readReferences(text, place, known).warnings).filter(({ token }) => known.retired.has(token));

/** When the configuration first retired an id. */
function retiredAt(token: Token, configurations: readonly ConfigurationVersion[]): Instant {
  const listing = configurations.filter(({ configuration }) => configuration !== null && retiredIn(configuration, () => true).has(token));
  return listing.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY);
}
