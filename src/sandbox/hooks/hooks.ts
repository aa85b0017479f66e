import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { Attempt, SentDelivery } from "../words.ts";
import { post, type Receiver } from "./send.ts";

/** A delivery as the log keeps it: with its bytes, and whose it was. */
export type LoggedDelivery = SentDelivery & {
  readonly body: Buffer;
  readonly attempts: Attempt[];
  readonly installation: number | null;
  readonly repository: number | null;
};

export type Happening = {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly installation: number;
  readonly repository: number | null;
};

export type Hooks = {
  readonly receiver: Receiver;
  /** From now on the app is to be found here. */
  deliverTo(url: string): void;
  readonly deliveries: readonly LoggedDelivery[];
  /** Puts a delivery into the queue. One is under way at a time, in the order in which things happened. */
  announce(happening: Happening): void;
  /** Sends at once, past the queue and past `hold`. */
  send(event: string, payload: unknown, guid?: string): Promise<number>;
  redeliver(guid: string): Promise<number>;
  /** Redelivers when the queue comes to it. */
  again(delivery: LoggedDelivery): void;
  hold(): void;
  release(order?: (pending: SentDelivery[]) => SentDelivery[]): Promise<void>;
  /** Resolves when what was announced until now has been sent or is held. */
  sent(): Promise<void>;
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

export function createHooks(options: { readonly receiver: Receiver; readonly clock: Clock; nextId(): number }): Hooks {
  let { receiver } = options;
  const deliveries: LoggedDelivery[] = [];
  const stopping = new AbortController();
  let held: LoggedDelivery[] | null = null;
  let queue: Promise<void> = Promise.resolve();

  async function attempt(delivery: LoggedDelivery, redelivery = false): Promise<number> {
    if (stopping.signal.aborted) return 0;
    const at = options.clock.now();
    const outcome = await post(receiver, delivery, stopping.signal);
    delivery.attempts.push({ id: options.nextId(), at, redelivery, ...outcome });
    return outcome.status;
  }

  function log(delivery: Omit<LoggedDelivery, "attempts" | "body">, body: Buffer): LoggedDelivery {
    const logged = { ...delivery, body, attempts: [] };
    deliveries.push(logged);
    return logged;
  }

  function enqueue(delivery: LoggedDelivery, redelivery = false): void {
    queue = queue.then(async () => {
      await attempt(delivery, redelivery);
    });
  }

  const find = (guid: string) => deliveries.find((delivery) => delivery.guid === guid);

  async function settled(): Promise<void> {
    for (let seen: Promise<void> | null = null; seen !== queue; ) {
      seen = queue;
      await seen;
    }
  }

  return {
    get receiver() {
      return receiver;
    },
    deliverTo(url) {
      receiver = { ...receiver, url };
    },
    deliveries,
    settled,
    announce({ event, payload, installation, repository }) {
      const action = typeof payload.action === "string" ? payload.action : null;
      const delivery = { guid: randomUUID(), event, action, payload, installation, repository };
      const logged = log(delivery, Buffer.from(JSON.stringify(payload)));
      if (held === null) enqueue(logged);
      else held.push(logged);
    },
    send(event, payload, guid = randomUUID()) {
      const raw = typeof payload === "string" || Buffer.isBuffer(payload);
      const action = actionOf(payload);
      const body = raw ? Buffer.from(payload) : Buffer.from(JSON.stringify(payload));
      return attempt(log({ guid, event, action, payload, installation: null, repository: null }, body));
    },
    async redeliver(guid) {
      const delivery = find(guid);
      if (delivery === undefined) throw new Error(`there is no delivery ${guid}`);
      return attempt(delivery, true);
    },
    again(delivery) {
      enqueue(delivery, true);
    },
    hold() {
      held ??= [];
    },
    async release(order = (pending) => pending) {
      const pending = held ?? [];
      held = null;
      for (const { guid } of order([...pending])) {
        const delivery = find(guid);
        if (delivery !== undefined) enqueue(delivery);
      }
      await queue;
    },
    sent: () => queue,
    async stop() {
      stopping.abort();
      await settled();
    },
  };
}

function actionOf(payload: unknown): string | null {
  const named = typeof payload === "object" && payload !== null && "action" in payload ? payload.action : null;
  return typeof named === "string" ? named : null;
}
