import { z } from "zod";
import { makeFact } from "../fact.ts";
import { moment, name, repositoryId, sha, text } from "./fields.ts";
import { timeOf } from "./times.ts";
import { type Occasion, type Told, toldTo } from "./told.ts";

const payload = z.object({
  check_suite: z.object({
    id: z.int(),
    head_branch: name.nullish(),
    head_sha: sha,
    conclusion: text.nullish(),
    updated_at: moment,
    app: z.object({ id: z.int(), slug: name.nullish(), name: text.nullish() }).nullish(),
  }),
  repository: repositoryId,
});

/** Its suites are told as runs of its workflows, by their names. */
const actions = "github-actions";

/**
 * A finished suite of another app's checks (a CI service) as a run: it may be a gate, by the app's name or slug. Suites have no numbers, so
 * a newer one has the higher id, and one that ran again is the attempt of the second in which it ended.
 */
export function suiteFacts(body: unknown, { appId }: Occasion): Told {
  const { check_suite: suite, repository } = payload.parse(body);
  const { head_branch: branch, app, conclusion } = suite;
  // GitHub names no branch where the commit came from a fork.
  if (branch === null || branch === undefined || app === null || app === undefined) return [];
  if (conclusion === null || conclusion === undefined || app.id === appId || app.slug === actions) return [];
  const slug = app.slug ?? app.name ?? String(app.id);
  const fact = makeFact({
    kind: "run",
    thing: `run:${slug}:${branch}:suite-${suite.id}`,
    at: timeOf.checkSuite(suite),
    run: suite.id,
    workflow: app.name || slug,
    file: slug,
    branch,
    headSha: suite.head_sha,
    number: suite.id,
    attempt: Math.floor(suite.updated_at / 1000),
    conclusion,
    event: "check_suite",
    own: true,
  });
  return toldTo(repository.id, [fact]);
}
