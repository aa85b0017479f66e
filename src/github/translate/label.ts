import { z } from "zod";
import { makeFact } from "../fact.ts";
import { labelName, moment, person } from "./fields.ts";
import { timeOf } from "./times.ts";
import { type Told, toldTo } from "./told.ts";

const payload = z.object({
  action: z.string(),
  label: z.object({ id: z.int(), name: labelName }),
  changes: z.object({ name: z.object({ from: labelName }).nullish() }).nullish(),
  repository: z.object({ id: z.int(), pushed_at: moment.nullish(), updated_at: moment.nullish() }),
  sender: person.optional(),
});

/** A label that is called otherwise from now on, or is gone. Its colour and its description say nothing. */
export function labelFacts(body: unknown): Told {
  const { action, label, changes, repository, sender } = payload.parse(body);
  const was = action === "deleted" ? label.name : (changes?.name?.from ?? label.name);
  const name = action === "deleted" ? null : label.name;
  if (was === name) return [];
  const told = { kind: "label", thing: "labels", label: label.id, was, name, actor: sender?.login ?? null, read: false } as const;
  return toldTo(repository.id, [makeFact({ ...told, at: timeOf.label(repository) })]);
}
