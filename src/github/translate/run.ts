import { z } from "zod";
import { makeFact } from "../fact.ts";
import { moment, name, repositoryId, sha, text } from "./fields.ts";
import { timeOf } from "./times.ts";
import { type Told, toldTo } from "./told.ts";

const payload = z.object({
  workflow_run: z.object({
    id: z.int(),
    name: text.nullish(),
    path: name.nullish(),
    head_branch: name.nullish(),
    head_sha: sha,
    run_number: z.int(),
    run_attempt: z.int().nullish(),
    event: text,
    conclusion: text.nullable(),
    updated_at: moment,
    head_repository: repositoryId.nullish(),
  }),
  workflow: z.object({ name: text.nullish(), path: name.nullish() }).nullish(),
  repository: repositoryId,
});

/** A finished workflow run. One without a branch or a result says nothing of any branch. */
export function runFacts(body: unknown): Told {
  const { workflow_run: run, workflow, repository } = payload.parse(body);
  const branch = run.head_branch;
  if (branch === null || branch === undefined || run.conclusion === null) return [];
  const file = fileOf(run.path ?? workflow?.path ?? "");
  const fact = makeFact({
    kind: "run",
    thing: `run:${file}:${branch}:${run.id}`,
    at: timeOf.run(run),
    run: run.id,
    // A run may be given a title of its own; gates name the workflow.
    workflow: workflow?.name || run.name || file,
    file,
    branch,
    headSha: run.head_sha,
    number: run.run_number,
    attempt: run.run_attempt ?? 1,
    conclusion: run.conclusion,
    event: run.event,
    own: run.head_repository?.id === repository.id,
  });
  return toldTo(repository.id, [fact]);
}

/** Reusable workflows carry the ref they were taken from: `.github/workflows/test.yml@main`. */
const fileOf = (path: string): string => path.split("@")[0] ?? path;
