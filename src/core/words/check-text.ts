/** What a check run shows: the shape that writing to GitHub takes. */
import type { PressedAction } from "./fact.ts";

export type CheckConclusion = "success" | "neutral" | "failure";

export type Annotation = {
  readonly path: string;
  readonly line: number;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string;
  readonly message: string;
};

/** `annotations` = at most 50, the most one request may carry. */
export type CheckText = {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly conclusion: CheckConclusion;
  readonly annotations: readonly Annotation[];
};

/** A button of a check run. GitHub takes three at most, of 20, 40 and 20 characters. */
export type CheckAction = { readonly label: string; readonly description: string; readonly identifier: PressedAction };
