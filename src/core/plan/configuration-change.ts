import { type Configuration, canonicalJson, type IsoDate } from "../words.ts";

/** `keys` as the file writes them. */
export type ConfigurationChange = {
  readonly keys: readonly string[];
  readonly dues: readonly { readonly id: string; readonly before: IsoDate | null; readonly after: IsoDate | null }[];
};

/** In what one configuration differs from another. */
export function configurationChange(before: Configuration, after: Configuration): ConfigurationChange {
  const values = (configuration: Configuration) =>
    new Map(Object.entries(configuration).map(([key, value]) => [key, canonicalJson(value)]));
  const [was, becomes] = [values(before), values(after)];
  const keys = [...becomes].filter(([key, value]) => was.get(key) !== value).map(([key]) => key);
  const names = [...new Set([...Object.keys(before.milestones), ...Object.keys(after.milestones)])];
  const dueIn = ({ milestones }: Configuration, id: string): IsoDate | null => milestones[id]?.due ?? null;
  const dues = names.map((id) => ({ id, before: dueIn(before, id), after: dueIn(after, id) }));
  return { keys: keys.map(written), dues: dues.filter((due) => due.before !== due.after) };
}

const written = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
