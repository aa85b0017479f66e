import { z } from "zod";
import type { Instant } from "../../core/words.ts";
import type { RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { place } from "../place.ts";

/** The time of GitHub's clock, which each of its answers tells. */
export async function readClock(calls: ReadCalls, at: RepositoryAddress): Promise<Instant> {
  return (await calls.get("GET /repos/{owner}/{repo}", place(at), z.unknown())).at;
}
