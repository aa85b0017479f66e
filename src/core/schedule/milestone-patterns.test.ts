import fc from "fast-check";
import { expect, test } from "vitest";
import { task } from "../../../test/board.ts";
import { matchesGlob } from "../plan/glob.ts";
import { patternsOn } from "./milestone-patterns.ts";

test("a pattern fits the id as it is written and as it is compared, letter case aside", () => {
  const fitting = patternsOn([
    { of: "auth", patterns: ["auth-00*"] },
    { of: "five", patterns: ["AUTH-5"] },
    { of: "mvp", patterns: ["phase: mvp "] },
  ]);

  expect(fitting(task("AUTH-005", { phase: "MVP" }))).toEqual(["auth", "five", "mvp"]);
  expect(fitting(task("AUTH-050", { phase: "MVP 2" }))).toEqual([]);
});

test("a list of which several patterns fit is told once", () => {
  expect(patternsOn([{ of: "M1", patterns: ["A-*", "*-1", "phase:*"] }])(task("A-1", { phase: "P" }))).toEqual(["M1"]);
});

test("patterns found by their letters are those that fit one by one", () => {
  const pattern = fc.stringMatching(/^(phase:)?[aA/*?-]{1,5}1?$/);
  const text = fc.stringMatching(/^[aA/-]{1,5}1?$/);
  fc.assert(
    fc.property(fc.array(fc.array(pattern, { maxLength: 3 }), { maxLength: 4 }), text, text, fc.option(text), (lists, id, token, phase) => {
      const one = task("A-1", { id, token, phase });
      const found = patternsOn(lists.map((patterns, of) => ({ of, patterns })))(one);
      const fits = (glob: string): boolean =>
        glob.startsWith("phase:")
          ? phase !== null && matchesGlob(glob.slice("phase:".length).toLowerCase(), phase.toLowerCase())
          : [id, token].some((name) => matchesGlob(glob.toLowerCase(), name.toLowerCase()));
      expect([...found].sort()).toEqual(lists.flatMap((patterns, of) => (patterns.some(fits) ? [of] : [])));
    }),
    { numRuns: 2000 },
  );
});
