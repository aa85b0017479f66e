import { configurationPaths } from "../plan/configuration.ts";
import { matchesGlob } from "../plan/glob.ts";
import { planPathOf } from "../plan/plan-path-of.ts";
import { type CommitFact, type Effect, type Fact, isSyncBranch, type PushFact, revisionIn } from "../words.ts";
import type { Decision } from "./decision.ts";

/** Plans and configuration files that a commit on the default branch touched: each commit is read by itself, so that no version is lost. */
export function filesToRead(commit: CommitFact, decision: Decision): readonly Effect[] {
  if (commit.branch !== decision.planned.defaultBranch) return [];
  const { configuration } = decision.planned;
  const isNamed = (path: string): boolean =>
    decision.planPaths.has(path) || configuration.plans.some((plan) => plan.snapshot === path || matchesGlob(plan.path, path));
  const plans = filesAsPushed(commit, decision.fresh).flatMap((path) =>
    configurationPaths.includes(path) ? path : (planPathOf(path, isNamed) ?? []),
  );
  const wanted = [...new Set(plans)];
  return wanted.length === 0 ? [] : [{ kind: "read-files", commit: commit.sha, at: commit.at, paths: wanted }];
}

/**
 * What a commit touched, without the files that the head of its push tells of anyway where the commit is one of ours from a branch that was
 * merged. That branch began earlier: put among the versions by its time, it would seem to take back what the default branch got since.
 */
function filesAsPushed(commit: CommitFact, fresh: readonly Fact[]): readonly string[] {
  if (commit.sha === commit.pushHead || revisionIn(commit.message) === null) return commit.files;
  const told = new Set(fresh.flatMap((fact) => (fact.kind === "commit" && fact.sha === commit.pushHead ? fact.files : [])));
  return commit.files.filter((path) => !told.has(path));
}

/**
 * What a push did that its delivery does not tell. On the default branch it can have brought plan versions that nobody told of, or put plans back
 * to how they stood before: these are read as well.
 */
export function pushToRead(
  { branch, before, after, at, forced, listed, actor }: PushFact,
  { planned, planPaths }: Decision,
): readonly Effect[] {
  if ((listed && !forced) || isSyncBranch(branch)) return [];
  const isDefault = branch === planned.defaultBranch;
  const paths = isDefault ? [...planPaths, ...configurationPaths] : [];
  const ask = { branch, before, after, at, forced, listed, actor, paths } as const;
  return [{ kind: "read-push", ...ask }, ...(isDefault ? [{ kind: "read-repository" } as const] : [])];
}

/** Whether the default branch moved to a commit that no push listed (forced, or too many commits): then everything is read anew. */
export function jumped(branch: string, head: string | null, decision: Decision): boolean {
  if (branch !== decision.planned.defaultBranch || head === null) return false;
  return !decision.fresh.some((fact) => fact.kind === "commit" && fact.sha === head);
}
