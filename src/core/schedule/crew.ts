import type { Configuration } from "../words.ts";

/** The name under which `capacity.owners` says how many people take tasks without an owner. */
export const unassigned = "unassigned";

export type Crew = {
  /**
   * Who may do a task of this owner, in lower case: the name as `capacity.owners` knows it, else each of the names in it (`mira, jo`;
   * `jo/kim`), of whom whoever is free first takes it. A task nobody owns falls to the unassigned.
   */
  readonly ownersOf: (owner: string | null) => readonly string[];
  /** How many people stand behind a name; one where the configuration does not say. */
  readonly peopleBehind: (name: string) => number;
};

export function crewOf({ owners }: Configuration["capacity"]): Crew {
  const people = new Map(Object.entries(owners).map(([name, count]) => [name.trim().toLowerCase(), count]));
  const known = new Map<string, readonly string[]>();
  return {
    ownersOf: (owner) => {
      const written = owner ?? "";
      const names = known.get(written) ?? namesIn(written, people);
      known.set(written, names);
      return names;
    },
    peopleBehind: (name) => people.get(name) ?? 1,
  };
}

function namesIn(owner: string, people: ReadonlyMap<string, number>): readonly string[] {
  const whole = owner.trim().toLowerCase();
  if (people.has(whole)) return [whole];
  const names = whole.split(/[,;&/+]/).flatMap((name) => (name.trim() === "" ? [] : [name.trim()]));
  return names.length === 0 ? [unassigned] : [...new Set(names)];
}
