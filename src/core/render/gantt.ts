import { isCalendarDate } from "../plan/iso-date.ts";
import type { IsoDate } from "../words.ts";
import { count, details, nothing, page, series, table } from "./block.ts";
import { dueSign, legend, signs, signsOf, standingWords, taskCell } from "./diagram-signs.ts";
import type { GanttBar, GanttSection, GanttView } from "./diagram-views.ts";
import { inline } from "./escape.ts";
import { barText, mermaidBlock } from "./mermaid-text.ts";

/** A chart of more lines is too high to be read, and this many stay far below Mermaid's limit whatever their names hold. */
export const mostBars = 40;

/**
 * The plan over time, with its signs explained, what is not drawn counted, and the same as a table; nothing where no date can be drawn.
 * Each day comes into the text only after we have checked it: Mermaid refuses the whole chart for one wrong date, or draws for ever.
 * The line for today is Mermaid's own and right whenever the chart is looked at. `amount` = how many lines, at most `mostBars`.
 */
export function renderGantt(view: GanttView, amount = mostBars): string {
  const known = datedIn(view);
  const drawn = chosen(known, Math.min(amount, mostBars));
  if (drawn.length === 0) return "";
  return page(
    mermaidBlock(chart(drawn)),
    legendOf(drawn),
    leftOut(view, known, drawn),
    details("The same as a table", table(["Task", "Milestone", "State", "Start", "End"], drawn.flatMap(rows))),
  );
}

function legendOf(drawn: readonly Dated[]): string {
  const marks = [...new Set(drawn.flatMap((section) => (section.due === null ? [] : [`${markOf(section)} ${markWord(section)}`])))];
  return legend(
    drawn.flatMap(({ bars }) => bars),
    marks.toSorted(),
  );
}

/** A section of which only what can be drawn is left; `due` null: not drawn, or none. */
type Dated = Omit<GanttSection, "bars"> & { readonly bars: readonly DatedBar[] };
type DatedBar = GanttBar & { readonly start: IsoDate; readonly end: IsoDate };

const datedIn = ({ sections }: GanttView): readonly Dated[] =>
  sections.map((section) => ({
    ...section,
    due: section.due !== null && mayBeDrawn(section.due) ? section.due : null,
    // A task of two milestones has two bars, which may be one record.
    bars: section.bars.filter(isDated).map((bar) => ({ ...bar })),
  }));

const isDated = (bar: GanttBar): bar is DatedBar =>
  bar.start !== null && bar.end !== null && mayBeDrawn(bar.start) && mayBeDrawn(bar.end) && bar.start <= bar.end;

// One date of the year 0202 would squeeze all others into a line.
const mayBeDrawn = (date: IsoDate): boolean => isCalendarDate(date) && date >= "1990" && date < "2100";

/** The dates due first, at most half of all; then what is under way, then what comes next, then what was done last. */
function chosen(sections: readonly Dated[], amount: number): readonly Dated[] {
  const dues = sections.filter(({ due }) => due !== null).toSorted((a, b) => Number(a.reached) - Number(b.reached));
  const marked = new Set(dues.slice(0, Math.ceil(amount / 2)));
  const bars = sections.flatMap((section) => section.bars).toSorted(byWeight);
  const barred = new Set(bars.slice(0, amount - marked.size));
  return sections
    .map((section) => ({
      ...section,
      due: marked.has(section) ? section.due : null,
      bars: section.bars.filter((bar) => barred.has(bar)).toSorted((a, b) => compare(a.start, b.start)),
    }))
    .filter(({ due, bars }) => due !== null || bars.length > 0);
}

const byWeight = (a: DatedBar, b: DatedBar): number =>
  weight(a) - weight(b) || (a.standing === "completed" ? compare(b.end, a.end) : compare(a.start, b.start));

function weight({ standing, critical }: DatedBar): number {
  if (standing === "completed") return 2;
  return critical || standing === "in-progress" || standing === "blocked" ? 0 : 1;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function chart(sections: readonly Dated[]): readonly string[] {
  const lines = sections.flatMap((section, at) => [
    `  section ${sectionName(section, at)}`,
    ...section.bars.map((bar) => `    ${barName(bar)} :${[...flags(bar), bar.start, bar.end].join(", ")}`),
    ...(section.due === null ? [] : [`    ${dueName(section)} :milestone, ${section.reached ? "done, " : ""}${section.due}, 0d`]),
  ]);
  const axis = `  axisFormat ${isLong(sections) ? "%b %Y" : "%b %d"}`;
  return ["gantt", "  accTitle: The plan over time", "  dateFormat YYYY-MM-DD", axis, "  inclusiveEndDates", ...lines];
}

/** Longer than a year, so that a day of it needs the year. */
function isLong(sections: readonly Dated[]): boolean {
  const days = sections.flatMap(({ bars, due }) => [...bars.flatMap(({ start, end }) => [start, end]), ...(due === null ? [] : [due])]);
  const [first = "", last = first] = [days.toSorted(compare)[0], days.toSorted(compare).at(-1)];
  return last > `${Number(first.slice(0, 4)) + 1}${first.slice(4)}`;
}

// Mermaid keeps sections by name in an object: two of one name become one, and a name that is a number jumps to the front. It leaves
// room for few characters; the whole name stands at the mark and in the table.
const sectionName = ({ title }: Dated, at: number): string => `${at + 1}. ${barText(title, 14) || others}`;

const barName = (bar: DatedBar): string => `${signsOf(bar)} ${barText(`${bar.id} ${bar.title}`, 60)}`.trimEnd();

const dueName = (section: Dated): string => `${markOf(section)} ${barText(section.title, 60) || others}`;

const markOf = ({ reached }: Dated): string => (reached ? `${dueSign}${signs.completed}` : dueSign);

const markWord = ({ reached }: Dated): string => (reached ? "reached" : "due");

// Not `active`: in the dark theme Mermaid writes the name of such a bar, where it stands beside it, dark on dark. Its sign tells.
function flags({ standing, critical }: DatedBar): readonly string[] {
  if (standing === "completed") return ["done"];
  return critical ? ["crit"] : [];
}

function rows(section: Dated): readonly (readonly string[])[] {
  const name = inline(section.title, 80) || others;
  const bars = section.bars.map((bar) => [taskCell(bar), name, standingWords(bar), bar.start, bar.end]);
  return section.due === null ? bars : [...bars, [`${markOf(section)} ${name}`, nothing, markWord(section), nothing, section.due]];
}

/** What of the view is not in the chart, by why. */
function leftOut(view: GanttView, known: readonly Dated[], drawn: readonly Dated[]): string {
  const all = view.sections.flatMap(({ bars }) => bars);
  const undated = all.filter(({ start, end }) => start === null || end === null);
  const past = undated.filter(({ standing }) => standing === "completed").length;
  const wrong = all.length - undated.length - barsOf(known);
  const wrongDues = duesOf(view.sections) - duesOf(known);
  const parts = [
    [barsOf(known) - barsOf(drawn), "more task", ""],
    [duesOf(known) - duesOf(drawn), "more due date", ""],
    [undated.length - past, "task", " without dates"],
    [past, "completed task", " without dates"],
    [wrong, "task", " with impossible dates"],
    [wrongDues, "milestone", " with an impossible date"],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, thing, rest]) => `${count(number, thing)}${rest}`);
  return said.length === 0 ? "" : `Not drawn: ${series(said)}.`;
}

const barsOf = (sections: readonly GanttSection[]): number => sections.reduce((sum, { bars }) => sum + bars.length, 0);

const duesOf = (sections: readonly GanttSection[]): number => sections.filter(({ due }) => due !== null).length;

const others = "Other tasks";
