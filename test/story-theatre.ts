import { expect, onTestFinished } from "vitest";
import { z } from "zod";
import { canonicalJson, type Fact, factSchema, type KeepLimits, type RepositoryFact } from "../src/core/words.ts";
import { drain } from "../src/flow.ts";
import type { Translator } from "../src/ports.ts";
import { openLanes } from "../src/postgres/lanes.ts";
import { openPool } from "../src/postgres/open-pool.ts";
import { addReadings } from "../src/postgres/receipt.ts";
import { verifyAll } from "../src/postgres/verify.ts";
import { shaOf } from "./facts.ts";
import { foldStory } from "./fold-story.ts";
import { freshDatabase } from "./fresh-database.ts";
import type { Story } from "./generated-story.ts";

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

/** Plays stories through a database of the test's own: rows of one round wait together and are drained as one batch. Answers with the board. */
export async function openTheatre(limits: KeepLimits): Promise<(one: Story, rounds: readonly (readonly Fact[])[]) => Promise<string>> {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const pool = openPool(database.url, { poolSize: 3, log: () => undefined });
  onTestFinished(() => pool.end());
  const lanes = openLanes(pool, (lane) => drain(lane, translator), limits);
  let repository = 0;

  return async (one: Story, rounds: readonly (readonly Fact[])[]) => {
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
    expect((await verifyAll(pool)).filter((verdict) => verdict.repository === own)).toMatchObject([{ waiting: false, problems: [] }]);
    await pool.query("delete from repositories where id = $1", [own]);
    return canonicalJson(rows);
  };
}

/** The board that the full fold of a story comes to, written as playing it answers. */
export const boardOf = (one: Story): string =>
  canonicalJson(
    foldStory(one.facts, one.texts)
      .map(({ declared, scope, present, folded: { history: _, ...folded } }) => ({ id: `${declared.id} ${scope}`, present, folded }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
