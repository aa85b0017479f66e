import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { defaultConfiguration } from "../plan/configuration.ts";
import { normalise } from "../plan/token.ts";
import { places } from "../words.ts";
import { homesByToken } from "./homes.ts";
import { knownFrom } from "./known.ts";
import { readReferences } from "./read-references.ts";

const vectors = z.object({
  plan: z.object({
    ids: z.array(z.string()),
    aliases: z.record(z.string(), z.string()),
    retired: z.array(z.string()),
    scopes: z.record(z.string(), z.array(z.string())).default({}),
  }),
  verbs: z.partialRecord(z.enum(["complete", "link", "start", "reopen", "not", "and"]), z.array(z.string())).default({}),
  cases: z.array(
    z.object({
      where: z.enum(places),
      text: z.string(),
      expect: z.array(z.tuple([z.string(), z.string()])),
      warn: z.array(z.string()).default([]),
      stance: z.array(z.string()).optional(),
      idle: z.array(z.boolean()).optional(),
      /** Read with the words of `verbs`. */
      own: z.literal(true).optional(),
      scope: z.array(z.string().nullable()).optional(),
      hint: z.union([z.literal(true), z.string()]).optional(),
    }),
  ),
});
type Case = z.infer<typeof vectors>["cases"][number];

const noVerbs = defaultConfiguration.verbs;

const shared = new URL("../../../../shared/vectors/references.yaml", import.meta.url);
const own = new URL("../../../test/fixtures/references.yaml", import.meta.url);

describe("the project's own cases", () => holdsAll(own));

test("the project's own cases are more than the shared ones, and no two are the same", () => {
  const { cases } = vectors.parse(parse(readFileSync(own, "utf8")));

  expect(cases.length).toBe(218);
  expect(new Set(cases.map(({ where, text, own: ours }) => `${where} ${ours} ${text}`)).size).toBe(cases.length);
});

if (existsSync(shared)) describe("the shared vectors", () => holdsAll(shared));
else test("the shared vectors", ({ skip }) => skip("they are kept beside the project, and are not here"));

function holdsAll(file: URL): void {
  const { plan, verbs, cases } = vectors.parse(parse(readFileSync(file, "utf8")));
  const homes = Object.entries(plan.scopes).flatMap(([id, scopes]) =>
    scopes.map((scope) => [normalise(id), { scope, path: scope, id, title: `${id} of ${scope}`, present: true }] as const),
  );
  const known = knownFrom({ ...plan, homes: homesByToken(homes) });
  const words = { ...noVerbs, ...verbs };
  test.each(cases.map((each): [string, Case] => [`${each.where} ${JSON.stringify(each.text)}`, each]))(
    "%s",
    (_, { where, text, ...wanted }) => {
      const { references, warnings } = readReferences(text, where, known, wanted.own === true ? words : null);

      expect(references.map((reference) => [known.ids.get(reference.token), reference.verb])).toEqual(wanted.expect);
      expect(warnings.map((warning) => warning.text)).toEqual(wanted.warn);
      if (wanted.stance !== undefined) expect(references.map((reference) => reference.stance)).toEqual(wanted.stance);
      if (wanted.idle !== undefined) expect(references.map((reference) => reference.idle)).toEqual(wanted.idle);
      if (wanted.scope !== undefined) expect(references.map((reference) => reference.scope)).toEqual(wanted.scope);
      if (wanted.hint !== undefined) expect(references[0]?.because).toMatch(wanted.hint === true ? /\S/ : wanted.hint);
    },
  );
}

const known = knownFrom({ ids: ["SHOP-001", "SHOP-002", "SHOP-003"] });

test("a reading names the words it was made from, as they were written", () => {
  const words = (text: string) => readReferences(text, "body", known).references.map((reference) => reference.words);

  expect(words("This Closes **SHOP-001**, shop-2")).toEqual(["Closes SHOP-001", "Closes shop-2"]);
  expect(words("It does not yet close SHOP-001")).toEqual(["not yet close SHOP-001"]);
  expect(words("mark SHOP-001, SHOP-002 as done")).toEqual(["mark SHOP-001 as done", "mark SHOP-002 as done"]);
  expect(words("SHOP-001/002")).toEqual(["SHOP-001", "SHOP-001/002"]);
  expect(words("SHOP-001 – basket – In Progress")).toEqual(["SHOP-001 — In Progress"]);
});

test("a task stands where it was first seen, whatever is said of it later", () => {
  const text = "SHOP-001 is next.\n\nCloses SHOP-001";

  expect(readReferences(text, "body", known).references).toMatchObject([{ verb: "complete", start: 0, end: 8, words: "Closes SHOP-001" }]);
});

test("a repository can add verbs of its own", () => {
  const read = (text: string) =>
    readReferences(text, "title", known, { ...noVerbs, complete: ["Ships", "lands in"], link: ["fix"] }).references;

  expect(read("ships SHOP-001, lands in SHOP-002; closes SHOP-003").map((reference) => reference.verb)).toEqual([
    "complete",
    "complete",
    "complete",
  ]);
  expect(read("a fix SHOP-001")).toMatchObject([{ verb: "mention", stance: "linked" }]);
});

test("an unknown id is warned of with the ids that are nearest to it", () => {
  const warning = readReferences("closes SHOP-008", "body", known).warnings[0];

  expect(warning).toMatchObject({ text: "SHOP-008", token: "SHOP-8", nearest: ["SHOP-003", "SHOP-002", "SHOP-001"] });
});

test("an id that the plan spells in two ways names neither task", () => {
  const both = knownFrom({ ids: ["SHOP-1", "SHOP-001"] });

  expect(readReferences("closes SHOP-001", "body", both)).toMatchObject({
    references: [],
    warnings: [{ text: "SHOP-001", nearest: ["SHOP-1", "SHOP-001"] }],
  });
});

test("a range of more than fifty ids is read as its two ends, with a warning", () => {
  const many = knownFrom({ ids: Array.from({ length: 80 }, (_, index) => `T${100 + index}`) });

  expect(readReferences("closes T100-T149", "body", many).references).toHaveLength(50);
  const tooMany = readReferences("closes T100-T150", "body", many);
  expect(tooMany.references.map((reference) => reference.token)).toEqual(["T100", "T150"]);
  expect(tooMany.warnings).toHaveLength(1);
});

test("at most twenty warnings are given for one text", () => {
  const text = Array.from({ length: 40 }, (_, index) => `SHOP-${100 + index}`).join(" ");

  expect(readReferences(text, "body", known).warnings).toHaveLength(20);
});
