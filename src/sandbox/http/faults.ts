import { inSeconds } from "../clock.ts";
import type { Limit } from "../state/limits.ts";
import type { World } from "../state/world.ts";
import type { FaultKind, FaultRule } from "../words.ts";
import type { Answer } from "./answer.ts";

export type Faults = {
  add(rule: FaultRule): void;
  /** The fault that befalls the next request of this route, if any; it is used up. */
  take(route: string | null): FaultRule | null;
};

export function createFaults(): Faults {
  const rules: { readonly rule: FaultRule; left: number }[] = [];
  return {
    add(rule) {
      rules.push({ rule, left: rule.times });
    },
    take(route) {
      const next = rules.find(({ rule, left }) => left > 0 && (rule.route === undefined || rule.route === route));
      if (next === undefined) return null;
      next.left -= 1;
      return next.rule;
    },
  };
}

/** Whether the request takes effect although its answer is lost. */
export const isApplied = (kind: FaultKind): boolean => kind === "500-after" || kind === "drop-after" || kind === "timeout-after";

/** What the app gets; "silence": nothing, and the connection stays open; "drop": the connection breaks. */
export function faultyAnswer(world: World, { kind, retryAfter = 60 }: FaultRule): Answer | "silence" | "drop" {
  if (kind === "timeout" || kind === "timeout-after") return "silence";
  if (kind === "drop-after") return "drop";
  if (kind === "500-before" || kind === "500-after") return { status: 500, body: { message: "Server Error" }, headers: {} };
  if (kind === "409") return { status: 409, body: { message: "Conflict" }, headers: {} };
  if (kind === "403-secondary") {
    const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
    return { status: 403, body: { message }, headers: { "retry-after": String(retryAfter) } };
  }
  return exhausted({ limit: world.limits.standing(null).limit, reset: inSeconds(world.clock.now()) + retryAfter });
}

/** The primary limit is used up until `reset`, in seconds. */
export function exhausted({ limit, reset }: Pick<Limit, "limit" | "reset">): Answer {
  const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-used": String(limit), "x-ratelimit-reset": String(reset) };
  return { status: 403, body: { message: "API rate limit exceeded for installation." }, headers };
}
