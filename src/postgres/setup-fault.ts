import { Fault } from "../core/words.ts";

/** The built-in Postgres cannot be used here, and trying again will not help: a person has to act. */
export function setupFault(problem: string, cause?: unknown): Fault {
  const message = `The built-in Postgres cannot be used: ${problem}\nTo use a Postgres of your own, set DATABASE_URL.`;
  return new Fault(message, { cause, next: { kind: "give-up" } });
}
