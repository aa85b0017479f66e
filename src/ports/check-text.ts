/** What a check run shows, as it is written to GitHub. */

export type CheckConclusion = "success" | "neutral" | "failure";
export type Annotation = {
  readonly path: string;
  readonly line: number;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string;
  readonly message: string;
};
export type CheckText = {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly conclusion: CheckConclusion;
  readonly annotations: readonly Annotation[];
};

/** A button: at most 20, 40 and 20 characters, and three of them. */
export type CheckAction = { readonly label: string; readonly description: string; readonly identifier: string };
