import type { Store } from "../ports.ts";

/** The newest text of a plan that is stored; null where there is none. */
export async function earlierText(store: Store, repository: number, path: string): Promise<string | null> {
  const facts = await store.factsAbout(repository, [`plan:${path}`]);
  const versions = facts.flatMap((fact) => (fact.kind === "plan" && fact.blob !== null ? [{ at: fact.at, blob: fact.blob }] : []));
  const newest = versions.toSorted((a, b) => a.at - b.at).at(-1);
  return newest === undefined ? null : ((await store.texts([newest.blob])).get(newest.blob) ?? null);
}
