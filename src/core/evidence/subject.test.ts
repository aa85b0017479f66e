import { expect, test } from "vitest";
import { pullNumberOf, revertedSha } from "./subject.ts";

const sha = "0123456789abcdef0123456789abcdef01234567";

test.each([
  [`Revert "basket"\n\nThis reverts commit ${sha}.`, sha],
  [`Revert "basket"\n\nThis reverts commit ${sha.toUpperCase()}, reversing\nchanges made to main.`, sha],
  [`Revert "basket"\n\nThis reverts commit ${sha}a.`, null],
  ["This reverts commit 0123456.", null],
  [`We think this reverts commit ${sha}`, null],
  ["basket", null],
])("of %j the reverted commit is %s", (message, expected) => {
  expect(revertedSha(message)).toBe(expected);
});

test.each([
  ["AUTH-005: login (#42)", 42],
  ["AUTH-005: login (#42)  \r\n\r\nSee (#43)", 42],
  ['Revert "AUTH-005: login (#42)" (#43)', 43],
  ['Revert "AUTH-005: login (#42)"', null],
  ["Merge pull request #7 from octo/auth-005", 7],
  ["Merge pull request #7 from octo/auth-005\n\nAUTH-005: login (#6)", 7],
  ["Closes (#42) and more", null],
  ["login\n\n(#42)", null],
  ["login (#42000000000)", null],
  ["", null],
])("of %j the pull request is %s", (message, expected) => {
  expect(pullNumberOf(message)).toBe(expected);
});
