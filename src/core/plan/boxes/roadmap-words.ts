import type { Plain } from "../markdown/plain-text.ts";
import type { Style } from "./box-plan.ts";

/** `12`, `12.3.1`, `07.5`. */
export const phaseNumber = "\\d{1,4}(?:\\.\\d{1,4}){0,3}";
export const planNumber = `${phaseNumber}-\\d{1,3}[a-z]?`;

/** `Phase 5: Housekeeping`, and what is told of it behind. */
export type PhaseWords = {
  readonly id: string;
  readonly title: string;
  readonly notes: string | null;
  readonly inserted: boolean;
  readonly style: Style;
};

const mostWords = 1000;

const phaseHead = new RegExp(`^([*_~\`[]{0,4}Phase[ \\t]{1,3})(${phaseNumber})([*_]{0,2}[ \\t]?[:.—–-][*_]{0,2}[ \\t]*)`, "iu");

/** Reads `**Phase 5: Housekeeping** - Mend the links`, `Phase 1: Basis (3/3 plans)`; null for other words. */
export function phaseWords(written: string, plain: Plain): PhaseWords | null {
  const found = phaseHead.exec(written.slice(0, 200));
  if (found === null) return null;
  const [all, before = "", id = "", behind = ""] = found;
  const rest = written.slice(all.length, mostWords);
  const bold = /^\*\*/.test(before) && !behind.includes("*");
  const end = bold ? rest.indexOf("**") : rest.search(/[ \t]+(?:—|–|--?)[ \t]|[ \t]+\(\d+\/[\d?]|[ \t]*\(INSERTED\)/u);
  const title = end < 0 ? rest : rest.slice(0, end);
  const tail = end < 0 ? "" : rest.slice(end + (bold ? 2 : 0));
  const inserted = /\(INSERTED\)/i.test(title + tail);
  const notes = plain(
    tail
      .replace(/\(INSERTED\)|\(\d+\/[\d?]+ plans?\)/gi, "")
      .trim()
      .replace(/^(?:—|–|--?|:)[ \t]*/u, ""),
  );
  return {
    id,
    title: plain(title.replace(/\(INSERTED\)/i, "")),
    notes: notes === "" ? null : notes,
    inserted,
    style: { before: bold ? before : before.replace(/^[*_~`[]+/, ""), behind: bold ? behind : ": ", end: bold ? "**" : "" },
  };
}

export type PlanWords = { readonly id: string; readonly title: string; readonly style: Style };

const planHead = new RegExp(
  `^([*_~\`[]{0,4}(?:Plan[ \\t])?)(${planNumber})((?:-[\\w.-]{0,80})?[*_~\`]{0,4}(?:\\]\\([^()\\n]{0,200}\\)|\\])?[*_~\`]{0,4}(?::[ \\t]*|[ \\t]+(?:(?:—|–|--?)[ \\t]+)?|$))`,
  "iu",
);

/** Reads `01-02-PLAN.md — Routes`, `` `01-02-PLAN.md`: Routes``, `Plan 01-02: Routes`; null for other words. */
export function planWords(written: string, plain: Plain): PlanWords | null {
  const found = planHead.exec(written.slice(0, 500));
  if (found === null) return null;
  const [all, before = "", id = "", behind = ""] = found;
  // A file's own name and a link are of one plan only: another one is written with the name that plans usually have.
  const usual = /^(?:-PLAN\.md)?[*_~`]{0,4}[: \t—–-]*$/i.test(behind);
  const style = usual ? { before, behind, end: "" } : { before: "", behind: "-PLAN.md — ", end: "" };
  return { id, title: plain(written.slice(all.length)), style };
}

/** `(completed 2026-03-12)` or `— completed 2026-03-12` at the end of words: where it begins, and the day and where it is in them. */
export function completionIn(written: string): { readonly from: number; readonly day: string; readonly dayFrom: number } | null {
  const start = Math.max(0, written.length - 60);
  const found = /[ \t]*(?:\(completed:? (\d{4}-\d{2}-\d{2})\)|(?:—|–|--?)[ \t]completed (\d{4}-\d{2}-\d{2}))[ \t]*$/iu.exec(
    written.slice(start),
  );
  const day = found?.[1] ?? found?.[2];
  if (found === null || day === undefined) return null;
  const from = start + found.index;
  return { from, day, dayFrom: from + found[0].indexOf(day) };
}
