import type { Outcome, Played } from "./play.ts";
import type { Ran, Stage } from "./stage.ts";

/** How the demo ended. */
export type Ending = {
  readonly outcomes: readonly (Outcome & { readonly step: number; readonly title: string })[];
  readonly audit: Ran;
  readonly verify: Ran;
  /** Every expected outcome came to be, and what is stored was proven. */
  readonly ok: boolean;
  readonly seconds: number;
  /** The addresses of everything that stays up, by name; null when nothing does. */
  readonly addresses: Readonly<Record<string, string>> | null;
};

/** Who tells the story: to a person, or to a program. */
export type Report = {
  starting(): void;
  opened(stage: Stage): void;
  /** The app could not be started, and this is what it said. */
  failed(said: readonly string[]): void;
  played(played: Played): void;
  ended(ending: Ending): void;
};
