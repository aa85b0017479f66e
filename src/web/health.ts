import type { FastifyInstance } from "fastify";
import { within } from "../within.ts";

/** What is known of the database; `inbox` is null while it does not answer. */
export type Health = {
  readonly database: "up" | "down";
  readonly inbox: { readonly waiting: number; readonly oldestSeconds: number | null; readonly parked: number } | null;
};

export type HealthParts = {
  readonly health: () => Promise<Health>;
  readonly metrics: { text(): Promise<string>; readonly contentType: string };
  readonly version: string;
  /** Milliseconds to wait for the database before it counts as down. */
  readonly patience?: number | undefined;
};

const down: Health = { database: "down", inbox: null };

/** `/api/health`: the process can do its work (503 when not). `/metrics`: for Prometheus. */
export function reportHealth(app: FastifyInstance, parts: HealthParts): void {
  const look = oneAtATime(() => within(parts.patience ?? 3000, parts.health(), "asking the database").catch(() => down));

  app.get("/api/health", async (_request, reply) => {
    const health = await look();
    const ready = health.database === "up";
    return reply.code(ready ? 200 : 503).send({ status: ready ? "ready" : "not ready", version: parts.version, ...health });
  });
  const scrape = oneAtATime(() => parts.metrics.text());
  app.get("/metrics", async (_request, reply) => reply.type(parts.metrics.contentType).send(await scrape()));
}

// Anyone may ask, so however many ask at a time, the database is asked once.
function oneAtATime<T>(ask: () => Promise<T>): () => Promise<T> {
  let asking: Promise<T> | null = null;
  return () => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
}
