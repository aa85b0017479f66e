import { z } from "zod";
import { Fault, type Instant } from "../core/words.ts";

/** A failed call as octokit throws it. Without a response nothing came back: the network failed, or GitHub was too slow. */
const failure = z.object({
  status: z.number(),
  message: z.string(),
  request: z.object({ url: z.string() }).optional(),
  response: z.object({ headers: z.record(z.string(), z.union([z.string(), z.number()]).optional()) }).optional(),
});

type Headers = Readonly<Record<string, string | number | undefined>>;

/** How a call was meant, and the time now: waiting is told in seconds, and whoever waits does so by our clock. */
export type Attempt = { readonly call: string; readonly writes: boolean; readonly now: () => Instant };

/**
 * The headers of GitHub's answer that the thing is not there; null for any other failure. A failed exchange for an installation's
 * token is no answer about the thing: taking it for one would make people without permissions out of an app that was uninstalled.
 */
export function goneHeaders(error: unknown): Headers | null {
  const { data } = failure.safeParse(error);
  if (data === undefined || data.response === undefined) return null;
  if (data.request?.url.endsWith("/access_tokens") === true) return null;
  return data.status === 404 || data.status === 410 ? data.response.headers : null;
}

/**
 * A failed call as a Fault. Limits are known by GitHub's headers alone (retry-after, x-ratelimit-remaining and -reset), never by its
 * words. Whatever may pass by itself is retried; a write whose answer never came, or was a 5xx, is ambiguous.
 */
export function faultFrom(error: unknown, attempt: Attempt): Fault {
  if (error instanceof Fault) return error;
  const { data } = failure.safeParse(error);
  if (data === undefined) {
    const reason = error instanceof Error ? error.message : String(error);
    return new Fault(`${attempt.call} failed: ${reason}`, { cause: error, next: whenever, ambiguous: attempt.writes });
  }
  const { status, message, response } = data;
  const said = `${attempt.call} answered ${status}: ${message}`;
  if (response === undefined) {
    const unanswered = `${attempt.call} was not answered: ${message}`;
    return new Fault(unanswered, { cause: error, next: whenever, ambiguous: attempt.writes });
  }
  if (status >= 500) return new Fault(said, { cause: error, next: whenever, ambiguous: attempt.writes });
  const now = attempt.now();
  const wait = limitedFor(status, response.headers, now);
  if (wait !== null) return new Fault(said, { cause: error, next: { kind: "retry", at: now + wait } });
  if (passes.has(status)) return new Fault(said, { cause: error, next: whenever });
  const needed = response.headers["x-accepted-github-permissions"];
  const hint = needed === undefined ? "" : ` (needs the permissions ${needed})`;
  return new Fault(`${said}${hint}`, { cause: error, next: { kind: "give-up" } });
}

const graphqlErrors = z.array(z.object({ type: z.string().default(""), message: z.string().default("") })).min(1);
const headersShape = z.record(z.string(), z.union([z.string(), z.number()]).optional());

/** As octokit throws it; and as the plugin that watches the limits does, before octokit has looked. */
const graphqlFailure = z.union([
  z.object({ errors: graphqlErrors, headers: headersShape.default({}) }),
  z
    .object({ data: z.object({ errors: graphqlErrors }), response: z.object({ headers: headersShape }) })
    .transform(({ data, response }) => ({ errors: data.errors, headers: response.headers })),
]);

/** What GraphQL's answer refused, told with status 200: the types of its errors, its words, and the headers; null for any other failure. */
export function graphqlRefusal(
  error: unknown,
): { readonly refused: readonly string[]; readonly because: string; readonly headers: Headers } | null {
  const { data } = graphqlFailure.safeParse(error);
  if (data === undefined) return null;
  return {
    refused: data.errors.map(({ type }) => type),
    because: data.errors.map(({ message }) => message).join("; "),
    headers: data.headers,
  };
}

/** A limit that GraphQL told of. */
export function limitFault({ because, headers }: { readonly because: string; readonly headers: Headers }, { call, now }: Attempt): Fault {
  const wait = limitedFor(429, headers, now()) ?? leastWait;
  return new Fault(`${call} answered: ${because}`, { next: { kind: "retry", at: now() + wait } });
}

const whenever = { kind: "retry", at: null } as const;

/** A conflict with another change, a request that took too long, a locked or too early resource. */
const passes = new Set([408, 409, 423, 425]);

/** GitHub asks for at least a minute where it names no time. */
const leastWait = 60_000;

/** How many ms to wait for a rate limit to pass, counted by GitHub's clock where its answer is dated; null where none was hit. */
function limitedFor(status: number, headers: Headers, now: Instant): number | null {
  if (status !== 403 && status !== 429) return null;
  const after = seconds(headers["retry-after"]);
  if (after !== null) return after;
  const reset = seconds(headers["x-ratelimit-reset"]);
  const answered = Date.parse(String(headers.date));
  // A second more, because the limit is lifted after the second that is named.
  if (seconds(headers["x-ratelimit-remaining"]) === 0 && reset !== null)
    return Math.max(reset - (Number.isNaN(answered) ? now : answered), 0) + 1000;
  return status === 429 ? leastWait : null;
}

function seconds(header: string | number | undefined): number | null {
  return header !== undefined && /^\d{1,12}$/.test(String(header)) ? Number(header) * 1000 : null;
}
