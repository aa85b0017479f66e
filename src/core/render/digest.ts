import { blockedSince, type Moved, type Slip } from "../schedule/digest.ts";
import type { BoardTask, Instant } from "../words.ts";
import { fileName, sourceLink } from "./addresses.ts";
import { count, list, more, nothing, page, section, table } from "./block.ts";
import type { DigestPlan, DigestView } from "./digest-view.ts";
import { inline } from "./escape.ts";
import { findingLine } from "./findings-block.ts";
import { fitted } from "./fitted.ts";
import { marker } from "./marker.ts";
import { type Outlook, outlookOf } from "./outlook.ts";
import { type Dated, estimateOf, heldUp, idLink, ownerOf, priorityOf, reasonsOf, taskLink } from "./task-cells.ts";
import { day, minute } from "./time.ts";
import { milestoneName, statusWords } from "./wording.ts";

/** How many rows each list shows, from usual to little, until the text fits. */
const levels = [15, 10, 6, 3, 1];
/** What comes next stands in the summary in full. */
const mostNext = 5;

/** The comment that says what happened in a period. Begins with `digestMarker`; each list has all plans in it. */
export function renderDigest(view: DigestView): string {
  const parts = view.plans.map((plan) => partOf(view, plan));
  return fitted(levels, (amount) =>
    page(
      `${digestMarker(view.until)}\n\n## What happened ${days(view)}`,
      inShort(view),
      listing(parts, amount, { ...ended, heading: "Completed", items: ({ plan }) => plan.happened.completed }),
      listing(parts, amount, { ...ended, heading: "Newly started", items: ({ plan }) => plan.happened.started }),
      listing(parts, amount, { ...blocked, heading: "Newly blocked", items: ({ plan }) => plan.happened.blocked.map(({ task }) => task) }),
      listing(parts, amount, others),
      listing(parts, amount, { ...blocked, heading: "Still blocked", items: ({ plan }) => plan.happened.stillBlocked }),
      section("Slipping", slipTable(view.slipping.slice(0, amount)), more(view.slipping.length, amount, "milestone")),
      listing(parts, Math.min(amount, mostNext), ready),
      stale(parts, amount),
      `_From ${minute(view.after, view.timezone)} to ${minute(view.until, view.timezone)}._`,
    ),
  );
}

function days({ after, until, timezone }: DigestView): string {
  const [first, last] = [day(after, timezone), day(until, timezone)];
  return first === last ? `on ${last}` : `from ${first} to ${last}`;
}

/** By which the comment of a period is known again, so that no period has two. */
export const digestMarker = (until: Instant): string => marker("digest", String(until));

/** A plan with what its lists need; `name` says which plan it is, where there are several. */
type Part = { readonly plan: DigestPlan; readonly shown: Dated; readonly outlook: Outlook; readonly name: string };

const partOf = ({ web, branch, timezone, plans }: DigestView, plan: DigestPlan): Part => ({
  plan,
  shown: { web, branch, timezone },
  outlook: outlookOf(plan.board),
  name: plans.length < 2 ? nothing : fileName(plan.board.path),
});

function inShort({ plans, slipping }: DigestView): string {
  const all = (of: (plan: DigestPlan) => readonly unknown[]): number => plans.reduce((sum, plan) => sum + of(plan).length, 0);
  const news = [
    [all(({ happened }) => happened.completed), "completed"],
    [all(({ happened }) => happened.started), "newly started"],
    [all(({ happened }) => happened.blocked), "newly blocked"],
    [all(({ happened }) => happened.others), "moved otherwise"],
  ] as const;
  const said = news.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  const still = all(({ happened }) => happened.stillBlocked);
  return [
    `**${said.join(", ")}**`,
    still === 0 ? "" : `, ${still} still blocked`,
    slipping.length === 0 ? "" : `, ${count(slipping.length, "milestone")} slipping`,
    ".",
  ].join("");
}

/** A list of things of all plans. `head` and `cells` are without the column that names the plan. */
type Listing<Item> = {
  readonly heading: string;
  readonly head: readonly string[];
  readonly items: (part: Part) => readonly Item[];
  readonly cells: (part: Part, item: Item) => readonly string[];
};

function listing<Item>(parts: readonly Part[], amount: number, { heading, head, items, cells }: Listing<Item>): string {
  const all = parts.flatMap((part) => items(part).map((item) => ({ part, item })));
  const rows = all.slice(0, amount).map(({ part, item }) => [...cells(part, item), part.name]);
  return section(heading, table([...head, "Plan"], rows), more(all.length, amount, "task"));
}

const ended = {
  head: ["Task", "Owner", "When"],
  cells: ({ shown }: Part, moved: Moved) => [taskLink(shown, moved.task), ownerOf(moved.task), whenOf(shown, moved)],
};

const blocked = {
  head: ["Task", "Why", "Since", "Holds up"],
  cells: ({ shown, outlook }: Part, task: BoardTask) => [
    taskLink(shown, task),
    // A digest that comes late may tell of one that has been released since.
    task.state.status === "blocked" ? reasonsOf(task.state.holds) : "released since",
    day(blockedSince(task), shown.timezone),
    heldUp(shown, outlook.holdsUp.get(task)),
  ],
};

const others: Listing<Moved> = {
  heading: "Also moved",
  head: ["Task", "Was", "Is", "When"],
  items: ({ plan }) => plan.happened.others,
  cells: ({ shown }, moved) => [
    taskLink(shown, moved.task),
    moved.before === null ? nothing : statusWords[moved.before],
    statusWords[moved.last.after],
    whenOf(shown, moved),
  ],
};

const ready: Listing<BoardTask> = {
  heading: "Ready next",
  head: ["Task", "Owner", "Priority", "Estimate", "Holds up"],
  items: ({ outlook }) => outlook.ready,
  cells: ({ shown, outlook }, task) => [
    taskLink(shown, task),
    ownerOf(task),
    priorityOf(task),
    estimateOf(task),
    heldUp(shown, outlook.holdsUp.get(task)),
  ],
};

function whenOf({ web, timezone }: Dated, { last: { at, cause } }: Moved): string {
  return cause.link === null ? day(at, timezone) : `${day(at, timezone)}, ${sourceLink(web, cause.link)}`;
}

function slipTable(slips: readonly Slip[]): string {
  const rows = slips.map(({ milestone, was, now }) => [milestoneName(milestone), was, now, dueOf(milestone.due, now)]);
  return table(["Milestone", "Was planned to end", "Is planned to end", "Due"], rows);
}

function dueOf(due: string | null, end: string): string {
  if (due === null) return nothing;
  return end > due ? `${inline(due, 20)}, missed` : inline(due, 20);
}

function stale(parts: readonly Part[], amount: number): string {
  const all = parts.flatMap(({ plan, shown }) =>
    plan.stale.flatMap(({ task, finding }) => (task === null ? [] : [{ shown, task, finding }])),
  );
  const lines = all.slice(0, amount).map(({ shown, task, finding }) => `${idLink(shown, task)}: ${findingLine(shown.web, finding)}`);
  return section("Stale", list(lines), more(all.length, amount, "task"));
}
