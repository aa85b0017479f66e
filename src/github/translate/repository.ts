import { z } from "zod";
import { makeFact } from "../fact.ts";
import { moment, text } from "./fields.ts";
import { timeOf } from "./times.ts";
import { type Told, toldTo } from "./told.ts";

const payload = z.object({
  action: z.string(),
  repository: z.object({
    id: z.int(),
    name: text,
    owner: z.object({ login: text }),
    private: z.boolean(),
    default_branch: text,
    updated_at: moment,
  }),
  // Only hooks that belong to no app have none, and then there is nothing to say about where the app is.
  installation: z.object({ id: z.int() }).nullish(),
});

/** Where a repository is to be found after what was done to it. */
export function repositoryFacts(body: unknown): Told {
  const { action, repository, installation } = payload.parse(body);
  if (installation === null || installation === undefined) return [];
  const fact = makeFact({
    kind: "repository",
    thing: "repository",
    at: timeOf.repository(repository),
    repository: repository.id,
    installation: installation.id,
    owner: repository.owner.login,
    name: repository.name,
    defaultBranch: repository.default_branch,
    private: repository.private,
    // Where a transfer leads to an account that has the app too, that installation says so itself.
    present: action !== "deleted" && action !== "transferred",
  });
  return toldTo(repository.id, [fact]);
}
