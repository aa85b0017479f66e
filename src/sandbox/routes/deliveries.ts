import { notFound } from "../acts/refusal.ts";
import { iso } from "../clock.ts";
import type { LoggedDelivery } from "../hooks/hooks.ts";
import { hookHeaders } from "../hooks/send.ts";
import { type Answer, ok } from "../http/answer.ts";
import { type Asked, numberParameter } from "../http/asked.ts";
import type { Route } from "../http/router.ts";
import type { Json } from "../render/account.ts";
import type { World } from "../state/world.ts";
import type { Attempt } from "../words.ts";

/** Every attempt is a row of its own; a redelivery has the guid of the first. */
type Row = { readonly delivery: LoggedDelivery; readonly attempt: Attempt };

export const deliveryRoutes: readonly Route[] = [
  { operation: "GET /app/hook/deliveries", by: "app", answer: listDeliveries },
  {
    operation: "GET /app/hook/deliveries/{delivery_id}",
    by: "app",
    answer: (asked) => ok(renderRowWhole(asked.world, rowAsked(asked))),
  },
  {
    operation: "POST /app/hook/deliveries/{delivery_id}/attempts",
    by: "app",
    answer: (asked) => {
      const { delivery } = rowAsked(asked);
      asked.world.hooks.again(delivery);
      return { status: 202, body: {}, headers: {} };
    },
  },
];

/** Newest first; the cursor is the id of the row to go on after. */
function listDeliveries({ world, query, path }: Asked): Answer {
  const size = Math.min(Math.max(Number(query.per_page) || 30, 1), 100);
  const succeeded = ({ attempt: { status } }: Row) => status >= 200 && status < 400;
  const wanted = (row: Row) => query.status === undefined || succeeded(row) === (query.status === "success");
  const rows = rowsOf(world).filter(wanted);
  const start = query.cursor === undefined ? 0 : rows.findIndex(({ attempt }) => String(attempt.id) === query.cursor) + 1;
  const shown = rows.slice(start, start + size);
  const last = shown.at(-1);
  const more = last !== undefined && start + size < rows.length;
  const cursor = more ? new URLSearchParams({ ...query, cursor: String(last.attempt.id) }) : null;
  return ok(shown.map(renderRow), cursor === null ? {} : { link: `<${world.url}${path}?${cursor}>; rel="next"` });
}

function rowsOf(world: World): Row[] {
  const rows = world.hooks.deliveries.flatMap((delivery) => delivery.attempts.map((attempt) => ({ delivery, attempt })));
  return rows.sort((a, b) => b.attempt.id - a.attempt.id);
}

function rowAsked(asked: Asked): Row {
  const id = numberParameter(asked, "delivery_id");
  const row = rowsOf(asked.world).find(({ attempt }) => attempt.id === id);
  if (row === undefined) throw notFound();
  return row;
}

function renderRow({ delivery, attempt }: Row): Json {
  return {
    id: attempt.id,
    guid: delivery.guid,
    delivered_at: iso(attempt.at),
    redelivery: attempt.redelivery,
    duration: attempt.ms / 1000,
    status: statusOf(attempt),
    status_code: attempt.status,
    event: delivery.event,
    action: delivery.action,
    installation_id: delivery.installation,
    repository_id: delivery.repository,
    throttled_at: null,
  };
}

function renderRowWhole(world: World, row: Row): Json {
  const { delivery, attempt } = row;
  return {
    ...renderRow(row),
    url: world.hooks.receiver.url,
    request: { headers: hookHeaders(world.hooks.receiver, delivery), payload: delivery.payload },
    response: { headers: {}, payload: attempt.status === 0 ? null : attempt.answer },
  };
}

function statusOf({ status, answer }: Attempt): string {
  if (status >= 200 && status < 400) return "OK";
  return status === 0 ? answer : `Invalid HTTP Response: ${status}`;
}
