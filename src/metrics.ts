/** What the app counts, as Prometheus reads it. Label values are bounded: no sender can make the number of series grow. */
import { emitterEventNames } from "@octokit/webhooks";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { within } from "./within.ts";

/** How the inbox stands. `oldestSeconds` is the age of the oldest waiting row, null when nothing waits. */
export type InboxLevel = { readonly waiting: number; readonly oldestSeconds: number | null; readonly parked: number };

export type Metrics = {
  /** One webhook request and how it was answered; `event` as the sender named it. */
  delivery(event: string, outcome: string): void;
  /** One batch of inbox rows drained. */
  drained(ms: number, rows: number): void;
  /** One effect performed. */
  performed(kind: string, ms: number, outcome: string): void;
  /** One call of GitHub's API. `route` is the template (`GET /repos/{owner}/{repo}`), `status` 0 when no answer came. */
  githubCall(route: string, status: number, ms: number): void;
  /** GitHub said how many calls an installation has left in this hour. */
  rateLeft(installation: number, left: number): void;
  /** Everything in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
};

/** A scrape waits this many milliseconds for the inbox: the other numbers matter most when the database does not answer. */
const patience = 2000;

const seconds = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** `inbox` is asked at every scrape; null, or failing, leaves its gauges out rather than show an old number. */
export function createMetrics(inbox: () => Promise<InboxLevel | null>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const deliveries = new Counter({
    name: "plankeeper_deliveries_total",
    help: "Webhook requests by event and outcome.",
    labelNames: ["event", "outcome"],
    registers,
  });
  const drain = new Histogram({
    name: "plankeeper_drain_seconds",
    help: "Time to drain one batch of inbox rows.",
    buckets: seconds,
    registers,
  });
  const rowsDrained = new Counter({ name: "plankeeper_drained_rows_total", help: "Inbox rows drained.", registers });
  const perform = new Histogram({
    name: "plankeeper_perform_seconds",
    help: "Time to perform one effect.",
    labelNames: ["kind", "outcome"],
    buckets: seconds,
    registers,
  });
  const calls = new Histogram({
    name: "plankeeper_github_call_seconds",
    help: "Calls of GitHub's API; status 0 means that no answer came.",
    labelNames: ["route", "status"],
    buckets: seconds,
    registers,
  });
  const rate = new Gauge({
    name: "plankeeper_github_rate_left",
    help: "Calls an installation has left in this hour, as GitHub last said.",
    labelNames: ["installation"],
    registers,
  });
  const showInbox = inboxGauges(registers);

  const outcomes = bounded(30);
  const kinds = bounded(30);
  const routes = bounded(100);
  const installations = bounded(1000);
  return {
    delivery: (event, outcome) => deliveries.inc({ event: knownEvents.has(event) ? event : "other", outcome: outcomes(outcome) }),
    drained(ms, rows) {
      drain.observe(ms / 1000);
      rowsDrained.inc(rows);
    },
    performed: (kind, ms, outcome) => perform.observe({ kind: kinds(kind), outcome: outcomes(outcome) }, ms / 1000),
    githubCall: (route, status, ms) => calls.observe({ route: routes(route), status: String(status) }, ms / 1000),
    rateLeft: (installation, left) => rate.set({ installation: installations(String(installation)) }, left),
    async text() {
      showInbox(await within(patience, inbox(), "reading the inbox").catch(() => null));
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

const knownEvents: ReadonlySet<string> = new Set(emitterEventNames.map((name) => name.replace(/\..*/, "")));

// The first so many values keep their names, the rest share one.
function bounded(most: number): (value: string) => string {
  const seen = new Set<string>();
  return (value) => {
    if (seen.size < most) seen.add(value);
    return seen.has(value) ? value : "other";
  };
}

function inboxGauges(registers: Registry[]): (level: InboxLevel | null) => void {
  const gauge = (name: string, help: string) => new Gauge({ name: `plankeeper_inbox_${name}`, help, registers });
  const waiting = gauge("waiting", "Rows that wait to be drained.");
  const oldest = gauge("oldest_seconds", "Age of the oldest waiting row; 0 when none waits.");
  const parked = gauge("parked", "Rows that failed for good and wait for a person.");
  return (level) => {
    if (level === null) {
      for (const unknown of [waiting, oldest, parked]) unknown.remove();
      return;
    }
    waiting.set(level.waiting);
    oldest.set(level.oldestSeconds ?? 0);
    parked.set(level.parked);
  };
}
