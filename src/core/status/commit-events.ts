import type { Known } from "../evidence/known.ts";
import { readReferences } from "../evidence/read-references.ts";
import { type Surroundings, tasksMeant } from "../evidence/settle.ts";
import { pullNumberOf } from "../evidence/subject.ts";
import type { CommitFact, Configuration, PullFact, Reference } from "../words.ts";
import { branchInstead, isOwnWork } from "./commit-branch.ts";
import { type EventBody, linkTo, ranks, type TaskEvent } from "./event.ts";

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
  input: { readonly commit: CommitFact; readonly completes: boolean; readonly via: boolean; readonly instead: string | null },
): readonly { readonly body: EventBody; readonly rule: string }[] {
  const touched: readonly { readonly body: EventBody; readonly rule: string }[] = reference.idle
    ? []
    : [{ body: touchOf(reference, input), rule: "commit-names" }];
  if (!input.completes) return touched;
  if (reference.verb === "revert") return [{ body: { kind: "reverted" }, rule: "revert" }];
  const status = input.via ? null : statedBy(reference);
  return status === null ? touched : [...touched, { body: { kind: "stated", status, person: false }, rule: "commit-states" }];
}

function touchOf(reference: Reference, input: Parameters<typeof bodiesOf>[1]): EventBody {
  const bare = isOwnWork(reference);
  return {
    kind: "touched",
    branch: input.completes ? null : input.commit.branch,
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
