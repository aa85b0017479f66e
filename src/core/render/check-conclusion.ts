import type { CheckConclusion } from "../words.ts";
import { series } from "./block.ts";
import { isNamed, newProblems } from "./check-problems.ts";
import { code, inline } from "./escape.ts";
import type { CheckRow, CheckView, PullView } from "./views.ts";

/** `because` says what made it fail; empty otherwise. */
export type Verdict = { readonly conclusion: CheckConclusion; readonly because: string };

/**
 * `failure` only for what `check.fail_on` lists; `neutral` (which passes a required check) where no task is named, whatever the reason;
 * else `success`. `neutral` too where somebody who may asked to ignore it, whatever it says.
 */
export function conclude(view: CheckView): Verdict {
  const heeded = view.pulls.filter(({ ignoredBy }) => ignoredBy === null);
  if (view.pulls.length > 0 && heeded.length === 0) return { conclusion: "neutral", because: ignored(view.pulls) };
  const failing = failures.filter(({ name, fails }) => view.failOn.includes(name) && heeded.some((pull) => fails(pull, view)));
  if (failing.length > 0) {
    const why = failing.map(({ name, says }) => `${says} (${code(name)})`);
    return {
      conclusion: "failure",
      because: `**Fails** because \`check.fail_on\` in \`.github/plankeeper.yml\` asks for it: ${series(why)}.`,
    };
  }
  const something = view.pulls.some((pull) => !pull.optedOut && isNamed(pull));
  return { conclusion: something ? "success" : "neutral", because: "" };
}

const ignored = (pulls: readonly PullView[]): string =>
  `**Ignored** for this pull request, because ${series(namesIn(pulls))} pressed the button. Re-run the check to have it heeded again.`;

const namesIn = (pulls: readonly PullView[]): readonly string[] => [...new Set(pulls.map(({ ignoredBy }) => inline(ignoredBy ?? "", 40)))];

const failures: readonly {
  readonly name: string;
  readonly says: string;
  readonly fails: (pull: PullView, view: CheckView) => boolean;
}[] = [
  {
    name: "plan-errors",
    says: "it brings errors into a plan or configuration file",
    // Who mends one of ten rows of a plan is not held up by the other nine.
    fails: (pull) => newProblems(pull).some(({ severity }) => severity === "error"),
  },
  {
    name: "blocked-task",
    says: "a task it works on is blocked",
    fails: (pull) => pull.rows.some((row) => row.before === "blocked" && worksOn(row)),
  },
  { name: "unknown-task", says: "it names an id that is not in the plan", fails: (pull) => !pull.optedOut && pull.warnings.length > 0 },
  {
    name: "no-task",
    says: "it names no task of the plan",
    fails: (pull, view) => view.hasPlan && view.unreadable === null && !pull.optedOut && !isNamed(pull),
  },
];

/** Whether the words mean work on the task, not a word about it ("see", "depends on", "does not fix"). */
export const worksOn = ({ reference }: CheckRow): boolean =>
  !reference.idle && (reference.stance === "bare" || reference.stance === "linked");
