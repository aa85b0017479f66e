import type { Sandbox, SandboxRepository } from "../words.ts";
import type { Seen } from "./seen.ts";

/** Something that must come to be on GitHub, judged by nothing but what the app sent there and how it answered. */
export type Expectation = { readonly says: string; readonly met: (seen: Seen) => boolean };

/** One thing that happens in the repository, what it means, and what must come of it. */
export type Step = {
  readonly title: string;
  readonly tells: string;
  readonly act: () => Promise<unknown>;
  readonly expected: readonly Expectation[];
};

/** Where the story plays, and what later steps must know of earlier ones: numbers, shas, and how deliveries were answered. */
export type Scene = {
  readonly sandbox: Sandbox;
  readonly repository: SandboxRepository;
  /** Lets some minutes pass, so that nothing happens at the same time as something before it. */
  later(): void;
  /** Issues that stand there from the beginning. */
  readonly deployIssue: number;
  readonly refreshIssue: number;
  pull: { readonly number: number; readonly head: string };
  allowed: number;
  refused: number;
  again: number;
  released: readonly string[];
};

/** People with a role. Whoever else speaks is a stranger: anyone may read a public repository and comment in it. */
export const people = { mira: "maintain", jo: "write" } as const;
