import type { DiagramTask, Standing } from "./diagram-views.ts";
import { code, inline, linkAround } from "./escape.ts";
import { statusWords } from "./wording.ts";

/** Stands before every name in a diagram, so that colour is never the only sign. None of them is an emoji on any system. */
export const signs: Readonly<Record<Standing, string>> = { completed: "✓", "in-progress": "►", blocked: "✕", ready: "○", waiting: "‖" };
export const criticalSign = "★";
export const dueSign = "◆";

type Told = { readonly standing: Standing; readonly critical: boolean };

/** The signs of a task: `✕`, or `✕★` on the critical path. */
export const signsOf = ({ standing, critical }: Told): string => `${signs[standing]}${critical ? criticalSign : ""}`;

/** The same in words: `blocked`, `blocked, critical`. */
export const standingWords = ({ standing, critical }: Told): string => `${words[standing]}${critical ? ", critical" : ""}`;

/** A task in the table of a diagram. */
export const taskCell = ({ id, title, url }: DiagramTask): string => `${linkAround(code(id, 60), url ?? "")} ${inline(title, 80)}`.trim();

/** Says what the signs in a diagram mean, those that it does not show left out; `marks` are told after them. */
export function legend(drawn: readonly Told[], marks: readonly string[] = []): string {
  const used = standings.filter((standing) => drawn.some((one) => one.standing === standing));
  const parts = used.map((standing) => `${signs[standing]} ${words[standing]}`);
  const critical = drawn.some((one) => one.critical) ? [`${criticalSign} on the critical path`] : [];
  return `${[...parts, ...critical, ...marks].join(" · ")}.`;
}

const standings: readonly Standing[] = ["completed", "in-progress", "blocked", "ready", "waiting"];

const words: Readonly<Record<Standing, string>> = {
  completed: statusWords.completed,
  "in-progress": statusWords["in-progress"],
  blocked: statusWords.blocked,
  ready: "ready",
  waiting: "waiting",
};
