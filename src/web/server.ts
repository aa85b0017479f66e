import type { Logger } from "pino";
import type { Receipt } from "../ports.ts";
import { type Health, reportHealth } from "./health.ts";
import { openServer, type WebServer, type WebSettings } from "./http-server.ts";
import { showInstalled } from "./installed-page.ts";
import { receiveWebhooks, type WebhookParts } from "./webhooks.ts";

export type WebParts = {
  readonly settings: WebSettings & { readonly webhookSecrets: readonly string[] };
  readonly log: Logger;
  readonly metrics: WebhookParts["metrics"] & { text(): Promise<string>; readonly contentType: string };
  readonly receipt: Receipt;
  readonly health: () => Promise<Health>;
  readonly version: string;
  /** Milliseconds to wait for the database before a delivery is refused or health is bad; the defaults keep GitHub's limit of 10 s. */
  readonly patience?: number | undefined;
};

/** The web role: receives webhooks and reports health and metrics. Resolves when it listens; faults when the address cannot be used. */
export function startWeb(parts: WebParts): Promise<WebServer> {
  return openServer(parts, (app) => {
    receiveWebhooks(app, { ...parts, secrets: parts.settings.webhookSecrets });
    reportHealth(app, parts);
    showInstalled(app);
  });
}
