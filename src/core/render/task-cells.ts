import type { Blocker } from "../schedule/blockers.ts";
import type { Board, BoardTask, Hold } from "../words.ts";
import { lineUrl, sourceLink } from "./addresses.ts";
import { count, nothing, series } from "./block.ts";
import { codeLink, inline } from "./escape.ts";
import { day } from "./time.ts";
import { hoursOf } from "./wording.ts";

/** Where people find the lines of plans: the repository's page, and its default branch. */
export type Linking = { readonly web: string; readonly branch: string };

/** A board and where people find it. */
export type Shown = Linking & { readonly board: Board };

/** As `Linking`, with the time zone in which days are told. */
export type Dated = Linking & { readonly timezone: string };

/** A task's id as a link to its line in the plan. */
export const idLink = ({ web, branch }: Linking, task: BoardTask): string =>
  codeLink(task.id, lineUrl({ web, at: branch }, task.file, task.line));

/** As `idLink`, with the title. */
export const taskLink = (shown: Linking, task: BoardTask): string => `${idLink(shown, task)} ${inline(task.title, 80)}`.trimEnd();

export const ownerOf = (task: BoardTask): string => inline(task.owner ?? nothing, 40);

export const estimateOf = (task: BoardTask): string => (task.hours === null ? nothing : `${hoursOf(task.hours)} h`);

export const priorityOf = (task: BoardTask): string => (task.priority === null ? nothing : `P${task.priority}`);

/** The reason of a hold as its words say it. */
export const reasonOf = (hold: Hold): string => (hold.reason.trim() === "" ? "no reason given" : inline(hold.reason, 120));

/** Why a task is blocked. */
export const reasonsOf = (holds: readonly Hold[]): string => (holds.length === 0 ? "so says the plan" : series(holds.map(reasonOf), 3));

/** Since when a task is as it is, and by what, for a cell; of a blocked one, since its oldest hold. */
export function sinceOf(shown: Dated, task: BoardTask): string {
  const [since, source] = begun(shown, task);
  return source === "" ? since : `${since}, ${source}`;
}

/** As `sinceOf`, for a sentence. */
export function sinceIn(shown: Dated, task: BoardTask): string {
  const [since, source] = begun(shown, task);
  return source === "" ? since : `${since} (${source})`;
}

function begun({ web, timezone }: Dated, { state }: BoardTask): readonly [since: string, source: string] {
  if (state.status === "todo") return [nothing, ""];
  const [oldest] = state.status === "blocked" ? state.holds.toSorted((a, b) => a.since - b.since) : [];
  const { since, cause } = oldest ?? state;
  return [day(since, timezone), cause.link === null ? "" : sourceLink(web, cause.link)];
}

/** How much a task holds up, and the nearest three by name. */
export function heldUp(shown: Linking, blocker: Blocker | undefined): string {
  if (blocker === undefined || blocker.count === 0) return nothing;
  const size = `${count(blocker.count, "task")}${blocker.hours > 0 ? `, ${hoursOf(blocker.hours)} h` : ""}`;
  const names = blocker.holdsUp.slice(0, 3).map((task) => idLink(shown, task));
  return `${size}: ${series(blocker.count > names.length ? [...names, `${blocker.count - names.length} more`] : names)}`;
}

/** As `heldUp`, with those whom it keeps waiting. */
export function heldUpAndWhom(shown: Linking, blocker: Blocker): string {
  const owners = blocker.owners.slice(0, 10).map((owner) => inline(owner, 40));
  return `${heldUp(shown, blocker)}${owners.length === 0 ? "" : ` (waiting: ${series(owners, 3)})`}`;
}
