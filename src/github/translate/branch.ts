import { z } from "zod";
import type { Sha } from "../../core/words.ts";
import { makeFact } from "../fact.ts";
import { isQueueBranch, moment, name, person } from "./fields.ts";
import { timeOf } from "./times.ts";
import { type Told, toldTo } from "./told.ts";

/** `create` does not say where the new branch points (the push beside it does); git's own name for no commit stands for that. */
export const unknownHead: Sha = "0".repeat(40);

const payload = z.object({
  ref: name,
  ref_type: z.string(),
  repository: z.object({ id: z.int(), pushed_at: moment.nullish(), updated_at: moment.nullish() }),
  sender: person.optional(),
});

/** A branch that is there now. */
export const createFacts = (body: unknown): Told => branchFacts(body, "create", unknownHead);

/** A branch that is gone. */
export const deleteFacts = (body: unknown): Told => branchFacts(body, "delete", null);

function branchFacts(body: unknown, event: "create" | "delete", head: Sha | null): Told {
  const { ref, ref_type, repository, sender } = payload.parse(body);
  if (ref_type !== "branch" || isQueueBranch(ref)) return [];
  const at = timeOf[event](repository);
  return toldTo(repository.id, [makeFact({ kind: "branch", thing: `branch:${ref}`, at, name: ref, head, actor: sender?.login ?? null })]);
}
