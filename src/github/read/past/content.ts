import type { z } from "zod";
import type { Reading } from "../../../ports.ts";
import type { pullShape } from "../../translate/pull.ts";
import { readPull } from "../pull.ts";
import type { PageAsk } from "./page.ts";

/** The commits and files of these pull requests at their heads, as far as they are not known yet. */
export async function contentsOf(ask: PageAsk, pulls: readonly z.infer<typeof pullShape>[]): Promise<readonly Reading[]> {
  const readings: Reading[] = [];
  for (const { number, head, state } of pulls) {
    if (await ask.known.hasContent(number, head.sha)) continue;
    readings.push(await readPull(ask.calls, ask.at, { number, headSha: head.sha, ended: state === "closed" }, ask.earlier));
  }
  return readings;
}
