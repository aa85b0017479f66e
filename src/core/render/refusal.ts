import { statuses, unreachable } from "../words.ts";
import { fileName, sentence } from "./addresses.ts";
import { series } from "./block.ts";
import { code } from "./escape.ts";
import type { Answer, Refusal } from "./views.ts";

/** A refused command and why, with what would be accepted instead where that can be said. */
export const refusalLine = ({ written, refusal }: Extract<Answer, { kind: "refused" }>): string =>
  `${code(written, 160)}: ${because(refusal)}`;

function because(refusal: Refusal): string {
  switch (refusal.kind) {
    case "role":
      return `this needs the ${refusal.least} role or more in this repository, so nothing was changed.`;
    case "role-unknown":
      return `GitHub did not say whether you have the ${refusal.least} role, so nothing was changed. Please try again later.`;
    case "unknown-task":
      return `no plan here has the task ${code(refusal.id, 60)}.${nearest(refusal.nearest)}`;
    case "ambiguous-task":
      return `${code(refusal.id, 60)} is the id of several tasks (${series(refusal.plans.map(fileName), 5)}), and nothing here tells which is meant.${written(refusal.names)}`;
    case "unknown-status":
      return `${code(refusal.status, 60)} is not a status. Statuses are ${series(statuses.map((status) => code(status)))}.`;
    case "unknown-command":
      return refusal.nearest === null
        ? "there is no such command. `/help` lists them all."
        : `there is no such command. Did you mean ${code(refusal.nearest, 60)}? \`/help\` lists them all.`;
    case "not-understood":
      return `${sentence(refusal.problem)} \`/help\` shows how commands are written.`;
    case "no-plan":
      return "there is no plan in this repository yet.";
    default:
      return unreachable(refusal);
  }
}

const written = (names: readonly string[]): string =>
  names.length === 0
    ? ""
    : ` Write ${series(
        names.map((name) => code(name, 90)),
        3,
        "or",
      )}.`;

const nearest = (ids: readonly string[]): string =>
  ids.length === 0
    ? ""
    : ` Did you mean ${series(
        ids.slice(0, 3).map((id) => code(id, 60)),
        3,
        "or",
      )}?`;
