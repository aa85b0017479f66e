import { z } from "zod";

const numbered = z.object({ id: z.int().positive() }).optional().catch(undefined);
const payload = z.object({ repository: numbered, installation: numbered }).catch({ repository: undefined, installation: undefined });

export const laneOfRepository = (repository: number): string => `repository:${repository}`;

/** What a webhook is drained in order with: its repository, else its installation. `none`: it names neither, or is no JSON. */
export function laneOf(body: Buffer): string {
  const { repository, installation } = payload.parse(read(body));
  if (repository !== undefined) return laneOfRepository(repository.id);
  return installation === undefined ? "none" : `installation:${installation.id}`;
}

function read(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
