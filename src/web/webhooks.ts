import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { Receipt } from "../ports.ts";
import { within } from "../within.ts";
import { type Body, bodyReader } from "./read-body.ts";
import { isSigned, signaturePattern } from "./signature.ts";

export type WebhookParts = {
  readonly receipt: Receipt;
  readonly secrets: readonly string[];
  readonly log: Logger;
  readonly metrics: { delivery(event: string, outcome: DeliveryOutcome): void };
  /** Milliseconds after which a delivery that is not stored is refused. GitHub gives up after 10 s; the default leaves half of that. */
  readonly patience?: number | undefined;
};

export const webhookPath = "/api/github/webhooks";

const megabyte = 1024 * 1024;
/** GitHub sends no payload above 25 MB. */
const bodyLimits = { one: 25 * megabyte, together: 256 * megabyte };

/** How a delivery can end, and what the sender hears. GitHub shows the text in the app's list of recent deliveries. */
const answers = {
  stored: { status: 202, error: null },
  known: { status: 202, error: null },
  // A ping says that the address works; there is nothing in it to keep.
  ping: { status: 202, error: null },
  "bad-headers": { status: 400, error: "X-GitHub-Delivery or X-GitHub-Event is missing or malformed" },
  "cut-off": { status: 400, error: "the body ended early" },
  "bad-signature": { status: 401, error: "X-Hub-Signature-256 is missing or does not fit the body and the webhook secret" },
  "too-large": { status: 413, error: "the body is over 25 MB" },
  "not-json": { status: 415, error: "only application/json is read: set the webhook's content type to that" },
  busy: { status: 503, error: "too much is arriving at once, send it again" },
  unavailable: { status: 503, error: "the delivery could not be stored, send it again" },
} as const satisfies Record<string, { status: number; error: string | null }>;

export type DeliveryOutcome = keyof typeof answers;

/**
 * Receives GitHub's webhooks: verified over the raw bytes, stored, and only then answered with 202. A delivery known before is 202 too.
 * What cannot be stored in time is answered with 503, so that GitHub lists it as failed and it can be sent again.
 */
export function receiveWebhooks(app: FastifyInstance, parts: WebhookParts): void {
  const read = bodyReader(bodyLimits);
  app.addContentTypeParser("application/json", (_request: FastifyRequest, payload: IncomingMessage) => read(payload));

  app.post<{ Body: Body }>(webhookPath, {
    // What the headers alone decide is decided before a byte of the body is read.
    onRequest: async (request, reply) => {
      const refusal = refusalByHeaders(request);
      if (refusal !== null) return finish(parts, request, reply, { outcome: refusal });
    },
    handler: async (request, reply) => finish(parts, request, reply, await receive(parts, request)),
  });
}

type Ending = { readonly outcome: DeliveryOutcome; readonly fault?: unknown };

function refusalByHeaders(request: FastifyRequest): DeliveryOutcome | null {
  const type = header(request, "content-type").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return "not-json";
  if (Number(header(request, "content-length")) > bodyLimits.one) return "too-large";
  return signaturePattern.test(header(request, "x-hub-signature-256")) ? null : "bad-signature";
}

async function receive(parts: WebhookParts, request: FastifyRequest<{ Body: Body }>): Promise<Ending> {
  const body = request.body;
  if (!Buffer.isBuffer(body)) return { outcome: body };
  if (!isSigned(body, header(request, "x-hub-signature-256"), parts.secrets)) return { outcome: "bad-signature" };
  const { id, event } = namesOf(request);
  if (id === null || event === null) return { outcome: "bad-headers" };
  if (event === "ping") return { outcome: "ping" };
  try {
    return { outcome: await within(parts.patience ?? 4500, parts.receipt.add({ id, event, body }), "storing the delivery") };
  } catch (fault) {
    return { outcome: "unavailable", fault };
  }
}

function finish(parts: WebhookParts, request: FastifyRequest, reply: FastifyReply, { outcome, fault }: Ending): FastifyReply {
  const { status, error } = answers[outcome];
  const { id, event } = namesOf(request);
  const line = { delivery: id, event, outcome, ms: Math.round(reply.elapsedTime), ...(fault === undefined ? {} : { err: fault }) };
  parts.log[status < 400 ? "info" : "warn"](line, "delivery");
  parts.metrics.delivery(event ?? "other", outcome);
  if (status === 503) reply.header("retry-after", "30");
  // Part of the body is still under way and nobody will read it.
  if (outcome === "too-large" || outcome === "busy") reply.header("connection", "close");
  return reply.code(status).send(error === null ? { ok: true } : { error });
}

/** The delivery's id and event as far as they have the form GitHub gives them: they are logged and stored. */
function namesOf(request: FastifyRequest): { readonly id: string | null; readonly event: string | null } {
  return {
    id: /^[A-Za-z0-9-]{1,100}$/.exec(header(request, "x-github-delivery"))?.[0] ?? null,
    event: /^[a-z0-9_]{1,60}$/.exec(header(request, "x-github-event"))?.[0] ?? null,
  };
}

function header(request: FastifyRequest, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}
