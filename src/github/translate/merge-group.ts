import { z } from "zod";
import { makeFact } from "../fact.ts";
import { moment, name, sha } from "./fields.ts";
import { timeOf } from "./times.ts";
import { type Told, toldTo } from "./told.ts";

const payload = z.object({
  action: z.string(),
  merge_group: z.object({ head_sha: sha, head_ref: name, base_ref: name, head_commit: z.object({ timestamp: moment }) }),
  repository: z.object({ id: z.int(), pushed_at: moment.nullish() }),
});

/** A merge queue's group that wants a check, or is gone. */
export function mergeGroupFacts(body: unknown): Told {
  const { action, merge_group: group, repository } = payload.parse(body);
  const fact = makeFact({
    kind: "merge-group",
    thing: `merge-group:${group.head_sha}`,
    at: timeOf.mergeGroup(action, group, repository),
    headSha: group.head_sha,
    base: group.base_ref.replace(/^refs\/heads\//, ""),
    pulls: pullsIn(group.head_ref),
    open: action !== "destroyed",
  });
  return toldTo(repository.id, [fact]);
}

/** The payload lists no pull requests; the branch names the last of the group (`…/gh-readonly-queue/main/pr-104-<sha>`). */
function pullsIn(ref: string): readonly number[] {
  const number = /\/pr-(\d{1,10})-[0-9a-f]+$/.exec(ref)?.[1];
  return number === undefined ? [] : [Number(number)];
}
