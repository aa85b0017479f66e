import { describe, expect, test } from "vitest";
import { examplePayload } from "../../../test/webhook-examples.ts";
import type { RelationFact } from "../../core/words.ts";
import { dependencyFacts, partFacts } from "./relation.ts";
import type { Told } from "./told.ts";

const occasion = { appId: 1, delivery: "d" };
const home = { id: 5, full_name: "octo/plans" };
const elsewhere = { id: 6, full_name: "octo/other" };

/** An issue in GitHub's words, with another number and database id; the collection holds no payload of these events. */
function issue(number: number, updated: string, change: Readonly<Record<string, unknown>> = {}): unknown {
  const payload = examplePayload("issues", "opened", {
    "issue.number": number,
    "issue.id": 1000 + number,
    "issue.updated_at": updated,
    ...Object.fromEntries(Object.entries(change).map(([name, value]) => [`issue.${name}`, value])),
  });
  return typeof payload === "object" && payload !== null && "issue" in payload ? payload.issue : null;
}

const sender = { login: "mira", id: 9, type: "User" };
const [waiting, keys] = [issue(3, "2026-03-02T10:00:00Z"), issue(7, "2026-03-02T10:00:05Z", { state: "closed" })];

const relations = (told: Told): readonly { readonly repository: number; readonly fact: RelationFact }[] =>
  told.flatMap(({ repository, fact }) => (fact.kind === "relation" ? [{ repository, fact }] : []));
const edgeOf = (told: Told) => {
  const [edge, ...others] = relations(told);
  if (edge === undefined || others.length > 0) throw new Error("there is not exactly one edge");
  return edge;
};

/** Both deliveries of one act: `of` lives in `home`, the other end wherever. */
function dependency(change: "added" | "removed", other: typeof home) {
  const both = { blocked_issue: waiting, blocking_issue: keys, sender };
  const fromWaiting = { ...both, action: `blocked_by_${change}`, repository: home, blocking_issue_repo: other };
  const fromOther = { ...both, action: `blocking_${change}`, repository: other, blocked_issue_repo: home };
  return [fromWaiting, fromOther].map((payload) => dependencyFacts(payload, occasion));
}

function part(change: "added" | "removed", other: typeof home) {
  const both = { parent_issue: waiting, sub_issue: keys, sender };
  const fromParent = { ...both, action: `sub_issue_${change}`, repository: home, sub_issue_repo: other };
  const fromPart = { ...both, action: `parent_issue_${change}`, repository: other, parent_issue_repo: home };
  return [fromParent, fromPart].map((payload) => partFacts(payload, occasion));
}

describe.each([
  ["waits-for", dependency],
  ["part", part],
] as const)("a pair of deliveries that tells %s", (kind, tell) => {
  test("is one fact of the waiting side's repository, whichever of the two comes", () => {
    const [first, second] = tell("added", home);
    if (first === undefined || second === undefined) throw new Error("one is missing");
    expect(edgeOf(first)).toMatchObject({
      repository: 5,
      fact: {
        thing: `relation:${kind}:1003:1007`,
        at: Date.parse("2026-03-02T10:00:05Z"),
        relation: kind,
        of: 3,
        other: { repository: null, number: 7 },
        stands: true,
        actor: "mira",
      },
    });
    expect(edgeOf(second)).toEqual(edgeOf(first));
  });

  test("across repositories is the same fact too, and names the other by its repository", () => {
    const [first, second] = tell("added", elsewhere);
    if (first === undefined || second === undefined) throw new Error("one is missing");
    expect(edgeOf(first)).toMatchObject({ repository: 5, fact: { other: { repository: "octo/other", number: 7 } } });
    expect(edgeOf(second)).toEqual(edgeOf(first));
  });

  test("that ended is another fact about the same edge", () => {
    const [made] = tell("added", home);
    const [ended] = tell("removed", home);
    if (made === undefined || ended === undefined) throw new Error("one is missing");
    expect(edgeOf(ended).fact).toMatchObject({ thing: edgeOf(made).fact.thing, stands: false });
  });

  test("tells how each issue stands to its own repository, and to no other", () => {
    const [told] = tell("added", elsewhere);
    const issues = (told ?? []).flatMap(({ repository, fact }) =>
      fact.kind === "issue" ? [[repository, fact.number, fact.state, fact.act]] : [],
    );
    expect(issues).toEqual([
      [5, 3, "open", null],
      [6, 7, "closed", null],
    ]);
  });
});

test("the issue in which we keep the plan summary is no issue of anybody's", () => {
  const ours = { ...Object(keys), performed_via_github_app: { id: occasion.appId } };
  const payload = { action: "blocked_by_added", blocked_issue: waiting, blocking_issue: ours, repository: home, blocking_issue_repo: home };
  expect(dependencyFacts(payload, occasion).map(({ fact }) => fact.thing)).toEqual(["relation:waits-for:1003:1007", "issue:3"]);
});
