import { performance } from "node:perf_hooks";
import { type Arrived, arrivedSince } from "./arrived.ts";
import { received, type Written, writtenBy } from "./received.ts";
import { look, type Seen } from "./seen.ts";
import type { Stage } from "./stage.ts";
import type { Step } from "./step.ts";

export type Outcome = { readonly expected: string; readonly met: boolean };

/** A step as it went. */
export type Played = {
  readonly number: number;
  readonly title: string;
  readonly tells: string;
  readonly arrived: readonly Arrived[];
  readonly wrote: readonly Written[];
  /** What stood on GitHub before it. */
  readonly before: Seen;
  readonly outcomes: readonly Outcome[];
  readonly seconds: number;
};

export type Direction = {
  /** How long the app may take to bring about what a step expects, in ms. */
  readonly patience: number;
  readonly onPlayed: (played: Played) => void;
  /** Ends the story between two steps: it is thrown then. */
  readonly ending: AbortSignal;
};

// Once something has failed to come, what depends on it will not come either, and nobody wants to wait for each of it.
const shareAfterMiss = 0.1;

/** Plays the steps in order, waiting after each until all it expects is there. When the app is gone there is no waiting any more. */
export async function play(stage: Stage, steps: readonly Step[], { patience, onPlayed, ending }: Direction): Promise<readonly Played[]> {
  const { sandbox } = stage;
  const all: Played[] = [];
  let [exchanges, attempt, missed] = [0, 0, false];
  const seen = () => look(received(sandbox.exchanges));
  for (const [index, { title, tells, act, expected }] of steps.entries()) {
    const [before, start] = [seen(), performance.now()];
    await act();
    await until(stage, () => expected.every(({ met }) => met(seen())), missed ? patience * shareAfterMiss : patience);
    ending.throwIfAborted();
    const { list, last } = arrivedSince(sandbox.deliveries, attempt);
    const after = seen();
    const played = {
      number: index + 1,
      title,
      tells,
      before,
      arrived: list,
      wrote: sandbox.exchanges.slice(exchanges).flatMap((exchange) => writtenBy(exchange) ?? []),
      outcomes: expected.map(({ says, met }) => ({ expected: says, met: met(after) })),
      seconds: Math.round(performance.now() - start) / 1000,
    };
    [exchanges, attempt, missed] = [sandbox.exchanges.length, last, missed || played.outcomes.some(({ met }) => !met)];
    all.push(played);
    onPlayed(played);
  }
  return all;
}

/** Looks again after every request that GitHub gets. Gives up in time, or at once when the app is gone. */
function until({ sandbox, app }: Stage, holds: () => boolean, patience: number): Promise<void> {
  return new Promise((resolve) => {
    let over = false;
    const end = () => {
      over = true;
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, patience);
    const look = () => {
      if (!over && holds()) end();
    };
    sandbox.onExchange(look);
    void app.ended.then(end);
    look();
  });
}
