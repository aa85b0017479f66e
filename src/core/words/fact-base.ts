/** What every fact is made of. */
import type { Instant } from "./basic.ts";

export type FactId = string;
/** The thing a fact is about, `kind:name` (`pull:7`, `commit:<sha>`, `issue:3`, `branch:<name>`, `plan:<path>`). */
export type Thing = string;

export type Person = { readonly login: string; readonly id: number; readonly bot: boolean };

/** Fields of every fact. The id is `thing#hash of the canonical content`, so that one happening told twice is one fact. */
export type FactBase = { readonly id: FactId; readonly thing: Thing; readonly at: Instant };

/** `fromList` = read from a list of GitHub's, which tells how a thing stands, and not what was done to it: what a delivery told of it counts more. */
export type Listable = { readonly fromList?: true };

/**
 * `settles` = read by itself, because these snapshots differ and are of one second (`core/status/one-second.ts`); none of them where it has
 * changed since.
 */
export type Settling = { readonly settles?: readonly FactId[] };
