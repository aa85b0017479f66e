import type { Plan, PlanReading, Problem } from "../words.ts";
import { assemble } from "./assemble.ts";
import { isFolderPath, unpackFolder } from "./folder.ts";
import type { Refusal, Source } from "./formats/format.ts";
import { formats } from "./formats/registry.ts";
import { findMojibake } from "./mojibake.ts";
import type { ProblemList } from "./problem-list.ts";
import { problem } from "./problems.ts";
import { quoted } from "./quoted.ts";
import { type PlanFile, sourceOf } from "./source.ts";

/** No file beyond this many bytes of UTF-8 is read. */
export const largestPlan = 20 * 1024 * 1024;

/**
 * Reads a file as a plan: which format it has is told by its content, and `because` says in a sentence what was taken or why it
 * is none. Never throws. A file that is no plan is refused with a problem where it is named; where it is not, it is passed over in
 * silence, unless it has the look of a plan, and then nothing is worse than a warning.
 */
export function readPlan(file: PlanFile): PlanReading {
  const { path, named = false } = file;
  if (isTooLarge(file.text)) {
    const because = `the file is larger than ${largestPlan / 1024 / 1024} MB`;
    return { plan: null, problems: named ? [problem("too-large", { path, line: 1, column: 1 }, because)] : [], because };
  }
  const { problems: list, ...source } = sourceOf(file);
  const { text } = source;
  reportEncoding(source);

  if (!isText(file))
    return refused({ code: "not-a-plan", at: text.indexOf("\0"), because: "the file is not text", meant: false }, source, list);
  for (const [name, format] of Object.entries(formats)) {
    const reading = format.read(source);
    if (reading === null) continue;
    if ("refusal" in reading) return refused(reading.refusal, source, list);
    const plan: Plan = assemble(reading.draft, name, source, list.report);
    const { length } = plan.tasks;
    return { plan, problems: list.all(), because: `${reading.because}: ${length} ${length === 1 ? "task" : "tasks"}` };
  }
  return refused({ code: "not-a-plan", at: 0, because: "no format of plans is like this", meant: false }, source, list);
}

function refused({ code, at, because, meant }: Refusal, { named, report }: Source, list: ProblemList): PlanReading {
  if (named || code !== "not-a-plan") report(code, () => ({ at, message: because }));
  const problems = named ? list.all() : meant ? list.all().map(notWorseThanWarning) : [];
  return { plan: null, problems, because };
}

/** Why a file is not looked at by any format, whatever it may hold; null where it is. */
export function refusedUnseen(file: PlanFile): string | null {
  if (isTooLarge(file.text)) return `it is larger than ${largestPlan / 1024 / 1024} MB`;
  return isText(file) ? null : "it is not text";
}

const isText = ({ path, text }: PlanFile): boolean => !text.includes("\0") || (isFolderPath(path) && unpackFolder(text) !== null);

/** What nobody named a plan cannot fail a check. */
const notWorseThanWarning = (found: Problem): Problem => (found.severity === "error" ? { ...found, severity: "warning" } : found);

function isTooLarge(text: string): boolean {
  if (text.length * 3 <= largestPlan) return false;
  if (text.length > largestPlan || isAscii(text)) return text.length > largestPlan;
  let bytes = 0;
  for (let i = 0; i < text.length && bytes <= largestPlan; i += 1) {
    const unit = text.charCodeAt(i);
    const half = unit >= 0xd800 && unit <= 0xdfff;
    bytes += unit < 0x80 ? 1 : unit < 0x800 || half ? 2 : 3;
  }
  return bytes > largestPlan;
}

const isAscii = (text: string): boolean => !/[^\x00-\x7f]/.test(text);

function reportEncoding({ text, report }: Source): void {
  if (isAscii(text)) return;
  const mojibake = findMojibake(text);
  if (mojibake !== null) {
    const { at, count, encoding, line } = mojibake;
    const message = `UTF-8 that was read as ${encoding} (${count} ${count === 1 ? "place" : "places"}); this line would be ${quoted(line, 80)}`;
    report("mojibake", () => ({ at, message, suggestion: line.trim() }));
  }
  const replaced = text.indexOf("\uFFFD");
  if (replaced >= 0) report("not-utf8", () => ({ at: replaced, message: "the file holds bytes that are not UTF-8" }));
}
