import type { PullOutcome, TaskOutcome } from "../status/outcome.ts";
import type { Why } from "../status/why.ts";
import type { Cause, CheckText } from "../words.ts";
import { pullLink } from "./addresses.ts";
import { count, list, more, page, series } from "./block.ts";
import { code, inline, plain } from "./escape.ts";
import { fitted } from "./fitted.ts";
import { minute } from "./time.ts";
import { whyLine, whyWords } from "./why.ts";
import { statusWords } from "./wording.ts";

/** How many tasks are named one by one; the rest is a number. */
const amounts = [20, 5];

/** What the check goes on with below the outcomes: what it promised, or what it says of pull requests that are open still. */
export type Below = CheckText & { readonly open: boolean };

/** The check of pull requests that were merged: what became of what was promised, above what was said. Its conclusion stays. */
export function withOutcomes(web: string, outcomes: readonly PullOutcome[], below: Below): CheckText {
  const alone = outcomes.length === 1 && !below.open;
  const lines = outcomes.map((outcome) => `${alone ? "" : `#${outcome.pull}: `}${lineOf(outcome, inPlain)}`);
  const { open: _, ...said } = below;
  const heading = below.open || below.summary === "" ? "" : "## What was promised before the merge";
  return {
    ...said,
    title: plain([...lines, ...(below.open ? [below.title] : [])].join(" · "), 200),
    summary: fitted(amounts, (amount) => page(outcomesBlock(web, outcomes, { alone, amount }), heading, below.summary)),
  };
}

/** What the outcomes come to, as one string: equal strings mean that writing them again would tell nobody anything. */
export const outcomeEssence = (web: string, outcomes: readonly PullOutcome[]): string =>
  outcomesBlock(web, outcomes, { alone: false, amount: amounts[0] ?? 0 });

function outcomesBlock(web: string, outcomes: readonly PullOutcome[], shown: { readonly alone: boolean; readonly amount: number }): string {
  return page(
    ...outcomes.map((outcome) => {
      const missed = outcome.tasks.filter(({ done }) => !done);
      const undone = outcome.tasks.flatMap((task) => (task.takenBack === null ? [] : takenBack(web, task)));
      const first = `${shown.alone ? "" : `${pullLink(web, outcome.pull)}: `}**${tally(outcome)}**`;
      return page(
        missed.length === 1 ? `${lineOf(outcome, inMarkdown(web), first)}.` : `${first}.`,
        missed.length < 2 ? "" : list(missed.slice(0, shown.amount).map((task) => missedLine(task, inMarkdown(web)))),
        missed.length < 2 ? "" : more(missed.length, shown.amount, "task"),
        list(undone.slice(0, shown.amount)),
        more(undone.length, shown.amount, "task"),
      );
    }),
  );
}

/** How ids, words of people and causes are made safe. */
type Voice = {
  readonly id: (id: string) => string;
  readonly words: (words: string) => string;
  readonly cause: (cause: Cause) => string;
};

const inPlain: Voice = { id: (id) => plain(id, 60), words: (words) => plain(words, 120), cause: whyWords };
const inMarkdown = (web: string): Voice => ({
  id: (id) => code(id, 60),
  words: (words) => inline(words, 120),
  cause: (cause) => whyLine(web, cause),
});

/** `3 promised, 2 done: AUTH-005 is still in progress because #12 is open`. */
function lineOf(outcome: PullOutcome, voice: Voice, first = tally(outcome)): string {
  const [missed, ...others] = outcome.tasks.filter(({ done }) => !done);
  if (missed === undefined) return first;
  const rest = others.length === 0 ? "" : `, and ${count(others.length, "other")} did not happen`;
  return `${first}: ${missedLine(missed, voice)}${rest}`;
}

const tally = ({ tasks }: PullOutcome): string => `${tasks.length} promised, ${tasks.filter(({ done }) => done).length} done`;

function missedLine({ task, why }: TaskOutcome, voice: Voice): string {
  if (why === null) return `${voice.id(task.id)} is in no plan`;
  return `${voice.id(task.id)} is ${why.status === task.before ? "still " : ""}${statusWords[why.status]}${reasonOf(why, voice)}`;
}

/** Why a task is not what it was to become: what holds it, else what merged work waits for, else what brought it to its status. */
function reasonOf({ holds, waits, steps }: Why, voice: Voice): string {
  const held = holds.map(({ reason }) => voice.words(reason)).filter((reason) => reason !== "");
  if (held.length > 0) return `: ${series(held, 3)}`;
  if (waits.length > 0) return ` because ${series(waits.map(voice.words), 3)}`;
  const last = steps.at(-1);
  return last === undefined ? "" : `: ${voice.cause(last.cause)}`;
}

function takenBack(web: string, { task, takenBack }: TaskOutcome): readonly string[] {
  if (takenBack === null) return [];
  const { at, after, cause } = takenBack;
  return [`${code(task.id, 60)} was done, and taken back at ${minute(at)}: ${statusWords[after]}, ${whyLine(web, cause)}`];
}
