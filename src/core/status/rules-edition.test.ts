import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { foldStory } from "../../../test/fold-story.ts";
import { busyStory, type Story, story } from "../../../test/generated-story.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { canonicalJson } from "../words.ts";
import { mentionsOf } from "./mentions.ts";
import { rulesEdition } from "./rules-edition.ts";

const file = new URL("../../../test/golden/rules-edition.json", import.meta.url);
const record = z.object({ edition: z.number(), stories: z.string(), boards: z.string() });

const hashOf = (value: unknown): string => createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 32);

/** The same stories each time: only their generator changes them. */
const stories: readonly Story[] = [...fc.sample(story, { seed: 7, numRuns: 80 }), ...fc.sample(busyStory, { seed: 7, numRuns: 20 })];

/** All that is stored of a story: what its rows declare, what its tasks came to and how, and what its texts mention. */
const storedOf = ({ facts, texts }: Story): unknown => ({
  tasks: foldStory(facts, texts)
    .map(({ scope, declared, present, stated, folded }) => ({ key: `${declared.id} ${scope}`, declared, present, stated, folded }))
    .sort((a, b) => (a.key < b.key ? -1 : 1)),
  mentions: facts
    .flatMap(mentionsOf)
    .map(({ token, thing }) => `${token} ${thing}`)
    .sort(),
});

test("whoever changes what stories come to raises the edition of the rules, so that stored plans are derived again", () => {
  const now = { edition: rulesEdition, stories: hashOf(stories), boards: hashOf(stories.map(storedOf)) };
  const kept = existsSync(file) ? record.parse(JSON.parse(readFileSync(file, "utf8"))) : null;
  const told = kept?.edition === now.edition && kept.stories === now.stories ? { boards: kept.boards } : null;
  const raise = `the same stories come to something else than edition ${rulesEdition} made of them: raise rulesEdition, then "npm run golden"`;
  if (told !== null) expect(now.boards, raise).toBe(told.boards);
  matchesGolden("rules-edition.json", `${JSON.stringify(now, null, 2)}\n`);
});
