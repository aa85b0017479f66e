import type { ProbotOctokit } from "probot";
import type { z } from "zod";
import { Fault, type Instant } from "../core/words.ts";
import { type Attempt, faultFrom, goneHeaders, graphqlRefusal, limitFault } from "./fault.ts";

type Parameters = Readonly<Record<string, unknown>>;

/** What GitHub answered, read by the shape asked for, and when it answered by its own clock. The body is null where the thing is not there. */
export type Answer<T> = {
  readonly body: T | null;
  readonly at: Instant;
  /** Of a list: whether there is another page, and how many there are in all (null where GitHub does not say). */
  readonly more: boolean;
  readonly pages: number | null;
  /** What is left of this hour's requests, and in how many ms there are more; null where GitHub does not say. */
  readonly quota: { readonly limit: number; readonly left: number; readonly renewedIn: number } | null;
};

/** Calls that change nothing. Routes are written as GitHub's description writes them, `GET /repos/{owner}/{repo}`. */
export type ReadCalls = {
  get<T>(route: string, parameters: Parameters, shape: z.ZodType<T>): Promise<Answer<T>>;
  /** The items of a list, page after page as they are asked for. A list that is not there has none. */
  list<T>(route: string, parameters: Parameters, shape: z.ZodType<readonly T[]>): AsyncGenerator<T>;
};

/** Calls that write. Each is made once: whether to make it again is decided by who knows what it was for. */
export type WriteCalls = {
  /** Null where GitHub says that the thing is not there. */
  send<T>(route: string, parameters: Parameters, shape: z.ZodType<T>): Promise<T | null>;
  /** A GraphQL mutation. `refused` = the types of GitHub's errors, where it says that it did not do it. */
  mutate<T>(
    mutation: string,
    variables: Parameters,
    shape: z.ZodType<T>,
  ): Promise<{ readonly made: T } | { readonly refused: readonly string[]; readonly because: string }>;
};

const perPage = 100;
/** GraphQL's names for the two kinds of limits. */
const limits = new Set(["RATE_LIMITED", "RATE_LIMIT"]);

export function readCalls(octokit: ProbotOctokit, now: () => Instant): ReadCalls {
  async function ask<T>(route: string, parameters: Parameters, shape: z.ZodType<T>) {
    const attempt = { call: route, writes: false, now };
    const { data, headers } = await answerTo(octokit, parameters, attempt);
    const at = Date.parse(String(headers.date));
    if (Number.isNaN(at)) throw spoilt(attempt, "without a date");
    const body = data === gone ? null : bodyOf(data, shape, attempt);
    return { body, at, ...pagesIn(String(headers.link)), quota: quotaIn(headers, at) };
  }

  return { get: ask, list: listing(ask) };
}

/** Lists by calls of `get`, page after page. */
export function listing(get: ReadCalls["get"]): ReadCalls["list"] {
  return async function* list(route, parameters, shape) {
    for (let page = 1; ; page += 1) {
      const { body, more } = await get(route, { ...parameters, per_page: perPage, page }, shape);
      yield* body ?? [];
      if (!more) return;
    }
  };
}

function pagesIn(link: string): Pick<Answer<never>, "more" | "pages"> {
  const last = /[?&]page=(\d{1,9})[^>]*>; rel="last"/.exec(link)?.[1];
  return { more: link.includes('rel="next"'), pages: last === undefined ? null : Number(last) };
}

function quotaIn(headers: RawAnswer["headers"], at: Instant): Answer<never>["quota"] {
  const [limit, left, reset] = ["limit", "remaining", "reset"].map((name) => wholeNumber(headers[`x-ratelimit-${name}`]));
  if (limit === undefined || left === undefined || reset === undefined || limit === null || left === null || reset === null) return null;
  return { limit, left, renewedIn: Math.max(reset * 1000 - at, 0) };
}

const wholeNumber = (header: unknown): number | null => (/^\d{1,12}$/.test(String(header)) ? Number(header) : null);

export function writeCalls(octokit: ProbotOctokit, now: () => Instant): WriteCalls {
  return {
    async send(route, parameters, shape) {
      const attempt = { call: route, writes: true, now };
      const { data } = await answerTo(octokit, parameters, attempt);
      return data === gone ? null : bodyOf(data, shape, attempt);
    },
    async mutate(mutation, variables, shape) {
      const attempt = { call: "POST /graphql", writes: true, now };
      try {
        return { made: bodyOf(await octokit.graphql(mutation, variables), shape, attempt) };
      } catch (error) {
        const refusal = graphqlRefusal(error);
        if (refusal === null) throw faultFrom(error, attempt);
        // At the limit GraphQL answers 200, and its headers say when to come back.
        if (refusal.refused.some((type) => limits.has(type))) throw limitFault(refusal, attempt);
        return refusal;
      }
    },
  };
}

const gone = Symbol("not there");

type RawAnswer = { readonly data: unknown; readonly headers: Readonly<Record<string, unknown>> };

async function answerTo(octokit: ProbotOctokit, parameters: Parameters, attempt: Attempt): Promise<RawAnswer> {
  try {
    const { status, data, headers } = await octokit.request(attempt.call, parameters);
    // Writes do not follow a redirect. The repository's new name is on its way to us.
    if (status >= 300)
      throw new Fault(`${attempt.call} answered ${status}: the repository has moved`, { next: { kind: "retry", at: null } });
    return { data, headers };
  } catch (error) {
    const headers = goneHeaders(error);
    if (headers !== null) return { data: gone, headers };
    throw faultFrom(error, attempt);
  }
}

function bodyOf<T>(data: unknown, shape: z.ZodType<T>, attempt: Attempt): T {
  const read = shape.safeParse(data);
  if (read.success) return read.data;
  throw spoilt(attempt, `with something else than asked for: ${read.error.issues[0]?.path.join(".") ?? ""}`);
}

/** An answer that was cut off on the way, or comes from something that is not GitHub. A write may have happened all the same. */
const spoilt = ({ call, writes }: Attempt, how: string): Fault =>
  new Fault(`${call} was answered ${how}`, { next: { kind: "retry", at: null }, ambiguous: writes });
