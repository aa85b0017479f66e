import type pg from "pg";
import { Fault } from "../core/words.ts";
import type { Delivery, Receipt } from "../ports.ts";
import { laneOf } from "./lane-of.ts";
import { type Caller, type Pending, type QueueLimits, type Receipted, receiptQueue } from "./receipt-queue.ts";
import { storeGroup, unstored } from "./store-group.ts";

export { addReadings, type LaneReading } from "./add-readings.ts";

export type OpenReceipt = Receipt & {
  /** Takes nothing more; resolves when everything taken is settled. */
  close(): Promise<void>;
};

export type ReceiptOptions = { readonly deadlineMs?: number; readonly limits?: QueueLimits };

const usual: QueueLimits = { queuedRows: 5_000, queuedBytes: 256_000_000, groupRows: 200, groupBytes: 16_000_000 };
const mostGroups = 2;

/**
 * Stores deliveries in groups: what arrives while two groups are on their way forms the next one, so that many deliveries share
 * one commit. Every `add` settles within `deadlineMs`: GitHub gives up after 10 s, and a 503 within five makes it record a failure
 * that can be redelivered. Throws a Fault at once when too much is waiting already.
 */
export function openReceipt(pool: pg.Pool, { deadlineMs = 4_500, limits = usual }: ReceiptOptions = {}): OpenReceipt {
  const queue = receiptQueue(limits);
  // By id: two groups with the same ids in different order would lock each other out.
  const unsettled = new Map<string, Pending>();
  const sending = new Set<Promise<void>>();
  let closed = false;

  const settle = (pending: Pending, outcome: Receipted | Fault): void => {
    unsettled.delete(pending.row.id);
    [...pending.callers].forEach((caller, index) => {
      if (outcome instanceof Fault) caller.reject(outcome);
      else caller.resolve(index === 0 ? outcome : "known");
    });
  };
  const send = async (group: readonly Pending[]): Promise<void> => {
    const outcomes = await storeGroup(
      pool,
      group.map((pending) => pending.row),
      deadlineMs,
    );
    for (const pending of group) settle(pending, outcomes.get(pending.row.id) ?? unstored("the database did not say"));
  };
  const sendGroups = (): void => {
    while (sending.size < mostGroups) {
      const group = queue.take();
      if (group.length === 0) return;
      const sent = send(group).then(() => {
        sending.delete(sent);
        sendSoon();
      });
      sending.add(sent);
    }
  };
  // What arrives in one turn of the event loop goes together. Sent at once, half of all groups were a single delivery, and every group
  // costs a commit (measured at 50 connections: an eighth more deliveries a second).
  let isDue = false;
  const sendSoon = (): void => {
    if (isDue) return;
    isDue = true;
    setImmediate(() => {
      isDue = false;
      sendGroups();
    });
  };
  return {
    async add(delivery) {
      if (closed) throw unstored("Plankeeper is stopping");
      const same = unsettled.get(delivery.id);
      if (same !== undefined) return called(same, deadlineMs);
      const pending = pendingOf(delivery);
      if (!queue.offer(pending)) throw unstored("too many others wait for the database");
      unsettled.set(delivery.id, pending);
      const receipted = called(pending, deadlineMs);
      sendSoon();
      return receipted;
    },
    async close() {
      closed = true;
      for (sendGroups(); sending.size > 0; sendGroups()) await Promise.all(sending);
    },
  };
}

const pendingOf = ({ id, event, body }: Delivery): Pending => ({
  row: { id, event, lane: laneOf(body), body, live: true },
  callers: new Set(),
});

function called(pending: Pending, deadlineMs: number): Promise<Receipted> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      pending.callers.delete(caller);
      reject(unstored("the database did not answer in time"));
    }, deadlineMs);
    const caller: Caller = {
      resolve: (receipted) => {
        clearTimeout(timer);
        resolve(receipted);
      },
      reject: (fault) => {
        clearTimeout(timer);
        reject(fault);
      },
    };
    pending.callers.add(caller);
  });
}
