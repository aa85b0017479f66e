import type { EmitterWebhookEvent } from "@octokit/webhooks";
import type { Probot } from "probot";
import { z } from "zod";
import type { InboxRow, Translation, Translator } from "../../ports.ts";
import { text } from "./fields.ts";
import { installationNews } from "./installation.ts";
import { readingMeaning } from "./readings.ts";
import { registerTranslators, translatedEvents } from "./register.ts";
import type { Meaning } from "./told.ts";
import { unreadable } from "./unreadable.ts";

/** Rows of the inbox → facts. Webhooks are dispatched by Probot, readings by their kind; the order of the rows is kept. */
export function openTranslator(probot: Probot, options: { readonly appId: number }): Translator {
  const emitted = new Map<string, Meaning>();
  registerTranslators(probot, (delivery, meaning) => emitted.set(delivery, meaning), options);

  async function webhookMeaning(row: InboxRow): Promise<Meaning> {
    if (!translatedEvents.has(row.event)) return nothing;
    const event = { id: row.id, name: row.event, payload: parsed(row.body) };
    if (!canBeDispatched(event)) return { unreadable: "the payload is no webhook's: its action or its installation is malformed" };
    await probot.receive(event);
    const meaning = emitted.get(row.id) ?? nothing;
    emitted.delete(row.id);
    if ("unreadable" in meaning) return meaning;
    return { ...meaning, from: addressIn(event.payload), news: row.event === "installation" ? installationNews(event.payload) : null };
  }

  async function meaningOf(row: InboxRow): Promise<Meaning> {
    try {
      return row.event.startsWith("reading.") ? readingMeaning(row.event, parsed(row.body)) : await webhookMeaning(row);
    } catch (error) {
      return unreadable(error);
    }
  }

  return {
    async translate(rows) {
      const translations: Translation[] = [];
      for (const row of rows) translations.push({ row: row.row, delivery: row.id, ...(await meaningOf(row)) });
      return translations;
    },
  };
}

const nothing: Meaning = { told: [], texts: new Map(), from: null, news: null };

const addressed = z.object({
  repository: z.object({ id: z.int().positive(), name: text, owner: z.object({ login: text }) }),
  installation: z.object({ id: z.int().positive() }),
});

/** Where a payload says its repository is: all that is needed to read one whose installation we never heard of. */
function addressIn(payload: unknown): Extract<Meaning, { from: unknown }>["from"] {
  const read = addressed.safeParse(payload);
  if (!read.success) return null;
  const { repository, installation } = read.data;
  return { repository: repository.id, installation: installation.id, owner: repository.owner.login, name: repository.name };
}

/** GitHub sends UTF-8; bytes that are none become U+FFFD, as they would anywhere. */
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new SyntaxError("the body is not JSON");
  }
}

// Probot looks at these two before any translator does, and logs the whole payload when they trip it up.
const dispatchable = z.object({ action: z.string().optional(), installation: z.object({ id: z.int().positive() }).nullish() });

/** Probot's types promise whole payloads. To dispatch one it needs no more than this; each translator reads its own fields. */
const canBeDispatched = (event: { readonly name: string; readonly payload: unknown }): event is EmitterWebhookEvent =>
  dispatchable.safeParse(event.payload).success;
