import { z } from "zod";
import { makeFact } from "../fact.ts";
import { moment, repositoryId, sha, text } from "./fields.ts";
import { timeOf } from "./times.ts";
import { type Told, toldTo } from "./told.ts";

const runPayload = z.object({
  check_run: z.object({ id: z.int(), head_sha: sha, completed_at: moment.nullish(), started_at: moment.nullish() }),
  requested_action: z.object({ identifier: text }).nullish(),
  repository: repositoryId,
});

const suitePayload = z.object({
  check_suite: z.object({ id: z.int(), head_sha: sha, updated_at: moment }),
  repository: repositoryId,
});

/** "Re-run", or a button of ours, pressed on one check. GitHub tells these to the app that owns the check, and to nobody else. */
export function checkRunFacts(body: unknown): Told {
  const { check_run: run, requested_action: action, repository } = runPayload.parse(body);
  const pressed = { kind: "rerequest", headSha: run.head_sha, action: action?.identifier ?? null } as const;
  return toldTo(repository.id, [makeFact({ ...pressed, thing: `rerequest:run-${run.id}`, at: timeOf.checkRun(run) })]);
}

/** "Re-run all" pressed on the checks of a commit. */
export function checkSuiteFacts(body: unknown): Told {
  const { check_suite: suite, repository } = suitePayload.parse(body);
  const pressed = { kind: "rerequest", headSha: suite.head_sha, action: null } as const;
  return toldTo(repository.id, [makeFact({ ...pressed, thing: `rerequest:suite-${suite.id}`, at: timeOf.checkSuite(suite) })]);
}
