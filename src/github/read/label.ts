import { z } from "zod";
import type { LabelFact } from "../../core/words.ts";
import type { Reading, RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { place } from "../place.ts";
import type { LabelReading } from "../reading.ts";

/** When a label of that name was found to be gone; one that was made anew in the meantime is another label. `about` = the fact that told of it. */
export async function readLabel(
  calls: ReadCalls,
  at: RepositoryAddress,
  { about, label, was, name, actor }: { readonly about: string } & Pick<LabelFact, "label" | "was" | "name" | "actor">,
): Promise<Reading> {
  const route = "GET /repos/{owner}/{repo}/labels/{name}";
  const { body: found, at: readAt } = await calls.get(route, { ...place(at), name: was }, z.object({ id: z.int() }));
  const body: LabelReading = { repository: at.repository, label, was, name, actor, changed: found?.id !== label, readAt };
  return { id: `label:${at.repository}:${about}`, kind: "label", body };
}
