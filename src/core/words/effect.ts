/** What is to be brought up to date on GitHub, or read there. */
import type { Instant, Sha } from "./basic.ts";
import { unreachable } from "./basic.ts";
import type { FactId, Thing } from "./fact.ts";

/** A target on GitHub to bring up to date, or something to read there. Carries no text: it is made from the state at the time of performing. */
export type Effect =
  /** `fallback` = only if nothing has been written for this commit in the meantime: should what it waits for never be read. */
  | { readonly kind: "check"; readonly sha: Sha; readonly again: FactId | null; readonly fallback?: true }
  | { readonly kind: "summary" }
  | { readonly kind: "reply"; readonly comment: number; readonly issue: number }
  /** What the board knows and a plan file does not goes back into it. */
  | { readonly kind: "write-back"; readonly path: string }
  | { readonly kind: "read-repository" }
  /** Begins to read the repository's history: because of a fact (a command, the app's return), or where it was never read. */
  | { readonly kind: "backfill"; readonly request: FactId | null }
  /** Reads on: one page of it. */
  | { readonly kind: "backfill-page" }
  | { readonly kind: "read-files"; readonly commit: Sha; readonly at: Instant; readonly paths: readonly string[] }
  | { readonly kind: "read-pull"; readonly number: number; readonly headSha: Sha }
  | { readonly kind: "read-permission"; readonly login: string; readonly about: Thing | FactId };

/** How long a fallback waits, in seconds: long enough for a reading to be taken and drained, short enough for people to wait. */
const fallbackSeconds = 15;

/** Changes of a plan gather until none came for so many seconds, but no longer than the most. */
const quietSeconds = 60;
const mostQuietSeconds = 600;

/** When an effect is performed, in seconds: `delay` after it was asked for; asked for again, `delay` after that, but at most `most` after the first time. */
export type Delay = { readonly delay: number; readonly most: number };

export function delayOf(effect: Effect): Delay {
  if (effect.kind === "write-back") return { delay: quietSeconds, most: mostQuietSeconds };
  const delay = effect.kind === "check" && effect.fallback === true ? fallbackSeconds : 0;
  return { delay, most: delay };
}

/** A stable name for an effect inside its repository: two effects with one key are the same work. */
export function effectKey(effect: Effect): string {
  switch (effect.kind) {
    case "check":
      return effect.fallback === true ? `check:${effect.sha}:fallback` : `check:${effect.sha}`;
    case "summary":
      return "summary";
    case "reply":
      return `reply:${effect.comment}`;
    case "write-back":
      return `write-back:${effect.path}`;
    case "read-repository":
      return "read-repository";
    case "backfill":
      return `backfill:${effect.request ?? "first"}`;
    case "backfill-page":
      return "backfill-page";
    case "read-files":
      return `read-files:${effect.commit}`;
    case "read-pull":
      return `read-pull:${effect.number}:${effect.headSha}`;
    case "read-permission":
      return `read-permission:${effect.about}`;
    default:
      return unreachable(effect);
  }
}
