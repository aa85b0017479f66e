import { z } from "zod";
import { summaryMarker } from "../../src/core/render/summary.ts";
import type { Exchange, SentDelivery } from "../../src/sandbox/sandbox.ts";
import { planPath } from "./story.ts";

/** One request to GitHub, and when in the story it was made. */
export type Call = { readonly exchange: Exchange; readonly at: number };
export type Count = { readonly kind: string; readonly calls: number };

export type Counted = {
  /** By event: what people and machines did. What GitHub tells of our own writes, and of check suites that it made for us, is left out. */
  readonly deliveries: readonly Count[];
  readonly pulls: number;
  readonly commits: number;
  /** By GitHub's name for the operation, the most frequent first. Requests for tokens are neither. */
  readonly writes: readonly Count[];
  readonly reads: readonly Count[];
  readonly writesPerDelivery: number;
  readonly readsPerDelivery: number;
  /** The shortest time between two writes of one summary comment, in ms of the story; null where none was written twice. */
  readonly summaryGapMs: number | null;
};

export function countCalls(calls: readonly Call[], sent: readonly SentDelivery[]): Counted {
  const told = sent.filter(isOfPeople);
  const writes = calls.filter(({ exchange }) => isWrite(exchange));
  const reads = calls.filter(({ exchange }) => !isWrite(exchange) && !isToken(exchange));
  return {
    deliveries: counted(told.map(({ event }) => event)),
    pulls: told.filter(({ event, action }) => event === "pull_request" && action === "opened").length,
    commits: told.reduce((sum, delivery) => sum + commitsIn(delivery), 0),
    writes: counted(writes.map(({ exchange }) => kindOf(exchange))),
    reads: counted(reads.map(({ exchange }) => kindOf(exchange))),
    writesPerDelivery: writes.length / told.length,
    readsPerDelivery: reads.length / told.length,
    summaryGapMs: shortestGap(writes.filter(({ exchange }) => isSummary(exchange))),
  };
}

const sentBy = z.object({ sender: z.object({ login: z.string() }) });
const pushed = z.object({ commits: z.array(z.object({ distinct: z.boolean() })) });
const asked = z.object({ query: z.string() });
const said = z.object({ body: z.string() });

const isOfPeople = ({ event, payload }: SentDelivery): boolean =>
  event !== "check_suite" && !sentBy.parse(payload).sender.login.endsWith("[bot]");

/** Commits that no push told of before. */
const commitsIn = ({ payload }: SentDelivery): number =>
  pushed.safeParse(payload).data?.commits.filter(({ distinct }) => distinct).length ?? 0;

const isToken = ({ route }: Pick<Exchange, "route">): boolean => route?.endsWith("/access_tokens") === true;

function isWrite({ method, route, requestBody }: Exchange): boolean {
  if (method === "GET" || isToken({ route })) return false;
  return route !== "POST /graphql" || asked.safeParse(requestBody).data?.query.trimStart().startsWith("mutation") === true;
}

const isSummary = ({ requestBody }: Exchange): boolean =>
  said.safeParse(requestBody).data?.body.startsWith(summaryMarker(planPath)) === true;

function kindOf(exchange: Exchange): string {
  const route = (exchange.route ?? `${exchange.method} ${exchange.path}`).replace("/repos/{owner}/{repo}", "");
  return isSummary(exchange) ? `${route} (summary)` : route;
}

function counted(kinds: readonly string[]): readonly Count[] {
  const counts = new Map<string, number>();
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, calls]) => ({ kind, calls })).toSorted((a, b) => b.calls - a.calls);
}

/** Between two calls for the same thing. */
function shortestGap(calls: readonly Call[]): number | null {
  const gaps = calls.flatMap(({ exchange, at }, index) => {
    const before = calls.slice(0, index).findLast((call) => call.exchange.path === exchange.path);
    return before === undefined ? [] : [at - before.at];
  });
  return gaps.length === 0 ? null : Math.min(...gaps);
}
