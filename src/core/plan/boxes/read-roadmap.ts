import type { Token } from "../../words.ts";
import type { Field } from "../columns.ts";
import type { DraftTask } from "../draft.ts";
import type { Source } from "../formats/format.ts";
import { readRow } from "../row.ts";
import { normalise } from "../token.ts";
import type { BoxPlan, BoxRow, CompletedSpot } from "./box-plan.ts";
import { type Marks, statusIn } from "./marks.ts";
import { namedIds } from "./named-ids.ts";
import { placed, statusOf } from "./read-boxes.ts";
import { type PhaseSection, phaseSections, reaches, reachesOf } from "./roadmap-sections.ts";
import { completionIn, type PhaseWords, type PlanWords, phaseNumber, phaseWords, planNumber, planWords } from "./roadmap-words.ts";
import { type BoxItem, walkItems } from "./walk.ts";

type PhaseBox = { readonly kind: "phase"; readonly words: PhaseWords; readonly at: BoxItem };
type PlanBox = { readonly kind: "plan"; readonly words: PlanWords; readonly at: BoxItem };

/** The phases and plans of a roadmap. A phase is told by its box, by its section, or by both; one without a box is what its plans are. */
export function readRoadmap(source: Source, marks: Marks): BoxPlan {
  const { plain, document } = source.markdown();
  const { items, headings } = walkItems(document.blocks, plain);
  const sections = new Map<Token, PhaseSection>();
  for (const section of phaseSections(document.blocks, source, plain)) {
    const token = normalise(section.words.id);
    if (!sections.has(token)) sections.set(token, section);
  }
  const boxes = items.flatMap((at) => boxOf(at, source));
  const phases = boxes.filter((one) => one.kind === "phase");
  const known = new Set([...sections.keys(), ...phases.map(({ words }) => normalise(words.id))]);
  const plans = boxes.filter((one) => one.kind === "plan").filter(({ words, at }) => known.has(phaseOfPlan(words.id)) || isFile(at));
  const planTokens = new Set(plans.map(({ words }) => normalise(words.id)));
  const boxed = new Set(phases.map(({ words }) => normalise(words.id)));
  const told = [...sections].filter(([token]) => !boxed.has(token)).map(([, section]) => section);
  const reach = reachesOf(items, source, plain);
  const names = namesOf(phases, sections);

  const rows = [
    ...phases.flatMap(({ words, at }) => phaseRow({ words, at, section: sections.get(normalise(words.id)) ?? null })),
    ...told.flatMap((section) => phaseRow({ words: section.words, at: null, section })),
    ...plans.flatMap(planRow),
  ].sort((a, b) => a.task.place(null) - b.task.place(null));
  const taken = new Set(rows.map(({ at }) => at?.item));
  const left = items.filter(({ item, box, words }) => box !== null && !taken.has(item) && !/^\W*TBD\b/i.test(words.text));
  const done = left.filter(({ box }) => box !== null && statusIn(box, marks) === "completed").length;
  return {
    scope: source.path,
    rows,
    headings,
    milestones: reach.map(({ milestone }) => milestone),
    criteria: { open: left.length - done, done },
  };

  function phaseRow({ words, at, section }: Phase): readonly BoxRow[] {
    const { id, title, inserted } = words;
    const dependsOn = section?.dependsOn ?? null;
    const waits = dependsOn === null ? [] : namedIds(dependsOn.text, { pattern: phaseNumber, lead: "phases?" }, known);
    const requirements = section?.requirements ?? null;
    const cells = new Map<Field, string>([
      ["id", id],
      ["title", title],
      ["dependencies", waits.join(", ")],
      ["notes", words.notes ?? section?.goal ?? ""],
    ]);
    const extra = { ...(requirements === null ? {} : { Requirements: requirements }), ...(inserted ? { inserted: "yes" } : {}) };
    const fixed = section === null ? null : "its section holds words of its own, which are left to people";
    const line = { cells, extra, phase: id, waitsAt: dependsOn?.offset ?? null, parent: null, style: words.style, fixed };
    return rowOf(at, section?.offset ?? 0, line);
  }

  function planRow({ words, at }: PlanBox): readonly BoxRow[] {
    const phase = phaseOfPlan(words.id);
    const waits = [...words.title.matchAll(/[([]depends on:? ([^()[\]]{1,200})[)\]]/gi)].flatMap((found) =>
      namedIds(found[1] ?? "", { pattern: planNumber, lead: "plans?" }, planTokens),
    );
    const cells = new Map<Field, string>([
      ["id", words.id],
      ["title", words.title],
      ["dependencies", waits.join(", ")],
    ]);
    const parent = known.has(phase) ? phase : null;
    return rowOf(at, 0, { cells, extra: {}, phase, waitsAt: null, parent, style: words.style, fixed: null });
  }

  function rowOf(at: BoxItem | null, offset: number, line: RowLine): readonly BoxRow[] {
    const { cells, extra, waitsAt, style, fixed } = line;
    const inSection = (field: Field | null): number => (field === "dependencies" ? (waitsAt ?? offset) : offset);
    const places = at === null ? { place: inSection } : placed(at, waitsAt ?? at.words.offset, source.text);
    const section = { phase: names.get(normalise(line.phase)) ?? null, heading: "", status: null };
    const task = readRow({ ...places, cells, extra }, section, source.report);
    if (task === null) return [];
    const box = at?.box ?? null;
    const completion = at === null ? null : completionIn(source.text.slice(at.words.offset, at.words.end));
    const whole: DraftTask = {
      ...task,
      ...(box === null ? {} : statusOf(box, task, marks, source)),
      parent: line.parent,
      milestone: reach.find((one) => reaches(one, line.phase))?.milestone.id ?? null,
      completed: completion?.day ?? null,
      rollsUp: box === null,
    };
    return [{ task: whole, box, at, style, completed: at === null ? null : completedSpot(at, completion), fixed }];
  }
}

type Phase = { readonly words: PhaseWords; readonly at: BoxItem | null; readonly section: PhaseSection | null };
type RowLine = Pick<BoxRow, "style" | "fixed"> & {
  readonly cells: ReadonlyMap<Field, string>;
  readonly extra: Readonly<Record<string, string>>;
  /** The number of the phase that it is, or is a plan of. */
  readonly phase: string;
  readonly waitsAt: number | null;
  readonly parent: Token | null;
};

/** The words of a phase or a plan behind a box, but for the day of completion at their end. */
function boxOf(at: BoxItem, source: Source): readonly (PhaseBox | PlanBox)[] {
  if (at.box === null) return [];
  const { plain } = source.markdown();
  const written = at.words.text.slice(0, completionIn(at.words.text)?.from);
  const phase = phaseWords(written, plain);
  if (phase !== null) return [{ kind: "phase", words: phase, at }];
  const plan = planWords(written, plain);
  return plan === null ? [] : [{ kind: "plan", words: plan, at }];
}

const phaseOfPlan = (id: string): Token => normalise(id.slice(0, id.lastIndexOf("-")));

const isFile = ({ words }: BoxItem): boolean => /^\W{0,4}[\d.-]{1,30}-PLAN\.md/i.test(words.text);

/** Phases as their boxes or headings name them. */
function namesOf(phases: readonly PhaseBox[], sections: ReadonlyMap<Token, PhaseSection>): ReadonlyMap<Token, string> {
  const all = [...phases, ...sections.values()].map(({ words }) => [normalise(words.id), `Phase ${words.id}: ${words.title}`] as const);
  return new Map(all.reverse());
}

function completedSpot({ words }: BoxItem, completion: ReturnType<typeof completionIn>): CompletedSpot {
  if (completion === null) return { day: null, whole: { from: words.end, to: words.end } };
  const day = { from: words.offset + completion.dayFrom, to: words.offset + completion.dayFrom + completion.day.length };
  return { day, whole: { from: words.offset + completion.from, to: words.end } };
}
