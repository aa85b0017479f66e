import type { Known } from "../evidence/known.ts";
import { optsOut } from "../evidence/opt-out.ts";
import { readReferences } from "../evidence/read-references.ts";
import { type Surroundings, tasksMeant, unsettled } from "../evidence/settle.ts";
import {
  type Configuration,
  type IdWarning,
  isSyncBranch,
  type Place,
  type PullContentFact,
  type PullFact,
  type Reference,
} from "../words.ts";
import { linkTo, type PullEvent, placeOf, ranks, type TaskEvent, type Work } from "./event.ts";
import { blockingLabel, labelledStatus } from "./labels.ts";

/**
 * A pull request in which we propose what the board knows: it is no work, and claims nothing. Nobody without write access can make one of
 * that name here, and no person is a bot.
 */
export const isOwnPull = (pull: PullFact): boolean => !pull.fork && pull.author.bot && isSyncBranch(pull.branch);

/** The strongest place of a pull request that names a task, and how it names it there. */
export type PullNaming = { readonly place: Place; readonly reference: Reference; readonly claims: boolean };

/** How a pull request names tasks, by `rowKey`, and the mentions that could be one of several tasks, so that they act on none. */
export type PullReading = { readonly namings: ReadonlyMap<string, PullNaming>; readonly unsettled: readonly IdWarning[] };

/** Title, then label, then branch, then body, then commits: the first that names the task decides (design: claims and links). */
export function readPull(pull: PullFact, content: PullContentFact | null, known: Known, configuration: Configuration): PullReading {
  const namings = new Map<string, PullNaming>();
  const doubts = new Map<string, IdWarning>();
  if (isOwnPull(pull) || optsOut(pull.title, pull.body)) return { namings, unsettled: [] };
  const places: readonly (readonly [Place, readonly string[]])[] = [
    ["title", [pull.title]],
    ["label", pull.labels],
    ["branch", [pull.branch]],
    ["body", [pull.body]],
    ["commit", (content?.commits ?? []).map((commit) => commit.message)],
  ];
  const named = places.flatMap(([place, texts]) =>
    texts
      .flatMap((text) => readReferences(text, place, known, configuration.verbs).references)
      .map((reference) => ({ place, reference, claims: claimsCompletion(place, reference, configuration) })),
  );
  const around: Surroundings = {
    branches: [pull.branch],
    files: content?.files ?? [],
    said: named.map(({ reference }) => reference),
  };
  for (const naming of named) {
    const doubt = unsettled(naming.reference, known, around);
    if (doubt !== null) doubts.set(doubt.text, doubt);
    for (const task of tasksMeant(naming.reference, known, around)) if (!namings.has(task)) namings.set(task, naming);
  }
  return { namings, unsettled: [...doubts.values()] };
}

/** A bare reference in title, label or branch claims completion unless the repository asks for a keyword; a completing verb in title or body does. */
function claimsCompletion(place: Place, reference: Reference, configuration: Configuration): boolean {
  if (reference.verb === "complete" || reference.verb === "status:completed") return place === "title" || place === "body";
  if (configuration.completion === "keyword") return false;
  if (place !== "title" && place !== "label" && place !== "branch") return false;
  return reference.stance === "bare" && (reference.verb === "mention" || reference.verb === "start");
}

/** Why a naming in title, label or branch claims nothing; null where it does, or where what it tells of is another's work. */
function shortOf({ place, reference, claims }: PullNaming, configuration: Configuration): PullEvent["short"] {
  if (claims || reference.stance === "merge" || (place !== "title" && place !== "label" && place !== "branch")) return null;
  const isOwnWord = reference.stance !== "bare" || (reference.verb !== "mention" && reference.verb !== "start");
  return configuration.completion === "keyword" && !isOwnWord ? "keyword" : "words";
}

/** Whether someone who may do so took a stranger's pull request up, by merging or labelling it. */
export const isTakenUp = (pull: PullFact): boolean => pull.state === "merged" || pull.labels.length > 0;

/** One pull request snapshot as events of every task (by `rowKey`) it names or once named. */
export function pullEvents(input: {
  readonly pull: PullFact;
  readonly namings: ReadonlyMap<string, PullNaming>;
  readonly tasks: ReadonlySet<string>;
  readonly configuration: Configuration;
  readonly completes: boolean;
  /** It comes from a fork, by someone without triage. */
  readonly strange: boolean;
  readonly counts: boolean;
}): readonly (readonly [string, TaskEvent])[] {
  const { pull, namings, configuration } = input;
  const label = labelledStatus(pull.labels, configuration);
  const blocked = blockingLabel(pull.labels, configuration);
  return [...input.tasks].map((task) => {
    const naming = namings.get(task);
    const body: PullEvent = {
      number: pull.number,
      state: pull.state,
      names: naming !== undefined,
      claims: naming?.claims ?? false,
      completes: input.completes,
      counts: input.counts,
      strange: input.strange && naming?.place !== "label",
      works: naming !== undefined && !naming.reference.idle,
      short: naming === undefined ? null : shortOf(naming, configuration),
      openedAt: pull.openedAt,
      mergedAt: pull.mergedAt,
      mergeSha: pull.mergeSha,
      headSha: pull.headSha,
      label: naming === undefined ? null : label,
      blocked: naming === undefined ? null : blocked,
      work: workOfPull(pull),
    };
    return [
      task,
      {
        kind: "pull",
        ...body,
        at: pull.at,
        rank: pull.state === "merged" ? ranks.merged : pull.state === "closed" ? ranks.closed : ranks.opened,
        id: pull.id,
        cause: {
          fact: pull.id,
          rule: ruleOf(pull.state),
          actor: pull.actor ?? pull.author.login,
          link: linkTo(pull),
          words: naming === undefined ? "" : `${naming.place}: ${naming.reference.words}`,
        },
      },
    ];
  });
}

/** What a merged pull request left on its base. */
export const workOfPull = ({ number, base, mergeSha }: PullFact): Work => ({
  keys: [`pull:${number}`, ...(mergeSha === null ? [] : [`sha:${mergeSha}`])],
  place: mergeSha === null ? null : placeOf(base, mergeSha),
});

function ruleOf(state: PullFact["state"]): string {
  if (state === "merged") return "pull-merged";
  if (state === "closed") return "pull-closed";
  return state === "draft" ? "pull-drafted" : "pull-opened";
}
