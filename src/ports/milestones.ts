/** What comments on milestones need to know. Types only: nothing here runs. */
import type { Candidate } from "../core/words.ts";

/** Where a milestone's comment is, or was. `name` = what it was called first, `names` = what it was called when it was last written. */
export type MilestoneComment = { readonly issue: number; readonly name: string; readonly names: readonly string[] };

export interface Milestones {
  /** All that were ever written, in the order in which they were written last. */
  comments(repository: number): Promise<readonly MilestoneComment[]>;
  /** Those of these issues that are open, as they stand. */
  openIssues(repository: number, numbers: readonly number[]): Promise<readonly Candidate[]>;
  /** As `openIssues`, of all that ever went by one of these names (`plainName`): perhaps not by that name any more. */
  issuesMeaning(repository: number, names: readonly string[]): Promise<readonly Candidate[]>;
}
