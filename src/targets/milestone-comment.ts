import { allTasksOf, isReached, type MilestoneView, milestoneMarker, renderMilestoneComment } from "../core/render/milestone-comment.ts";
import { type Milestone, membersOf } from "../core/schedule/membership.ts";
import { measure } from "../core/schedule/milestones.ts";
import { presentStatus } from "../core/schedule/readiness.ts";
import { type Ask, type Belonging, chooseIssue, formerlyToo, labelledNow, ownNames, plainName } from "../core/status/belonging.ts";
import type { Effect, Fact, Instant, IssueFact } from "../core/words.ts";
import type { MilestoneComment, RepositoryState } from "../ports.ts";
import { pullsOf, scheduleFor, shownUnderWay } from "./plan-outlook.ts";
import { bringUpToDate, dueTime, type Target } from "./target.ts";

/** A milestone by the names that are its own. `at` = its place among all of them. */
type Meant = Belonging & {
  readonly milestone: Milestone;
  readonly at: number;
  readonly comments: readonly MilestoneComment[];
};

/** A milestone's comment where it is to be. `name` = by which we find it again. */
type Place = Omit<Meant, "comments"> & { readonly issue: number; readonly name: string };

/**
 * The comments that say where milestones stand, each in one issue that belongs to its milestone. Answers with the time at which one of them
 * is to be looked at again: each is written once in `summaryEveryMs` at most.
 */
export async function bringMilestoneCommentsUpToDate(
  target: Target,
  { make }: Pick<Extract<Effect, { kind: "milestones" }>, "make">,
): Promise<Instant | null> {
  const { store, at, github } = target;
  const comments = await store.milestones.comments(at.repository);
  const state = comments.length === 0 && !make ? null : await store.state(at.repository);
  if (state === null || state.configuration.comments.milestones === "off") return null;
  const meant = milestonesMeant(state, comments);
  const labels = await store.factsAbout(at.repository, ["labels"]);
  const kept = await keptPlaces(target, labels, meant);
  const { places, asks } = make ? await newPlaces(target, labels, { state, meant: withoutPlace(meant, kept) }) : { places: [], asks: [] };
  const later: Instant[] = [];
  for (const [place, view] of await viewsOf(target, state, [...kept, ...places])) {
    const again = await keepOne(target, place, view);
    if (again !== null) later.push(again);
  }
  // What comes of it is a fact, for the sake of which all of this is done again.
  for (const ask of asks) await store.addReading(at.repository, await github.read.permission(at, ask));
  return later.length === 0 ? null : Math.min(...later);
}

/** The milestones that people can mean by a name, with their comments. One that was renamed is known by what it is still called. */
function milestonesMeant({ boards, configuration }: RepositoryState, comments: readonly MilestoneComment[]): readonly Meant[] {
  const milestones = membersOf(boards, configuration);
  const names = ownNames(milestones);
  const byId = new Set(milestones.map(({ id }) => plainName(id)));
  const listed = [...boards.flatMap((board) => board.milestones.map(({ id }) => id)), ...Object.keys(configuration.milestones)];
  const isListed = ({ id }: Milestone): boolean => listed.some((one) => plainName(one) === plainName(id));
  return milestones.flatMap((milestone, at) => {
    const own = names[at] ?? new Set();
    const isOf = ({ name, names: called }: MilestoneComment): boolean =>
      byId.has(name) ? plainName(milestone.id) === name : called.some((one) => own.has(one));
    const labels = isListed(milestone) || milestone.members.some((task) => task.milestone !== null) ? "any" : "saying milestone";
    return own.size === 0 ? [] : [{ milestone, at, names: own, labels, comments: comments.filter(isOf) }];
  });
}

/** The comments that stand in an open issue that still belongs: of several of one milestone the one that was written last. */
async function keptPlaces({ store, at }: Target, labels: readonly Fact[], meant: readonly Meant[]): Promise<readonly Place[]> {
  const numbers = meant.flatMap(({ comments }) => comments.map(({ issue }) => issue));
  const issues = labelledNow(await store.milestones.openIssues(at.repository, [...new Set(numbers)]), labels);
  return meant.flatMap((one) => {
    const places = one.comments.flatMap((comment): readonly Place[] => {
      const choice = chooseIssue(
        one,
        issues.filter(({ issue }) => issue.number === comment.issue),
      );
      return choice !== null && "issue" in choice ? [placeIn(choice.issue, one)] : [];
    });
    return places.slice(-1);
  });
}

type Unplaced = { readonly state: RepositoryState; readonly meant: readonly Meant[] };

/** Where comments are to be made, and of whom has to be read first what they may do. */
async function newPlaces(
  { store, at }: Target,
  labels: readonly Fact[],
  { state, meant }: Unplaced,
): Promise<{ readonly places: readonly Place[]; readonly asks: readonly Ask[] }> {
  const names = formerlyToo(new Set(meant.flatMap((one) => [...one.names])), labels);
  const issues = labelledNow(await store.milestones.issuesMeaning(at.repository, [...names]), labels);
  const choices = meant.map((one) => ({ one, choice: chooseIssue(one, issues) }));
  return {
    places: choices.flatMap(({ one, choice }) =>
      choice !== null && "issue" in choice && isNews(state, one.milestone, choice.issue) ? [placeIn(choice.issue, one)] : [],
    ),
    asks: choices.flatMap(({ choice }) => (choice !== null && "ask" in choice ? [choice.ask] : [])),
  };
}

/** Those with work left that have no comment to be kept. */
const withoutPlace = (meant: readonly Meant[], kept: readonly Place[]): readonly Meant[] =>
  meant.filter(({ milestone, at }) => !isReached(milestone.members) && kept.every((place) => place.at !== at));

/** A comment that stands there is known by the name that it was made with. */
function placeIn({ number }: IssueFact, { comments, ...one }: Meant): Place {
  const [first = ""] = one.names;
  return { ...one, issue: number, name: comments.find(({ issue }) => issue === number)?.name ?? first };
}

/** What the first look and the past tell makes no comment: something of the milestone has to move first, or the issue. */
function isNews({ boards, plans }: RepositoryState, { members }: Milestone, issue: IssueFact): boolean {
  const watched = new Map(plans.map(({ path, watchedSince }) => [path, watchedSince]));
  const own = new Set(members);
  const since = (path: string): Instant => watched.get(path) ?? Number.POSITIVE_INFINITY;
  return (
    issue.at > Math.min(...watched.values()) ||
    boards.some(({ path, tasks }) => tasks.some((task) => own.has(task) && task.state.since > since(path)))
  );
}

async function viewsOf(
  target: Target,
  state: RepositoryState,
  places: readonly Place[],
): Promise<readonly (readonly [Place, MilestoneView])[]> {
  if (places.length === 0) return [];
  const all = allTasksOf(state.boards.flatMap(({ tasks }) => tasks));
  const { schedule } = await scheduleFor(target, state);
  const inProgress = new Set(places.flatMap(({ milestone }) => shownUnderWay(milestone.members)));
  const pulls = await pullsOf(target, state, [...inProgress]);
  const { timezone } = state.configuration.summary;
  return places.map((place) => {
    const { milestone, at } = place;
    const forecast = schedule.milestones[at]?.forecast ?? { kind: "empty" };
    const { members } = milestone;
    const shown = { web: target.web, branch: target.at.defaultBranch, timezone, all, members, forecast, pulls };
    return [place, { ...shown, name: place.name, milestone: measure(milestone, presentStatus) }];
  });
}

async function keepOne(target: Target, { issue, name, names }: Place, view: MilestoneView): Promise<Instant | null> {
  const { store, at, github } = target;
  const key = `milestone:${issue}:${name}`;
  const reached = isReached(view.members);
  const text = renderMilestoneComment(view);
  // That it is reached is said once, whatever is told of its tasks then.
  const essence = reached ? "reached" : text;
  const post = await store.post(at.repository, key);
  const due = dueTime(target, post, essence);
  if (due === null || due > target.now()) return due;
  await bringUpToDate(target, {
    key,
    essence,
    again: null,
    body: { issue, name, names: [...names], text },
    find: () => github.find.comment(at, issue, milestoneMarker(name)),
    create: (write) => write.createComment(at, issue, text),
    // One that a person deleted is not made again to say that there is nothing left to do.
    update: async (write, remote) => (await write.updateComment(at, remote, text)) || reached,
  });
  return null;
}
