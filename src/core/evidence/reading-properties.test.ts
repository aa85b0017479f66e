import fc from "fast-check";
import { expect, test } from "vitest";
import { type Place, places } from "../words.ts";
import { candidateTokens, mostCandidates } from "./candidates.ts";
import { knownFrom } from "./known.ts";
import { readCommands } from "./read-commands.ts";
import { readReferences } from "./read-references.ts";

// Few ids, so that texts and plans meet.
const idShapes = fc.oneof(
  fc.tuple(fc.constantFrom("AUTH-", "auth-", "WO-NAV-", "X1-", "T"), fc.nat(12)).map(([stem, number]) => stem + padded(number)),
  fc.tuple(fc.constantFrom("AUTH", "Ü"), fc.nat(12), fc.nat(3)).map(([prefix, number, child]) => `${prefix}-${number}.${child}`),
  fc.constantFrom("LI-W1-MON", "bd-idj", "P1-AUTH-DB", "12.1-01", "1-2-slug", "A_B-3"),
  fc.tuple(fc.nat(3), fc.nat(6)).map(([section, number]) => `${section}.${number}`),
  fc.nat(12).map(String),
);

/** `AUTH-003..007`, `T004–T006`, `X1-002/003`. */
const groups = fc
  .record({
    stem: fc.constantFrom("AUTH-", "WO-NAV-", "T", "X1-"),
    first: fc.nat(12),
    joint: fc.constantFrom("..", "-", "–", "/", "**/**"),
    again: fc.boolean(),
    last: fc.nat(12),
  })
  .map(({ stem, first, joint, again, last }) => stem + padded(first) + joint + (again ? stem : "") + padded(last));

const padded = (number: number): string => String(number).padStart(3, "0");

const pieces = fc.oneof(
  { weight: 4, arbitrary: idShapes },
  { weight: 2, arbitrary: groups },
  fc.constantFrom(
    "closes",
    "fixes:",
    "not",
    "mark",
    "done",
    "as",
    "wontfix",
    "see",
    "part of",
    "task",
    "tasks #",
    "014-roadmap#",
    "[WIP]",
    "and",
    'Revert "',
    "Merge branch '",
  ),
  {
    weight: 2,
    arbitrary: fc.constantFrom(" ", " ", "\n", ", ", "/", "-", "–", "..", ".", "_", "#", "'s ", "? ", " — ", '"', "(", ")", "+"),
  },
  fc.constantFrom(
    "**",
    "`",
    "~~",
    "\n\n",
    "- [ ] ",
    "- ",
    "> ",
    "```\n",
    "<!-- ",
    " -->",
    "[",
    "](x)",
    "<b>",
    "|",
    "https://a.b/",
    "/status ",
    "\\",
  ),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const texts = fc.array(pieces, { maxLength: 30, size: "max" }).map((parts) => parts.join(""));
const somewhere = fc.constantFrom<Place>(...places);
const plans = fc.record({
  ids: fc.array(idShapes, { maxLength: 80, size: "max" }),
  aliases: fc.dictionary(fc.constantFrom("TASK", "X1-7", "T-01", "SEC-3"), fc.constantFrom("AUTH", "WO-NAV", "T003", "LI-W1-MON"), {
    maxKeys: 3,
  }),
  retired: fc.array(idShapes, { maxLength: 3 }),
});

test("whatever is read lies inside the text, holds the id as written, and is said once for each task", () => {
  fc.assert(
    fc.property(texts, somewhere, plans, (text, place, plan) => {
      const known = knownFrom(plan);
      const { references } = readReferences(text, place, known);
      for (const { token, start, end, because, words } of references) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(text.slice(start, end)).toMatch(/[\p{L}\p{N}]$/u);
        expect([because, words].every((part) => part !== "")).toBe(true);
        expect(known.ids.has(token)).toBe(true);
      }
      expect(new Set(references.map(({ token, scope }) => `${token} ${scope?.toLowerCase()}`)).size).toBe(references.length);
      expect(references.map((reference) => reference.start)).toEqual(
        references.map((reference) => reference.start).toSorted((a, b) => a - b),
      );
    }),
    { numRuns: 700 },
  );
});

test("every task that any plan could read in a text is among its candidates, or an alias of one", () => {
  fc.assert(
    fc.property(texts, somewhere, plans, (text, place, plan) => {
      const known = knownFrom(plan);
      const candidates = candidateTokens(text, place);
      const reached = new Set(candidates.map((token) => (known.ids.has(token) ? token : (known.aliases.get(token) ?? token))));
      const missed = readReferences(text, place, known).references.filter((reference) => !reached.has(reference.token));
      expect(missed).toEqual([]);
      expect(candidates.length).toBeLessThanOrEqual(mostCandidates);
    }),
    { numRuns: 1500 },
  );
});

test("a plan made of a text's own candidates reads none that is not a candidate", () => {
  fc.assert(
    fc.property(texts, somewhere, (text, place) => {
      const candidates = candidateTokens(text, place);
      const read = readReferences(text, place, knownFrom({ ids: candidates })).references.map((reference) => reference.token);
      expect(candidates).toEqual(expect.arrayContaining(read));
    }),
    { numRuns: 700 },
  );
});

test("an id alone in any place but a body's code is a mention of itself", () => {
  const named = idShapes.filter((id) => /^\p{L}/u.test(id) && !id.includes("_"));
  fc.assert(
    fc.property(named, fc.constantFrom<Place>("commit", "title", "body", "comment", "branch", "label"), (id, place) => {
      const { references } = readReferences(id, place, knownFrom({ ids: [id] }));
      expect(references).toMatchObject([{ verb: "mention", stance: "bare", start: 0, end: id.length, words: id }]);
    }),
  );
});

test("code at the end of a body changes nothing that is read of it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("closes A-1", "A-2 waits", "does not fix A-3", "\n\n", ". ", "? ", "- "), { maxLength: 12 }),
      (parts) => {
        const known = knownFrom({ ids: ["A-1", "A-2", "A-3"] });
        const body = parts.join("");
        const longer = `${body}\n\n\`\`\`\ncloses A-1, A-2, A-3\n\`\`\`\n`;
        expect(readReferences(longer, "body", known)).toEqual(readReferences(body, "body", known));
      },
    ),
  );
});

test("commands are read of any comment without an exception, twenty at most, and an edit that changes nothing has none", () => {
  const lines = fc.oneof(
    texts,
    fc.tuple(fc.constantFrom("/status ", "/block ", "/done ", "/statsu "), texts).map((line) => line.join("")),
  );
  fc.assert(
    fc.property(fc.array(lines, { maxLength: 30 }), (parts) => {
      const text = parts.join("\n\n");
      expect(readCommands(text, null).length).toBeLessThanOrEqual(20);
      expect(readCommands(text, text)).toEqual([]);
      for (const command of readCommands(text, null)) {
        if ("token" in command && command.token !== null) expect(candidateTokens(text, "comment")).toContain(command.token);
      }
    }),
    { numRuns: 200 },
  );
});
