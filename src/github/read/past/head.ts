import { z } from "zod";
import type { Sha } from "../../../core/words.ts";
import { place } from "../../place.ts";
import { sha } from "../../translate/fields.ts";
import type { PageAsk } from "./page.ts";

const branchShape = z.object({ commit: z.object({ sha }) });

/** The commit that a branch points to now; null where there is none. */
export async function headOf({ calls, at }: Pick<PageAsk, "calls" | "at">, branch: string): Promise<Sha | null> {
  const { body } = await calls.get("GET /repos/{owner}/{repo}/branches/{branch}", { ...place(at), branch }, branchShape);
  return body?.commit.sha ?? null;
}
