import { expect, test } from "vitest";
import { pullNumberOf, undoingOf, undoingOfPull } from "./subject.ts";

const sha = "0123456789abcdef0123456789abcdef01234567";

const other = "89abcdef0123456789abcdef0123456789abcdef";
const reverts = { shas: [] as string[], pulls: [] as number[], quoted: true, again: false };

test.each([
  [`Revert "basket"\n\nThis reverts commit ${sha}.`, { ...reverts, shas: [sha] }],
  [`Revert "basket"\n\nThis reverts commit ${sha.toUpperCase()}, reversing\nchanges made to main.`, { ...reverts, shas: [sha] }],
  [`Revert "basket"\n\nThis reverts commit ${sha}a.`, reverts],
  ['Revert "basket (#7)"', { ...reverts, pulls: [7] }],
  ['Revert "basket (#7)" (#12)\n\nReverts octo/plans#7', { ...reverts, pulls: [7] }],
  ['Revert "Merge pull request #7 from octo/basket"', { ...reverts, pulls: [7] }],
  ['Revert "basket"\n\nReverts #8\nSee what reverts #9', { ...reverts, pulls: [8] }],
  ['Revert "Revert "basket (#7)" (#12)" (#13)', { ...reverts, pulls: [12], again: true }],
  ['Revert "Revert "Revert "basket"""', reverts],
  [`Reapply "basket (#7)"\n\nThis reverts commit ${sha}.`, { ...reverts, shas: [sha], again: true }],
  ['Revert "Reapply "basket (#7)""', reverts],
  [`Back out the basket\n\nThis reverts commit ${sha}.`, { ...reverts, shas: [sha], quoted: false }],
  [`Basket anew (#20)\n\n* Revert "x"\n\nThis reverts commit ${sha}.\n\n* y\n\nThis reverts commit ${other}.`, null],
  [`We think this reverts commit ${sha}`, null],
  ["Back out the basket\n\nReverts #7", null],
  ["revert the basket", null],
  ["", null],
])("%j takes back %j", (message, expected) => {
  expect(undoingOf(message)).toEqual(expected);
});

test("quotes that nest without end are read in time", () => {
  expect(undoingOf('Revert "'.repeat(8000) + '"'.repeat(8000))).toMatchObject({ quoted: true, pulls: [] });
});

test.each([
  [
    { title: 'Revert "basket (#7)"', body: "Reverts octo/plans#7", branch: "revert-7-basket" },
    { ...reverts, pulls: [7] },
  ],
  [{ title: 'Revert "basket"', body: "", branch: "x" }, reverts],
  [
    { title: "Back out the basket", body: "Reverts octo/plans#7", branch: "revert-7-basket" },
    { ...reverts, pulls: [7], quoted: false },
  ],
  [{ title: "Back out the basket", body: "Reverts octo/plans#8", branch: "revert-7-basket" }, null],
  [{ title: "Back out the basket", body: "Reverts octo/plans#7", branch: "basket" }, null],
  [
    { title: 'Revert "Revert "basket""', body: "Reverts octo/plans#12", branch: "revert-12-revert-7-basket" },
    { ...reverts, pulls: [12], again: true },
  ],
])("a pull request %j takes back %j", (pull, expected) => {
  expect(undoingOfPull(pull)).toEqual(expected);
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
