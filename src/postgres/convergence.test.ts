import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { shaOf } from "../../test/facts.ts";
import { foldStory } from "../../test/fold-story.ts";
import { freshDatabase } from "../../test/fresh-database.ts";
import { type Story, story } from "../../test/generated-story.ts";
import { listedOf } from "../../test/listed-story.ts";
import { canonicalJson, type Fact, factSchema, type RepositoryFact } from "../core/words.ts";
import { drain } from "../flow.ts";
import type { Translator } from "../ports.ts";
import { openLanes } from "./lanes.ts";
import { openPool } from "./open-pool.ts";
import { addReadings } from "./receipt.ts";
import { verifyAll } from "./verify.ts";

const rowBody = z.object({ facts: z.array(factSchema), texts: z.array(z.string()) });

/** Rows that hold facts already: what lies between GitHub's words and ours is tested where it is written. */
const translator: Translator = {
  translate: async (rows) =>
    rows.map((row) => {
      const { facts, texts } = rowBody.parse(JSON.parse(row.body.toString("utf8")));
      const told = facts.map((fact) => ({
        repository: Number(fact.thing === "repository" && fact.kind === "repository" ? fact.repository : row.id.split(" ")[0]),
        fact,
      }));
      return { row: row.row, delivery: row.id, told, texts: new Map(texts.map((text) => [shaOf(text), text])), from: null, news: null };
    }),
};

const home = (repository: number): RepositoryFact => ({
  kind: "repository",
  id: `repository#${repository}`,
  thing: "repository",
  at: 0,
  repository,
  installation: 1,
  owner: "octo",
  name: `plans-${repository}`,
  defaultBranch: "main",
  private: false,
  present: true,
});

/** One history of arrivals: which rows come when. Rows of one round wait together and are drained as one batch. */
const arrivals = (one: Story) =>
  fc
    .record({
      order: fc.shuffledSubarray([...one.facts], { minLength: one.facts.length }),
      // Lists of GitHub's read meanwhile tell some of it again.
      repeats: fc.shuffledSubarray([...one.facts, ...listedOf(one.facts)]),
      rounds: fc.integer({ min: 1, max: 12 }),
    })
    .chain(({ order, repeats, rounds }) =>
      fc.record({
        all: fc.shuffledSubarray([...order, ...repeats], { minLength: order.length + repeats.length }),
        rounds: fc.constant(rounds),
      }),
    )
    .map(({ all, rounds }) => {
      const size = Math.max(1, Math.ceil(all.length / rounds));
      return Array.from({ length: rounds }, (_, round) => all.slice(round * size, (round + 1) * size));
    });

test("stories told in any order, repeated and in any batches end in the same board, proven by verify", async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const pool = openPool(database.url, { poolSize: 3, log: () => undefined });
  onTestFinished(() => pool.end());
  const lanes = openLanes(pool, (lane) => drain(lane, translator));
  let repository = 0;

  const play = async (one: Story, rounds: readonly (readonly Fact[])[]) => {
    repository += 1;
    const own = repository;
    for (const [round, facts] of [[home(own)], ...rounds].entries()) {
      await addReadings(
        pool,
        facts.map((fact, index) => ({
          id: `${own} ${round} ${index}`,
          kind: "story",
          body: { facts: [fact], texts: one.texts },
          repository: own,
          live: true,
        })),
      );
      await lanes.drain(`repository:${own}`);
    }
    const { rows } = await pool.query(
      `select (declared ->> 'id') || ' ' || scope as id, present, folded - 'present' as folded from tasks where repository_id = $1 order by ((declared ->> 'id') || ' ' || scope) collate "C"`,
      [own],
    );
    const parked = await pool.query("select id, error from inbox where state <> 'done'");
    expect(parked.rows).toEqual([]);
    expect((await verifyAll(pool)).filter((verdict) => verdict.repository === own)).toMatchObject([{ problems: [] }]);
    await pool.query("delete from repositories where id = $1", [own]);
    return canonicalJson(rows);
  };

  await fc.assert(
    fc.asyncProperty(
      story.chain((one) => fc.tuple(fc.constant(one), arrivals(one))),
      async ([one, rounds]) => {
        const expected = foldStory(one.facts, one.texts)
          .map(({ declared, scope, present, folded: { history: _, ...folded } }) => ({ id: `${declared.id} ${scope}`, present, folded }))
          .sort((a, b) => (a.id < b.id ? -1 : 1));
        expect(await play(one, rounds)).toBe(canonicalJson(expected));
      },
    ),
    { numRuns: 40, endOnFailure: true },
  );
});
