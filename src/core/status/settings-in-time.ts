import { defaultConfiguration } from "../plan/configuration.ts";
import { matchesGlob } from "../plan/glob.ts";
import type { Configuration, ConfigurationVersion, Instant } from "../words.ts";

/** Configuration by time: an invalid version leaves the one before in force; before the first there are the defaults. */
export type SettingsInTime = { readonly at: (time: Instant) => Configuration; readonly now: Configuration; readonly defaultBranch: string };

/** Versions in any order. Equal times are settled by the fact's id, so that every process sorts alike. */
export function settingsInTime(versions: readonly ConfigurationVersion[], defaultBranch: string): SettingsInTime {
  const valid = [...versions]
    .sort((a, b) => a.at - b.at || (a.fact < b.fact ? -1 : 1))
    .flatMap((version) => (version.configuration === null ? [] : [{ at: version.at, configuration: version.configuration }]));
  return {
    at: (time) => valid.findLast((version) => version.at <= time)?.configuration ?? defaultConfiguration,
    now: valid.at(-1)?.configuration ?? defaultConfiguration,
    defaultBranch,
  };
}

/** Whether merging into this branch completes tasks: the configured branches, or the default branch alone. */
export function isCompletionBranch(branch: string, configuration: Configuration, defaultBranch: string): boolean {
  if (configuration.completionBranches.length === 0) return branch === defaultBranch;
  return configuration.completionBranches.some((pattern) => matchesGlob(pattern, branch));
}
