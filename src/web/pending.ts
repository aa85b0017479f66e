import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Instant } from "../core/words.ts";

/** GitHub's code for a new app lasts an hour; so does what we remember of the registration. */
export const patience = 3_600_000;

export type Begun = {
  /** Travels through GitHub in the address. */
  readonly state: string;
  /** Stays in the browser that began, as a cookie. */
  readonly binding: string;
};

export type Pending = {
  /** Remembers a registration that is about to go to GitHub, for an app that will be reached at `address`. */
  begin(address: string): Begun;
  /** The address, if state and cookie belong to one registration that is not over; else null. Either way the state is used up. */
  finish(state: string, binding: string): string | null;
};

/** The registrations under way. Nobody can bring a code of another app back here: the state must be ours and the browser the same. */
export function pendingRegistrations(now: () => Instant): Pending {
  const begun = new Map<string, { readonly address: string; readonly binding: string; readonly until: Instant }>();
  return {
    begin(address) {
      for (const [state, { until }] of begun) if (until <= now()) begun.delete(state);
      const fresh = { state: secretText(), binding: secretText() };
      begun.set(fresh.state, { address, binding: fresh.binding, until: now() + patience });
      return fresh;
    },
    finish(state, binding) {
      const known = begun.get(state);
      begun.delete(state);
      return known !== undefined && known.until > now() && sameText(known.binding, binding) ? known.address : null;
    },
  };
}

/** 256 random bits, fit for an address. */
export function secretText(): string {
  return randomBytes(32).toString("base64url");
}

/** Compares without telling by its time how much was right. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
