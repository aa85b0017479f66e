import type { Board, BoardTask, Configuration, IsoDate } from "../words.ts";
import { patternsOn } from "./milestone-patterns.ts";

/** A milestone and the tasks that belong to it. A task may belong to several. */
export type Milestone = {
  readonly id: string;
  readonly title: string;
  readonly due: IsoDate | null;
  readonly members: readonly BoardTask[];
};

/** `home` = the plan whose own it is, where ids are unique only in a part of the repository; empty for one that all plans share. */
type Listed = {
  readonly home: string;
  readonly id: string;
  readonly title: string;
  readonly due: IsoDate | null;
  readonly patterns: readonly string[];
};
type Roster = Omit<Milestone, "members"> & { readonly home: string; readonly patterns: readonly string[]; readonly members: BoardTask[] };

/**
 * The milestones of these plans with their tasks: first those the plans list, then those only the configuration names, then those
 * that tasks alone speak of. A task belongs to a milestone when a pattern of the configuration fits it (`AUTH-*` on the id, `phase:MVP`
 * on the phase), or when its own milestone or phase is that milestone's id or title, letter case aside. A task that belongs to none
 * makes one of its own milestone or phase, so that a plan with phases alone shows its progress too. The first story of twenty feature
 * folders is twenty milestones: plans whose ids are unique only in a folder or a tag share none but those the configuration names.
 */
export function membersOf(boards: readonly Board[], configuration: Configuration): readonly Milestone[] {
  const rosters = listedMilestones(boards, configuration).map((listed): Roster => ({ ...listed, members: [] }));
  const fitting = patternsOn(rosters.map((roster) => ({ of: roster, patterns: roster.patterns })));
  // Ids after titles, so that an id wins; a blank title names nothing, least of all the tasks without a milestone.
  const byName = new Map([...rosters.map(byTitle), ...rosters.map(byId)]);
  const spoken = new Map<string, Roster>();
  for (const board of boards) {
    const home = homeOf(board);
    const named = once((name) => (name.trim() === "" ? undefined : (byName.get(keyOf("", name)) ?? byName.get(keyOf(home, name)))));
    const own = once((name) => ownRoster(name.trim(), home, spoken));
    for (const task of board.tasks) {
      const byMilestone = task.milestone === null ? undefined : named(task.milestone);
      const byPhase = task.phase === null ? undefined : named(task.phase);
      const byPattern = fitting(task);
      for (const roster of byPattern) if (roster !== byMilestone && roster !== byPhase) roster.members.push(task);
      byMilestone?.members.push(task);
      if (byPhase !== byMilestone) byPhase?.members.push(task);
      if (byMilestone === undefined && byPhase === undefined && byPattern.length === 0)
        own(task.milestone ?? task.phase ?? "")?.members.push(task);
    }
  }
  return [...rosters, ...spoken.values()].map(({ id, title, due, members }) => ({ id, title, due, members }));
}

/** Ten thousand tasks speak of a few dozen names. */
function once<T>(find: (name: string) => T): (name: string) => T {
  const found = new Map<string, { readonly value: T }>();
  return (name) => {
    const known = found.get(name) ?? { value: find(name) };
    found.set(name, known);
    return known.value;
  };
}

/** Milestones by a name that each has alone, before a change and after it. Plans may have one of the same id each: then the n-th one is meant. */
export function milestonesByName(
  milestones: readonly Milestone[],
): ReadonlyMap<string, { readonly milestone: Milestone; readonly at: number }> {
  const met = new Map<string, number>();
  return new Map(
    milestones.map((milestone, at) => {
      const count = met.get(milestone.id) ?? 0;
      met.set(milestone.id, count + 1);
      return [`${milestone.id}\n${count}`, { milestone, at }];
    }),
  );
}

function ownRoster(name: string, home: string, spoken: Map<string, Roster>): Roster | undefined {
  if (name === "") return undefined;
  const roster = spoken.get(keyOf(home, name)) ?? { home, id: name, title: name, due: null, patterns: [], members: [] };
  spoken.set(keyOf(home, name), roster);
  return roster;
}

const homeOf = ({ path, tasks }: Board): string => (tasks.some(({ scope }) => scope !== path) ? path : "");
const keyOf = (home: string, name: string): string => `${home}\n${nameOf(name)}`;

const byTitle = (roster: Roster): readonly [string, Roster] => [keyOf(roster.home, roster.title), roster];
const byId = (roster: Roster): readonly [string, Roster] => [keyOf(roster.home, roster.id), roster];

// One id is one milestone, whichever plan lists it; the configuration's title and date are the newer word.
function listedMilestones(boards: readonly Board[], configuration: Configuration): readonly Listed[] {
  const listed = new Map<string, Listed>();
  for (const board of boards) {
    const home = homeOf(board);
    for (const { id, title, due } of board.milestones)
      if (!listed.has(keyOf(home, id))) listed.set(keyOf(home, id), { home, id, title, due, patterns: [] });
  }
  for (const [id, setting] of Object.entries(configuration.milestones)) {
    const planned = listed.get(keyOf("", id));
    const title = setting.title ?? planned?.title ?? id;
    const due = setting.due ?? planned?.due ?? null;
    listed.set(keyOf("", id), { home: "", id: planned?.id ?? id, title, due, patterns: setting.tasks });
  }
  return [...listed.values()];
}

const nameOf = (text: string): string => text.trim().toLowerCase();
