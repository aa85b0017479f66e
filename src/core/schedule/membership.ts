import { matchesGlob } from "../plan/glob.ts";
import type { Board, BoardTask, Configuration, IsoDate } from "../words.ts";

/** A milestone and the tasks that belong to it. A task may belong to several. */
export type Milestone = {
  readonly id: string;
  readonly title: string;
  readonly due: IsoDate | null;
  readonly members: readonly BoardTask[];
};

type Listed = { readonly id: string; readonly title: string; readonly due: IsoDate | null; readonly patterns: readonly string[] };
type Pattern = (task: BoardTask) => boolean;
type Roster = Omit<Milestone, "members"> & { readonly fits: readonly Pattern[]; readonly members: BoardTask[] };

/**
 * The milestones of these plans with their tasks: first those the plans list, then those only the configuration names, then those
 * that tasks alone speak of. A task belongs to a milestone when a pattern of the configuration fits it (`AUTH-*` on the id, `phase:MVP`
 * on the phase), or when its own milestone or phase is that milestone's id or title, letter case aside. A task that belongs to none
 * makes one of its own milestone or phase, so that a plan with phases alone shows its progress too.
 */
export function membersOf(boards: readonly Board[], configuration: Configuration): readonly Milestone[] {
  const rosters = listedMilestones(boards, configuration).map(rosterOf);
  const gathering = rosters.filter(({ fits }) => fits.length > 0);
  // Ids after titles, so that an id wins; a blank title names nothing, least of all the tasks without a milestone.
  const byName = new Map([...rosters.map(byTitle), ...rosters.map(byId)]);
  byName.delete("");
  const spoken = new Map<string, Roster>();
  for (const task of boards.flatMap((board) => board.tasks)) {
    const byMilestone = task.milestone === null ? undefined : byName.get(nameOf(task.milestone));
    const byPhase = task.phase === null ? undefined : byName.get(nameOf(task.phase));
    const byPattern = gathering.filter((roster) => roster !== byMilestone && roster !== byPhase && roster.fits.some((fits) => fits(task)));
    for (const roster of byPattern) roster.members.push(task);
    byMilestone?.members.push(task);
    if (byPhase !== byMilestone) byPhase?.members.push(task);
    if (byMilestone === undefined && byPhase === undefined && byPattern.length === 0) ownRoster(task, spoken)?.members.push(task);
  }
  return [...rosters, ...spoken.values()].map(({ id, title, due, members }) => ({ id, title, due, members }));
}

function ownRoster(task: BoardTask, spoken: Map<string, Roster>): Roster | undefined {
  const name = (task.milestone ?? task.phase ?? "").trim();
  if (name === "") return undefined;
  const roster = spoken.get(nameOf(name)) ?? rosterOf({ id: name, title: name, due: null, patterns: [] });
  spoken.set(nameOf(name), roster);
  return roster;
}

const rosterOf = ({ id, title, due, patterns }: Listed): Roster => ({ id, title, due, fits: patterns.map(patternOf), members: [] });
const byTitle = (roster: Roster): readonly [string, Roster] => [nameOf(roster.title), roster];
const byId = (roster: Roster): readonly [string, Roster] => [nameOf(roster.id), roster];

// One id is one milestone, whichever plan lists it; the configuration's title and date are the newer word.
function listedMilestones(boards: readonly Board[], configuration: Configuration): readonly Listed[] {
  const listed = new Map<string, Listed>();
  for (const { id, title, due } of boards.flatMap((board) => board.milestones)) {
    if (!listed.has(nameOf(id))) listed.set(nameOf(id), { id, title, due, patterns: [] });
  }
  for (const [id, setting] of Object.entries(configuration.milestones)) {
    const planned = listed.get(nameOf(id));
    const title = setting.title ?? planned?.title ?? id;
    listed.set(nameOf(id), { id: planned?.id ?? id, title, due: setting.due ?? planned?.due ?? null, patterns: setting.tasks });
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
