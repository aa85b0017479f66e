import { expect, test } from "vitest";
import { board, configuration, task } from "../../../test/board.ts";
import { at, permission, pull } from "../../../test/facts.ts";
import { homesOn } from "../evidence/homes.ts";
import type { Fact } from "../words.ts";
import { knownTo } from "./derive.ts";
import { openPullsOn } from "./open-pulls.ts";

const plan = board([task("AUTH-005"), task("FE-004")]);
const auth = { scope: "docs/plan.csv", token: "AUTH-5" };
const pullsOf = (...facts: readonly Fact[]): readonly number[] =>
  openPullsOn(facts, { known: knownTo(homesOn([plan]), configuration()), configuration: configuration() })(auth);
const naming = { title: "AUTH-005: harden login" };

test("the open pull requests of a task are those that name it now, drafts too, in the order of their numbers", () => {
  const facts = [
    pull(9, "draft", at(1), { title: "x", branch: "auth-005-x" }),
    pull(7, "open", at(1), naming),
    pull(8, "open", at(1), { title: "FE-004: form" }),
    pull(10, "open", at(1), naming),
    pull(10, "open", at(2), { title: "FE-004: form after all" }),
  ];

  expect(pullsOf(...facts)).toEqual([7, 9]);
  expect(pullsOf(...facts.toReversed())).toEqual([7, 9]);
});

test("closed and merged ones are none, nor those that opted out of the plan", () => {
  const open = pull(7, "open", at(1), naming);

  expect(pullsOf(open, pull(7, "closed", at(2), naming))).toEqual([]);
  expect(pullsOf(open, pull(7, "merged", at(2), naming))).toEqual([]);
  expect(pullsOf(pull(8, "open", at(1), { title: "AUTH-005: x [no-plan]" }))).toEqual([]);
});

test("a stranger's counts once somebody took it up", () => {
  const stranger = pull(7, "open", at(1), { ...naming, fork: true });

  expect(pullsOf(stranger)).toEqual([]);
  expect(pullsOf(stranger, permission("pull:7", "write"))).toEqual([7]);
});
