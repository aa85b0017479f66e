import { expect, test } from "vitest";
import { at, issue } from "../../../test/facts.ts";
import type { Candidate, Fact, IssueFact, Role } from "../words.ts";
import { type Belonging, chooseIssue, formerlyToo, labelledNow, meantBy, namesOf, ownNames, plainName } from "./belonging.ts";

const beta: Belonging = { names: namesOf({ id: "M3", title: "Beta" }), labels: "any" };
const fits = (change: Partial<IssueFact>, role: Role | null = null): Candidate => ({
  issue: issue(change.number ?? 7, at(1), { title: "Something else", ...change }),
  role,
});
function chosen(candidates: readonly Candidate[]) {
  const choice = chooseIssue(beta, candidates);
  return choice !== null && "issue" in choice ? { number: choice.issue.number } : choice;
}

test("names are compared without letter case, blanks and the word “milestone” before them", () => {
  const written = ["Beta", " beta ", "BETA", "Milestone: Beta", "milestone/beta", "Milestone Beta", "milestone – Beta", "milestone:beta"];
  expect(new Set(written.map(plainName))).toEqual(new Set(["beta"]));
  expect(plainName("Phase  1:  Set-up")).toBe(plainName("Phase 1 - set-up"));
  expect(plainName("Milestone")).toBe("milestone");
  expect(plainName("Milestones")).toBe("milestones");
});

test("an issue belongs by its title before its labels, and by these before its milestone on GitHub", () => {
  const title = fits({ number: 9, title: "Milestone: Beta" }, "triage");
  const label = fits({ number: 8, labels: ["bug", "milestone: m3"] });
  const milestone = fits({ number: 7, milestone: "beta" });
  expect(chosen([milestone, label, title])).toEqual({ number: 9 });
  expect(chosen([milestone, label])).toEqual({ number: 8 });
  expect(chosen([milestone])).toEqual({ number: 7 });
  for (const both of ["M3 Beta", "M3: Beta", "Milestone m3 – beta"]) expect(chosen([fits({ milestone: both })])).toEqual({ number: 7 });
  expect(chosen([fits({ title: "Beta of something" }, "admin")])).toBeNull();
});

test("where only phases make a milestone, a label has to say that it is meant", () => {
  const phase: Belonging = { names: namesOf({ id: "Backend", title: "Backend" }), labels: "saying milestone" };
  expect(chooseIssue(phase, [fits({ labels: ["backend"] })])).toBeNull();
  expect(chooseIssue(phase, [fits({ labels: ["backend", "Milestone: Backend"] })])).toMatchObject({ issue: { number: 7 } });
  expect(chooseIssue(phase, [fits({ milestone: "backend" })])).toMatchObject({ issue: { number: 7 } });
});

test("of issues that belong alike the one with the lowest number is chosen", () => {
  expect(chosen([12, 4, 30].map((number) => fits({ number, milestone: "Beta" })))).toEqual({ number: 4 });
});

test("a title counts only by somebody with triage or more; a label and a milestone nobody else can give", () => {
  const titled = (role: Role | null) => chosen([fits({ title: "Beta" }, role), fits({ number: 8, milestone: "Beta" })]);
  expect(titled("triage")).toEqual({ number: 7 });
  expect(titled("read")).toEqual({ number: 8 });
  expect(titled("none")).toEqual({ number: 8 });
  // What an author may do is read before any issue is chosen.
  expect(titled(null)).toEqual({ ask: { login: "dev", about: "issue:7" } });
});

test("a closed issue is not chosen, nor asked for", () => {
  expect(chosen([fits({ title: "Beta", state: "closed" }), fits({ milestone: "Beta", state: "gone" })])).toBeNull();
});

test("nobody means a milestone by a name that is longer than a title can be", () => {
  expect(namesOf({ id: "x".repeat(3000), title: "Beta" })).toEqual(new Set(["beta"]));
});

test("a name that two milestones share means neither of them", () => {
  const [one, two] = ownNames([
    { id: "1", title: "Set up" },
    { id: "2", title: "set up" },
  ]);
  expect([one, two]).toEqual([new Set(["1", "1 set up"]), new Set(["2", "2 set up"])]);
});

test("everything that an issue says of itself is found by the index", () => {
  expect(meantBy(issue(7, at(1), { title: "Milestone: Beta", labels: ["Big Bug"], milestone: "GA" }))).toEqual(["beta", "big bug", "ga"]);
});

test("an issue goes by the names that its labels have now, though GitHub tells of their renaming only once", () => {
  const named = (was: string, name: string | null): Fact => ({
    ...{ kind: "label", id: `label#${was}`, thing: "labels", at: at(5), label: 1, was, name, actor: "mira", read: true },
  });
  const facts = [named("Alpha", "Beta"), named("m3", null)];
  expect(formerlyToo(new Set(["beta"]), facts)).toEqual(new Set(["beta", "alpha"]));
  const now = labelledNow([fits({ number: 7, labels: ["Alpha"] }), fits({ number: 3, labels: ["m3"] })], facts);
  expect(chosen(now)).toEqual({ number: 7 });
});
