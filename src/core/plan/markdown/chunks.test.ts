import fc from "fast-check";
import { expect, test } from "vitest";
import { readPlan } from "../read-plan.ts";
import { chunksOf } from "./chunks.ts";

const rows = (from: number): string => `| A-${from} | One | todo |\n| A-${from + 1} | Two | todo |\n`;

/** Pieces of a document and how many tasks each holds. */
const pieces: readonly ((from: number) => readonly [text: string, tasks: number])[] = [
  (from) => [`| ID | Task | Status |\n|--|--|--|\n${rows(from)}`, 2],
  (from) => [`- [ ] A-${from} One\n  - a step\n\n    words\n- [x] A-${from + 1} Two\n`, 2],
  (from) => [`1. First\n   - [ ] A-${from} One\n`, 1],
  (from) => [`\`\`\`md\n- [ ] A-${from} One\n\n| ID | Task | Status |\n|--|--|--|\n${rows(from)}\`\`\`\n`, 0],
  (from) => [`~~~\n# no heading\n\n- [ ] A-${from} One\n~~~\n`, 0],
  (from) => [`<!--\n# no heading\n\n- [ ] A-${from} One\n-->\n`, 0],
  (from) => [`> - [ ] A-${from} One\n`, 0],
  (from) => [`Task ${from} — One\n\n- ID: A-${from}\n- Status: todo\n`, 1],
  () => ["# Heading\n\nWords that go on\nand on.\n", 0],
];

test("cutting a long document changes nothing that is read from it", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 100, maxLength: 250 }), (chosen) => {
      const parts = chosen.map((piece, index) => piece(index * 10));
      const text = parts.map(([part]) => part).join("\n");
      const { plan } = readPlan({ path: "PLAN.md", text, named: true });

      expect(plan?.tasks.length ?? 0).toBe(parts.reduce((sum, [, tasks]) => sum + tasks, 0));
      expect(
        plan?.tasks.every(({ id, line }) => text.split("\n")[line - 1]?.includes(id) || text.split("\n")[line + 1]?.includes(id)) ?? true,
      ).toBe(true);
    }),
    { numRuns: 15 },
  );
});

test("the parts make up the whole", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("# a\n", "- b\r\n", "\n", "c\n", "```\n", "| d |\n", "  - e\n", "f\r"), { maxLength: 2000 }),
      (lines) => {
        const text = lines.join("");
        const { chunks, unread } = chunksOf(text);

        expect(chunks.map((chunk) => chunk.offset)).toEqual(
          chunks.map((_, n) => chunks.slice(0, n).reduce((sum, { text: part }) => sum + part.length, 0)),
        );
        expect(chunks.reduce((sum, { text: part }) => sum + part.length, 0)).toBe(text.length);
        if (unread.length === 0) expect(chunks.map(({ text: part }) => part).join("")).toBe(text);
      },
    ),
  );
});

test("what is too deep or without end becomes blank, and is told of", () => {
  const { chunks, unread } = chunksOf(`> > > > deep\n${" ".repeat(50)}far\n- a\n`);

  expect(chunks).toEqual([{ text: `            \n${" ".repeat(53)}\n- a\n`, offset: 0 }]);
  expect(unread).toEqual([0, 13]);
  expect(chunksOf(`> a\n${"b\n".repeat(600)}`).unread).toHaveLength(101);
});
