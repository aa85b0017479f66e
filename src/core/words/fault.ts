/** The world failing. */
import type { Instant } from "./basic.ts";

/** What to do after the world failed: try again (at a time, or when the worker likes), or give up. */
export type NextStep = { readonly kind: "retry"; readonly at: Instant | null } | { readonly kind: "give-up" };

/** The network, GitHub or the database failed. Thrown; caught only by the worker and the HTTP edge. `ambiguous` = the far side may have done it all the same. */
export class Fault extends Error {
  readonly next: NextStep;
  readonly ambiguous: boolean;

  constructor(message: string, options: { readonly cause?: unknown; readonly next: NextStep; readonly ambiguous?: boolean }) {
    super(message, { cause: options.cause });
    this.name = "Fault";
    this.next = options.next;
    this.ambiguous = options.ambiguous ?? false;
  }
}
