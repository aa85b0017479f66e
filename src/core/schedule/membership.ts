import { matchesGlob } from "../plan/glob.ts";
import type { Board, BoardTask, Configuration, IsoDate } from "../words.ts";

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
type Pattern = (task: BoardTask) => boolean;
type Roster = Omit<Milestone, "members"> & { readonly home: string; readonly fits: readonly Pattern[]; readonly members: BoardTask[] };

/**
 * The milestones of these plans with their tasks: first those the plans list, then those only the configuration names, then those
 * that tasks alone speak of. A task belongs to a milestone when a pattern of the configuration fits it (`AUTH-*` on the id, `phase:MVP`
 * on the phase), or when its own milestone or phase is that milestone's id or title, letter case aside. A task that belongs to none
 * makes one of its own milestone or phase, so that a plan with phases alone shows its progress too. The first story of twenty feature
 * folders is twenty milestones: plans whose ids are unique only in a folder or a tag share none but those the configuration names.
 */
export function membersOf(boards: readonly Board[], configuration: Configuration): readonly Milestone[] {
  const rosters = listedMilestones(boards, configuration).map(rosterOf);
  const gathering = rosters.filter(({ fits }) => fits.length > 0);
  // Ids after titles, so that an id wins; a blank title names nothing, least of all the tasks without a milestone.
  const byName = new Map([...rosters.map(byTitle), ...rosters.map(byId)]);
  const spoken = new Map<string, Roster>();
  for (const { home, task } of boards.flatMap(withHome)) {
    const named = (name: string | null): Roster | undefined =>
      name === null || name.trim() === "" ? undefined : (byName.get(keyOf("", name)) ?? byName.get(keyOf(home, name)));
    const byMilestone = named(task.milestone);
    const byPhase = named(task.phase);
    const byPattern = gathering.filter((roster) => roster !== byMilestone && roster !== byPhase && roster.fits.some((fits) => fits(task)));
    for (const roster of byPattern) roster.members.push(task);
    byMilestone?.members.push(task);
    if (byPhase !== byMilestone) byPhase?.members.push(task);
    if (byMilestone === undefined && byPhase === undefined && byPattern.length === 0) ownRoster(task, home, spoken)?.members.push(task);
  }
  return [...rosters, ...spoken.values()].map(({ id, title, due, members }) => ({ id, title, due, members }));
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

function ownRoster(task: BoardTask, home: string, spoken: Map<string, Roster>): Roster | undefined {
  const name = (task.milestone ?? task.phase ?? "").trim();
  if (name === "") return undefined;
  const roster = spoken.get(keyOf(home, name)) ?? rosterOf({ home, id: name, title: name, due: null, patterns: [] });
  spoken.set(keyOf(home, name), roster);
  return roster;
}

function withHome(board: Board): readonly { readonly home: string; readonly task: BoardTask }[] {
  // Asked once a plan: it looks at every task.
  const home = homeOf(board);
  return board.tasks.map((task) => ({ home, task }));
}

const homeOf = ({ path, tasks }: Board): string => (tasks.some(({ scope }) => scope !== path) ? path : "");
const keyOf = (home: string, name: string): string => `${home}\n${nameOf(name)}`;

const rosterOf = ({ patterns, ...listed }: Listed): Roster => ({ ...listed, fits: patterns.map(patternOf), members: [] });
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

function patternOf(pattern: string): Pattern {
  const phase = /^\s*phase:/i.exec(pattern);
  if (phase !== null) {
    const fits = globOf(pattern.slice(phase[0].length));
    return (task) => task.phase !== null && fits(nameOf(task.phase));
  }
  const fits = globOf(pattern);
  return ({ id, token }) => fits(id.toLowerCase()) || (token !== id && fits(token.toLowerCase()));
}

// Most tasks miss most patterns, and a glob costs pattern × text: compare the letters around the wildcards first.
function globOf(pattern: string): (text: string) => boolean {
  const glob = nameOf(pattern);
  const wild = glob.search(/[*?]/);
  if (wild === -1) return (text) => text === glob;
  const [first, last] = [glob.slice(0, wild), glob.slice(Math.max(glob.lastIndexOf("*"), glob.lastIndexOf("?")) + 1)];
  return (text) => text.startsWith(first) && text.endsWith(last) && matchesGlob(glob, text);
}
