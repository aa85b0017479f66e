import { z } from "zod";
import type { SentDelivery } from "../words.ts";

/** One attempt of GitHub to deliver a webhook. */
export type Arrived = {
  readonly event: string;
  readonly action: string | null;
  /** Who caused it. */
  readonly by: string;
  /** What it is about: a branch, an issue, a workflow; "" where that goes without saying. */
  readonly thing: string;
  /** What more there is to say of it: a label, how a run or a pull request ended. */
  readonly detail: string;
  readonly redelivery: boolean;
  /** The status of the app's answer, 0 = none. */
  readonly answer: number;
};

const named = z.object({ number: z.number() });
const told = z.object({
  sender: z.object({ login: z.string() }),
  ref: z.string().optional(),
  issue: named.optional(),
  pull_request: z.object({ number: z.number(), merged: z.boolean().nullish() }).optional(),
  label: z.object({ name: z.string() }).optional(),
  workflow_run: z.object({ name: z.string(), conclusion: z.string().nullable() }).optional(),
});

type Told = z.infer<typeof told>;

/** What was delivered since an attempt, in the order of delivery. What the app itself caused is left out. `last` is the newest attempt. */
export function arrivedSince(
  deliveries: readonly SentDelivery[],
  since: number,
): { readonly list: readonly Arrived[]; readonly last: number } {
  const attempts = deliveries.flatMap((delivery) => delivery.attempts.map((attempt) => ({ delivery, attempt })));
  const fresh = attempts.filter(({ attempt }) => attempt.id > since).toSorted((a, b) => a.attempt.id - b.attempt.id);
  const list = fresh.map(({ delivery: { event, action, payload }, attempt: { status, redelivery } }) => {
    const what = told.parse(payload);
    return { event, action, by: what.sender.login, thing: thingOf(what), detail: detailOf(what), redelivery, answer: status };
  });
  return { list: list.filter(({ by }) => !by.endsWith("[bot]")), last: Math.max(since, ...fresh.map(({ attempt }) => attempt.id)) };
}

function thingOf({ ref, issue, pull_request: pull, workflow_run: run }: Told): string {
  const numbered = issue ?? pull;
  return numbered === undefined ? (run?.name ?? ref?.replace(/^refs\/heads\//, "") ?? "") : `#${numbered.number}`;
}

function detailOf({ label, pull_request: pull, workflow_run: run }: Told): string {
  return label?.name ?? run?.conclusion ?? (pull?.merged === true ? "merged" : "");
}
