import type { Known } from "../evidence/known.ts";
import { readReferences } from "../evidence/read-references.ts";
import { type Surroundings, tasksMeant } from "../evidence/settle.ts";
import { pullNumberOf, undoingOf } from "../evidence/subject.ts";
import type { CommitFact, Configuration, Fact, PullFact, Reference } from "../words.ts";
import { branchInstead, isOwnWork } from "./commit-branch.ts";
import { type EventBody, linkTo, placeOf, ranks, type TaskEvent, type Work } from "./event.ts";

/**
 * One commit as events of the tasks (by `rowKey`) its message names. `via` = it arrived through a pull request, which then speaks for it;
 * `pulls` = those it may have arrived through.
 */
export function commitEvents(input: {
  readonly commit: CommitFact;
  readonly known: Known;
  readonly configuration: Configuration;
  readonly completes: boolean;
  readonly via: boolean;
  readonly pulls: readonly PullFact[];
  /** Of what it takes back, what is known. */
  readonly targets: readonly string[];
}): readonly (readonly [string, TaskEvent])[] {
  const { commit, known } = input;
  const { references } = readReferences(commit.message, "commit", known, input.configuration.verbs);
  const around = aroundCommit(input, references);
  const instead = input.completes ? null : branchInstead(commit, references, input);
  return references.flatMap((reference) => {
    const tasks = tasksMeant(reference, known, around);
    return bodiesOf(reference, { ...input, instead }).flatMap(({ body, rule }) =>
      tasks.map((task): readonly [string, TaskEvent] => [
        task,
        {
          ...body,
          at: commit.at,
          rank: ranks.commit,
          id: `${commit.id}:${body.kind}`,
          cause: { fact: commit.id, rule, actor: commit.author, link: linkTo(commit), words: reference.words },
        },
      ]),
    );
  });
}

/** On a completion branch everything lands, so its own name tells nothing; the branch that a commit came from does. */
function aroundCommit(
  { commit, completes, pulls }: { readonly commit: CommitFact; readonly completes: boolean; readonly pulls: readonly PullFact[] },
  said: readonly Reference[],
): Surroundings {
  const number = pullNumberOf(commit.message);
  const through = pulls.filter((pull) => pull.number === number || pull.mergeSha === commit.pushHead).map((pull) => pull.branch);
  return { branches: completes ? through : [commit.branch, ...through], files: commit.files, said };
}

function bodiesOf(
  reference: Reference,
  input: Parameters<typeof commitEvents>[0] & { readonly instead: string | null },
): readonly { readonly body: EventBody; readonly rule: string }[] {
  const { commit, completes, targets } = input;
  const work = workOfCommit(commit, input.pulls);
  const touched: readonly { readonly body: EventBody; readonly rule: string }[] = reference.idle
    ? []
    : [{ body: touchOf(reference, input, work), rule: "commit-names" }];
  if (!completes) return touched;
  const undoing = undoingOf(commit.message);
  const { quoted = false, again = false } = undoing ?? {};
  const reverted =
    undoing === null ? [] : [{ body: { kind: "reverted", work, targets, quoted, again }, rule: again ? "reapply" : "revert" } as const];
  if (reference.verb === "revert") return reverted;
  const status = input.via ? null : statedBy(reference);
  const stated = status === null ? [] : [{ body: { kind: "stated", status, person: false, work }, rule: "commit-states" } as const];
  return [...touched, ...reverted, ...stated];
}

/** A commit is what whoever takes it back calls it, and so are the pull requests it came from. */
export const workOfCommit = (commit: CommitFact, pulls: readonly PullFact[]): Work => ({
  keys: [`sha:${commit.sha}`, ...pullsBehind(commit, pulls).map((number) => `pull:${number}`)],
  place: placeOf(commit.branch, commit.sha),
});

/** The pull requests that a commit came from, by its subject and by the head of its push. */
function pullsBehind(commit: CommitFact, pulls: readonly PullFact[]): readonly number[] {
  const named = pullNumberOf(commit.message);
  const merged = pulls.flatMap((pull) => (pull.state === "merged" && pull.mergeSha === commit.pushHead ? [pull.number] : []));
  return [...new Set([...(named === null ? [] : [named]), ...merged])];
}

function touchOf(reference: Reference, input: Parameters<typeof bodiesOf>[1], work: Work): EventBody {
  const bare = isOwnWork(reference);
  return {
    kind: "touched",
    branch: input.completes ? null : input.commit.branch,
    work,
    bare: bare && !input.via,
    instead: bare ? input.instead : null,
  };
}

/** What a commit that came without a pull request states: completing verbs and "mark X done". */
function statedBy(reference: Reference): "todo" | "in-progress" | "completed" | "blocked" | "deferred" | null {
  switch (reference.verb) {
    case "complete":
      return "completed";
    case "reopen":
      return "in-progress";
    case "status:todo":
      return "todo";
    case "status:in-progress":
      return "in-progress";
    case "status:completed":
      return "completed";
    case "status:blocked":
      return "blocked";
    case "status:deferred":
      return "deferred";
    default:
      return null;
  }
}

/**
 * Whether a commit arrived through a pull request: the push's head is a known merge commit, or the subject names a pull request
 * that we know and that is not merged yet as far as we know (its closing is on the way: deliveries come in any order).
 */
export function arrivedThroughPull(commit: CommitFact, pulls: readonly PullFact[]): boolean {
  if (pulls.some((pull) => pull.state === "merged" && pull.mergeSha === commit.pushHead)) return true;
  const number = pullNumberOf(commit.message);
  if (number === null) return false;
  const newest = pulls
    .filter((pull) => pull.number === number)
    .reduce<PullFact | null>((a, b) => (a === null || b.at >= a.at ? b : a), null);
  return newest !== null && (newest.state === "open" || newest.state === "draft");
}

/**
 * The facts, where several tell of one commit on one branch in the same words: a push tells the files, a comparison does not, and a commit can
 * arrive twice. All of them then say when it came first and every file, so that it makes no difference which are known.
 */
export function commitsAlike(facts: readonly Fact[]): Fact[] {
  const told = new Map<string, CommitFact[]>();
  for (const fact of facts) {
    if (fact.kind !== "commit") continue;
    const place = placeOf(fact.branch, fact.sha);
    told.set(place, [...(told.get(place) ?? []), fact]);
  }
  return facts.map((fact) => {
    const all = fact.kind === "commit" ? (told.get(placeOf(fact.branch, fact.sha)) ?? []) : [];
    if (fact.kind !== "commit" || all.length < 2) return fact;
    const files = [...new Set(all.flatMap((each) => each.files))].sort();
    return { ...fact, at: all.reduce((first, each) => Math.min(first, each.at), fact.at), files };
  });
}
