import { z } from "zod";
import { pressesOn } from "../../core/status/ignored.ts";
import { makeFact } from "../fact.ts";
import { moment, person, repositoryId, sha, text } from "./fields.ts";
import { timeOf } from "./times.ts";
import { type Told, toldTo } from "./told.ts";

const runPayload = z.object({
  check_run: z.object({ id: z.int(), head_sha: sha, completed_at: moment.nullish(), started_at: moment.nullish() }),
  requested_action: z.object({ identifier: text }).nullish(),
  repository: repositoryId,
  sender: person.optional(),
});

const suitePayload = z.object({
  check_suite: z.object({ id: z.int(), head_sha: sha, updated_at: moment }),
  repository: repositoryId,
  sender: person.optional(),
});

/** "Re-run", or a button of ours, pressed on one check. GitHub tells these to the app that owns the check, and to nobody else. */
export function checkRunFacts(body: unknown): Told {
  const { check_run: run, requested_action: action, repository, sender } = runPayload.parse(body);
  const pressed = { kind: "rerequest", headSha: run.head_sha, action: action?.identifier ?? null, run: run.id } as const;
  const [thing, actor] = [pressesOn(run.head_sha), sender?.login ?? null];
  return toldTo(repository.id, [makeFact({ ...pressed, thing, actor, at: timeOf.checkRun(run) })]);
}

/** "Re-run all" pressed on the checks of a commit. */
export function checkSuiteFacts(body: unknown): Told {
  const { check_suite: suite, repository, sender } = suitePayload.parse(body);
  const pressed = { kind: "rerequest", headSha: suite.head_sha, action: null, run: null } as const;
  const [thing, actor] = [pressesOn(suite.head_sha), sender?.login ?? null];
  return toldTo(repository.id, [makeFact({ ...pressed, thing, actor, at: timeOf.checkSuite(suite) })]);
}
