import type { Fault } from "../core/words.ts";
import type { NewRow } from "./put-into-inbox.ts";

export type Receipted = "stored" | "known";

/** Someone who waits for a delivery to be stored, and is told once. */
export type Caller = { readonly resolve: (receipted: Receipted) => void; readonly reject: (fault: Fault) => void };

/** A delivery on its way, and those who still wait for it, first come first. */
export type Pending = { readonly row: NewRow; readonly callers: Set<Caller> };

export type ReceiptQueue = {
  /** False: full. */
  offer(pending: Pending): boolean;
  /** The next group in order of arrival; empty when nothing waits. */
  take(): readonly Pending[];
};

export type QueueLimits = {
  readonly queuedRows: number;
  readonly queuedBytes: number;
  readonly groupRows: number;
  readonly groupBytes: number;
};

/** Deliveries on their way to the database. Bounded, because while the database is slow they pile up in memory. */
export function receiptQueue(limits: QueueLimits): ReceiptQueue {
  const queue: Pending[] = [];
  let bytes = 0;
  return {
    offer(pending) {
      const after = bytes + sizeOf(pending);
      if (queue.length >= limits.queuedRows || after > limits.queuedBytes) return false;
      queue.push(pending);
      bytes = after;
      return true;
    },
    take() {
      const group = queue.splice(0, groupLength(queue, limits));
      for (const pending of group) bytes -= sizeOf(pending);
      return group;
    },
  };
}

const sizeOf = (pending: Pending): number => pending.row.body.length;

// A body larger than a whole group goes alone.
function groupLength(queue: readonly Pending[], { groupRows, groupBytes }: QueueLimits): number {
  let bytes = 0;
  for (const [index, pending] of queue.entries()) {
    bytes += sizeOf(pending);
    if (index === groupRows || (index > 0 && bytes > groupBytes)) return index;
  }
  return queue.length;
}
