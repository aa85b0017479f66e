import { z } from "zod";
import { makeFact } from "../fact.ts";
import { moment, name, repositoryId, sha, text } from "./fields.ts";
import { timeOf } from "./times.ts";
import { type Told, toldTo } from "./told.ts";

const payload = z.object({
  deployment_status: z.object({ state: text, environment: text.nullish(), created_at: moment }),
  deployment: z.object({ id: z.int(), sha, ref: name, environment: text }),
  repository: repositoryId,
});

/** A deployment that went well. One that is under way, failed or was replaced by a newer one brought nothing to anybody. */
export function deploymentFacts(body: unknown): Told {
  const { deployment_status: status, deployment, repository } = payload.parse(body);
  if (status.state !== "success") return [];
  const fact = makeFact({
    kind: "deployment",
    thing: `deployment:${deployment.id}`,
    at: timeOf.deployment(status),
    deployment: deployment.id,
    sha: deployment.sha,
    ref: deployment.ref,
    environment: status.environment || deployment.environment,
  });
  return toldTo(repository.id, [fact]);
}
