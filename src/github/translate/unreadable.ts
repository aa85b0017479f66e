import { z } from "zod";
import type { Meaning } from "./told.ts";

/** A payload can be wrong in thousands of places; the first ones say enough. */
const longest = 1000;

/** Why a row cannot be read, without repeating what stands there. */
export function unreadable(error: unknown): Meaning {
  const reason = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : "it could not be read";
  return { unreadable: reason.slice(0, longest) };
}
