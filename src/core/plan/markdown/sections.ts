import { noSection, type Section } from "../row.ts";
import { readStatus, type StatusReading } from "../status-spelling.ts";
import type { Plain } from "./plain-text.ts";
import { withoutStatusMark } from "./status-mark.ts";

/** The headings that something stands under, the nearest first, and what they say of the rows below. */
export type Under = Section & {
  readonly titles: readonly { readonly depth: number; readonly title: string }[];
  readonly milestone: string | null;
  readonly optional: boolean;
};

export const underNothing: Under = { ...noSection, titles: [], milestone: null, optional: false };

export type SectionStack = { readonly enter: (depth: number, heading: string) => void; readonly present: () => Under };

type Heading = { readonly depth: number; readonly title: string; readonly status: StatusReading | null };

/** Follows the headings of a document from top to bottom. */
export function sectionStack(plain: Plain): SectionStack {
  let headings: readonly Heading[] = [];
  let boards: readonly number[] = [];
  let under = underNothing;
  const enter = (depth: number, written: string): void => {
    const title = plain(written);
    const status = statusOfHeading(title, boards.includes(depth));
    boards = boards.filter((board) => board <= depth);
    if (status !== null && !boards.includes(depth)) boards = [...boards, depth];
    headings = [{ depth, title, status }, ...headings.filter((heading) => heading.depth < depth)];
    under = underOf(headings);
  };
  return { enter, present: () => under };
}

function underOf(headings: readonly Heading[]): Under {
  const phase = headings.map(({ title }) => phaseOf(title)).find((name) => name !== null);
  const state = headings.find(({ status }) => status !== null);
  const milestone = headings.map(({ title }) => milestoneOf(title)).find((name) => name !== null);
  return {
    phase: phase ?? null,
    heading: state?.title ?? "",
    status: state?.status ?? null,
    titles: headings,
    milestone: milestone ?? null,
    optional: headings.some(({ title }) => /^optional\b/i.test(bare(title))),
  };
}

/** `Phase 2 — Payments` or `Sprint 2`, but not `Phase 1 PRD`, which is a document's name. A mark of its status is no part of its name. */
function phaseOf(title: string): string | null {
  const name = withoutStatusMark(title).replace(/^[^\p{L}\p{N}]+/u, "");
  return /^(?:phase|stage|sprint|iteration) [\w.]+ ?(?:[:—–.(-]|$)/i.test(name) ? name : null;
}

/** The id of a milestone that a heading names: `M2 — Beta`, `Milestone 2: Beta`. */
export function milestoneOf(title: string): string | null {
  const found = /^(?:milestone ?#?|m)(\d{1,4})(?= ?[:—–(.-]|$)/i.exec(title.replace(/^[^\p{L}\p{N}]+/u, ""));
  return found === null ? null : `M${found[1]}`;
}

// Words that head a chapter as often as a column of a board: they are a status only beside one that is certain.
const doubtful = new Set(["review", "started", "ready", "open", "partial", "complete", "waiting", "proposed"]);

/** The status a heading names: `In Progress 🚧`, `✅ Done (12)`, `Completed tasks`, `Todo / Planned`. */
function statusOfHeading(title: string, onBoard: boolean): StatusReading | null {
  const name = bare(title);
  const whole = readStatus(title) ?? readStatus(name);
  const parts = whole === null ? name.split(/ ?[/&] ?| and /i).map((part) => readStatus(part)) : [whole];
  const [first] = parts;
  if (first === undefined || first === null || /^optional$/i.test(name)) return null;
  if (parts.some((part) => part?.status !== first.status)) return null;
  return onBoard || !doubtful.has(name.toLowerCase()) ? first : null;
}

/** A title without the emoji around it, a number in brackets behind it, and words such as `tasks`. */
const bare = (title: string): string =>
  title
    .slice(0, 100)
    .replace(/^[^\p{L}\p{N}]+/u, "")
    .replace(/[^\p{L}\p{N})]+$/u, "")
    .replace(/ ?\([^()]{0,40}\)$/u, "")
    .replace(/ (?:tasks?|items?|work|stories|features|list)$/i, "");
