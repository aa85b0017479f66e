import { expect, test } from "vitest";
import { at, branch, commit, permission, pull } from "../../../test/facts.ts";
import { knownFrom } from "../evidence/known.ts";
import { readConfiguration } from "../plan/configuration.ts";
import type { Fact } from "../words.ts";
import { citationsOfRetired } from "./retired.ts";

const day = 24 * 60;
const text = "plans: [{path: docs/plan.csv, retired: [AUTH-013]}]\n";
const { configuration } = readConfiguration(text, ".github/plankeeper.yml");
const versions = [{ fact: "configuration#1", at: at(0), blob: null, configuration, problems: [] }];

const cited = (facts: readonly Fact[], minutes = day) =>
  citationsOfRetired(facts, {
    known: knownFrom({ ids: ["AUTH-005"], retired: ["AUTH-013"] }),
    configurations: versions,
    at: at(minutes),
  }).map(({ id, message }) => `${id}: ${message}`);

const citing = { title: "AUTH-013: again" };

test("an open pull request that cites a retired id is told, in title, branch, label or description", () => {
  expect(cited([pull(7, "open", at(1), citing)])).toEqual(["AUTH-013: it is retired, but #7 cites it"]);
  for (const change of [{ branch: "auth-013-x" }, { labels: ["task: AUTH-013"] }, { body: "closes AUTH-013" }])
    expect(cited([pull(7, "open", at(1), { title: "x", ...change })])).toHaveLength(1);
});

test("it is told once, however often it is cited, and no more once the pull request is closed or says something else", () => {
  const open = pull(7, "open", at(1), citing);
  expect(
    cited([open, open, pull(7, "open", at(2), { ...citing, body: "AUTH-013" }), commit("AUTH-013: x", at(3), { branch: "x" })]),
  ).toHaveLength(1);
  expect(cited([open, pull(7, "closed", at(2), citing)])).toEqual([]);
  expect(cited([open, pull(7, "merged", at(2), citing)])).toEqual([]);
  expect(cited([open, pull(7, "open", at(2), { title: "AUTH-005: again" })])).toEqual([]);
});

test("a commit that cites it counts if it is younger than the retiring, and for ten days", () => {
  const late = commit("AUTH-013: again", at(5));
  expect(cited([late])).toEqual(["AUTH-013: it is retired, but a commit cites it"]);
  expect(cited([late], 5 + 10 * day)).toEqual([]);
  expect(cited([commit("AUTH-013: long ago", at(-5))])).toEqual([]);
});

test("a stranger's pull request is told of once somebody took it up", () => {
  const stranger = pull(7, "open", at(1), { ...citing, fork: true });
  expect(cited([stranger])).toEqual([]);
  expect(cited([stranger, permission("pull:7", "read")])).toEqual([]);
  expect(cited([stranger, permission("pull:7", "triage")])).toHaveLength(1);
  expect(cited([pull(7, "open", at(1), { ...citing, fork: true, labels: ["looks good"] })])).toHaveLength(1);
});

test("other ids, and ids that only look alike, are none", () => {
  expect(cited([pull(7, "open", at(1), { title: "AUTH-0131: x, AUTH-013A, AUTH-005 and AUTH-777" }), branch("x", at(1))])).toEqual([]);
});
