import { expect, test } from "vitest";
import { at, permission, pull, shaOf } from "../../../test/facts.ts";
import type { RerequestFact } from "../words.ts";
import { headsOf, ignoredBy, pressesOn } from "./ignored.ts";

const press = (action: string | null, time: number, change: Partial<RerequestFact> = {}): RerequestFact => ({
  kind: "rerequest",
  ...{ thing: pressesOn("a"), id: `${pressesOn("a")}#${action}-${time}-${change.actor}-${change.run}`, at: at(time), headSha: "a" },
  ...{ action, actor: "mira", run: 1 },
  ...change,
});
const ignore = press("ignore", 1);

test("a check is ignored when somebody with write access says so, and by nobody less, or whose access is not known", () => {
  expect(ignoredBy(["a"], [ignore, permission(ignore.id, "write")])).toBe("mira");
  expect(ignoredBy(["a"], [ignore, permission(ignore.id, "triage")])).toBeNull();
  expect(ignoredBy(["a"], [ignore])).toBeNull();
  expect(ignoredBy(["b"], [ignore, permission(ignore.id, "write")])).toBeNull();
});

test("the access of one press does not speak for another", () => {
  const other = press("ignore", 2, { actor: "passer-by" });

  expect(ignoredBy(["a"], [other, ignore, permission(ignore.id, "write")])).toBe("mira");
});

test("a check that is asked for again is ignored no longer, until it is said again, in whatever order it is told", () => {
  const [again, reread, more] = [press(null, 2, { run: 2 }), press("re-read", 2, { run: 2 }), press("ignore", 3, { run: 3 })];
  const may = [permission(ignore.id, "admin"), permission(more.id, "admin")];

  expect(ignoredBy(["a"], [again, ignore, ...may])).toBeNull();
  expect(ignoredBy(["a"], [ignore, reread, ...may])).toBeNull();
  expect(ignoredBy(["a"], [more, ...may, again, ignore])).toBe("mira");
});

test("of presses on one run ignoring wins, a later run in the same second wins over both", () => {
  const may = permission(ignore.id, "write");

  expect(ignoredBy(["a"], [ignore, press(null, 1), may])).toBe("mira");
  expect(ignoredBy(["a"], [press(null, 1), ignore, may])).toBe("mira");
  expect(ignoredBy(["a"], [press(null, 1, { run: 2 }), ignore, may])).toBeNull();
});

test("ignoring outlasts a push, but not one to a fork", () => {
  const [first, second] = [pull(7, "open", at(1)), pull(7, "open", at(2), { headSha: shaOf("next") })];

  expect(headsOf(second, [first, second])).toEqual([first.headSha, second.headSha]);
  expect(headsOf({ ...second, fork: true }, [first, second])).toEqual([second.headSha]);
});
