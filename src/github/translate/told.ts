import type { Fact } from "../../core/words.ts";
import type { Translation } from "../../ports.ts";

/** Facts, each with the repository that it is told to. */
export type Told = readonly { readonly repository: number; readonly fact: Fact }[];

/** What a translator knows beside the payload: which app we are, and the id of the delivery. */
export type Occasion = { readonly appId: number; readonly delivery: string };

/** What a row of the inbox meant, or why it could not be read. */
export type Meaning = Omit<Extract<Translation, { told: unknown }>, "row" | "delivery"> | { readonly unreadable: string };

/** The same facts, all told to the repository they happened in. */
export const toldTo = (repository: number, facts: readonly Fact[]): Told => facts.map((fact) => ({ repository, fact }));
