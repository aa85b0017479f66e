import { secondInDoubt } from "../core/status/one-second.ts";
import type { Thing } from "../core/words.ts";
import type { Target } from "./target.ts";

/** Reads a pull request or an issue, unless what was told in the meantime says how it stands. */
export async function readInDoubt({ at, store, github }: Target, thing: Thing): Promise<void> {
  const ask = secondInDoubt(await store.factsAbout(at.repository, [thing]));
  if (ask !== null) await store.addReading(at.repository, await github.read.snapshot(at, ask));
}
