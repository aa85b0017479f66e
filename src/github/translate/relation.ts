import { z } from "zod";
import type { RelationFact } from "../../core/words.ts";
import { makeFact } from "../fact.ts";
import { person, text } from "./fields.ts";
import { issueFact, issueShape } from "./issue.ts";
import { timeOf } from "./times.ts";
import { type Occasion, type Told, toldTo } from "./told.ts";

const repository = z.object({ id: z.int(), full_name: text });
type Place = z.infer<typeof repository>;
type Issue = z.infer<typeof issueShape>;

/** GitHub's description lets a sub-issue's event come without repository and sender. */
const common = { action: z.string(), repository, sender: person.optional() };

const dependencyPayload = z.object({
  ...common,
  blocked_issue: issueShape,
  blocking_issue: issueShape,
  blocked_issue_repo: repository.optional(),
  blocking_issue_repo: repository.optional(),
});

const partPayload = z.object({
  ...common,
  parent_issue: issueShape,
  sub_issue: issueShape,
  parent_issue_repo: repository.optional(),
  sub_issue_repo: repository.optional(),
});

/** One issue waits for another, or no longer: `blocked_by_*` is told to the one that waits, `blocking_*` to the other. */
export function dependencyFacts(body: unknown, occasion: Occasion): Told {
  const told = dependencyPayload.parse(body);
  const ends = {
    of: { issue: told.blocked_issue, at: told.blocked_issue_repo ?? told.repository },
    other: { issue: told.blocking_issue, at: told.blocking_issue_repo ?? told.repository },
  };
  return edge("waits-for", { ...ends, stands: told.action.endsWith("_added"), sender: told.sender }, occasion);
}

/** One issue became a part of another, or is so no longer: `sub_issue_*` is told to the parent, `parent_issue_*` to the part. */
export function partFacts(body: unknown, occasion: Occasion): Told {
  const told = partPayload.parse(body);
  const ends = {
    of: { issue: told.parent_issue, at: told.parent_issue_repo ?? told.repository },
    other: { issue: told.sub_issue, at: told.sub_issue_repo ?? told.repository },
  };
  return edge("part", { ...ends, stands: told.action.endsWith("_added"), sender: told.sender }, occasion);
}

/** An issue of a list, which says by an address where it lives. */
export const placedIssueShape = issueShape.extend({ repository_url: z.string() });
type Placed = z.infer<typeof placedIssueShape>;

/** That an edge stands, as the list of what one issue waits for or consists of shows it. */
export function listedEdge(relation: RelationFact["relation"], of: Placed, other: Placed): RelationFact {
  const elsewhere = other.repository_url === of.repository_url ? null : (other.repository_url.split("/repos/")[1] ?? other.repository_url);
  return makeFact({
    kind: "relation",
    thing: `relation:${relation}:${of.id}:${other.id}`,
    at: timeOf.relation(of, other),
    relation,
    of: of.number,
    other: { repository: elsewhere, number: other.number },
    stands: true,
    actor: null,
    fromList: true,
  });
}

/** That an edge which is known to stand is in no list of its issue's any more. To end it touches the issue; made and ended in one second, it is ended. */
export function endedEdge({ id: _, fromList: __, ...known }: RelationFact, of: Placed): RelationFact {
  return makeFact({ ...known, at: Math.max(known.at, of.updated_at), stands: false, actor: null, fromList: true });
}

type End = { readonly issue: Issue; readonly at: Place };
type Edge = {
  readonly of: End;
  readonly other: End;
  readonly stands: boolean;
  readonly sender: z.infer<typeof person> | undefined;
};

/**
 * The edge, told to the repository whose issue waits or has the part, from whichever side it comes; and both issues as the payload shows
 * them, because nothing may be known of them yet. Of an issue elsewhere only its own repository is told how it stands.
 */
function edge(relation: "waits-for" | "part", { of, other, stands, sender }: Edge, occasion: Occasion): Told {
  const fact = makeFact({
    kind: "relation",
    thing: `relation:${relation}:${of.issue.id}:${other.issue.id}`,
    at: timeOf.relation(of.issue, other.issue),
    relation,
    of: of.issue.number,
    other: { repository: other.at.id === of.at.id ? null : other.at.full_name, number: other.issue.number },
    stands,
    actor: sender?.login ?? null,
  });
  const issues = [of, other].flatMap(({ issue, at }) => toldTo(at.id, issueFact(issue, { action: "related", sender }, occasion)));
  return [...toldTo(of.at.id, [fact]), ...issues];
}
