/** Real payloads, collected by others: what GitHub's hooks have sent over the years. */
import { createRequire } from "node:module";
import { z } from "zod";

const collected: unknown = createRequire(import.meta.url)("@octokit/webhooks-examples");
const shape = z.array(z.object({ name: z.string(), examples: z.array(z.record(z.string(), z.unknown())) }));

type Example = { readonly event: string; readonly payload: Readonly<Record<string, unknown>> };

export const webhookExamples: readonly Example[] = shape
  .parse(collected)
  .flatMap(({ name, examples }) => examples.map((payload) => ({ event: name, payload })));

/** The newest collected payload of an event and action, with other values put in: `{ "pull_request.title": "x" }`. */
export function examplePayload(event: string, action: string | null = null, changes: Readonly<Record<string, unknown>> = {}): unknown {
  const found = webhookExamples.findLast((example) => example.event === event && (action === null || example.payload.action === action));
  if (found === undefined) throw new Error(`there is no example of ${event}.${action}`);
  return Object.entries(changes).reduce<unknown>((payload, [path, value]) => put(payload, path.split("."), value), found.payload);
}

function put(held: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const fields = z.record(z.string(), z.unknown()).catch({}).parse(held);
  return { ...fields, [name]: put(fields[name], rest, value) };
}
