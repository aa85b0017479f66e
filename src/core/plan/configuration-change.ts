import { type Configuration, canonicalJson, type IsoDate } from "../words.ts";

/** `keys` as the file writes them. */
export type ConfigurationChange = {
  readonly keys: readonly string[];
  readonly dues: readonly { readonly id: string; readonly before: IsoDate | null; readonly after: IsoDate | null }[];
};

/** In what one configuration differs from another. */
export function configurationChange(before: Configuration, after: Configuration): ConfigurationChange {
  const names = [...new Set([...Object.keys(before.milestones), ...Object.keys(after.milestones)])];
  const dueIn = ({ milestones }: Configuration, id: string): IsoDate | null => milestones[id]?.due ?? null;
  const dues = names.map((id) => ({ id, before: dueIn(before, id), after: dueIn(after, id) }));
  return { keys: changedKeys(before, after).map(written), dues: dues.filter((due) => due.before !== due.after) };
}

/** What stands, with the keys in which a branch changed the configuration since it parted from it at `fork`. */
export function mergeConfigurations(fork: Configuration, standing: Configuration, branch: Configuration): Configuration {
  const changed = new Set(changedKeys(fork, branch));
  return { ...standing, ...Object.fromEntries(Object.entries(branch).filter(([key]) => changed.has(key))) };
}

function changedKeys(before: Configuration, after: Configuration): readonly string[] {
  const was = new Map<string, unknown>(Object.entries(before));
  return Object.entries(after).flatMap(([key, value]) => (canonicalJson(was.get(key)) === canonicalJson(value) ? [] : [key]));
}

const written = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
