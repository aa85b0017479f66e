import type { ProbotOctokit } from "probot";
import { z } from "zod";
import { Fault } from "../core/words.ts";

/** One call that has ended. `status` 0 = no answer came. `ms` counts from asking, our own spacing of writes included. */
export type Call = {
  /** As GitHub's description writes it: `GET /repos/{owner}/{repo}`. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly installation: number;
  /** Calls left in this hour, where GitHub said. */
  readonly rateLeft: number | null;
};

export type OnCall = (call: Call) => void;

const response = z.object({ status: z.number(), headers: z.record(z.string(), z.unknown()) });
const failure = z.object({ response: response.optional() });

/** Tells of every call of this client. */
export function watched(
  octokit: ProbotOctokit,
  { installation, onCall }: { readonly installation: number; readonly onCall: OnCall },
): ProbotOctokit {
  octokit.hook.wrap("request", async (request, options) => {
    const started = performance.now();
    const tell = (answer: z.infer<typeof response> | undefined) =>
      onCall({
        route: `${options.method} ${options.url}`,
        status: answer?.status ?? 0,
        ms: performance.now() - started,
        installation,
        rateLeft: rateLeft(answer?.headers["x-ratelimit-remaining"]),
      });
    let answer: Awaited<ReturnType<typeof request>>;
    try {
      answer = await request(options);
    } catch (error) {
      tell(failure.safeParse(error).data?.response);
      throw error;
    }
    tell(response.safeParse(answer).data);
    return answer;
  });
  return octokit;
}

/** Without an installation's token nothing can be read either. It changes nothing on GitHub. */
const tokens = "/app/installations/{installation_id}/access_tokens";

/** The same client, refusing whatever is not a reading: whoever holds it cannot write, whichever way it goes about it. */
export function readOnly(octokit: ProbotOctokit): ProbotOctokit {
  octokit.hook.before("request", ({ method, url }) => {
    if (method !== "GET" && method !== "HEAD" && url !== tokens)
      throw new Fault(`${method} ${url} was refused: in observe mode nothing is written`, { next: { kind: "give-up" } });
  });
  return octokit;
}

const rateLeft = (header: unknown): number | null => (/^\d{1,12}$/.test(String(header)) ? Number(header) : null);
