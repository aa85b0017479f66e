import type { CommitAct, SandboxRepository } from "../../src/sandbox/sandbox.ts";
import { taskId } from "../plan.ts";

/** Something that people, or the machines that build their work, do at a time of the story, in ms since its morning. */
export type Act = { readonly at: number; readonly play: (on: SandboxRepository) => Promise<unknown> };

/** What becomes of one pull request. Times are minutes of the day. */
export type Life = {
  readonly index: number;
  readonly begin: number;
  /** Commits of the first push, and pushes of one commit each before it is opened. */
  readonly first: number;
  readonly before: number;
  /** Commits of another push once it is open; 0 for none. */
  readonly after: number;
  readonly isLabelled: boolean;
  readonly isReviewed: boolean;
  readonly end: "merged" | "merged-and-deleted" | "closed" | "open";
};

export const minute = 60_000;
export const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** So many minutes into the day, and a little beside it, so that the acts of different people do not keep step. */
export const at = (minutes: number, salt: number): number => Math.round(minutes * minute + ((salt * 7919) % 83) * 1000);

/** Where pull requests name their task: nowhere, where nobody planned the work. */
const namings = ["title", "branch", "title", "body", "part", "none"] as const;

/** A branch is pushed, its pull request opened, labelled, pushed to again, reviewed, and merged or closed. */
export function pullLife(life: Life): readonly Act[] {
  const { index } = life;
  const { head, title, body } = wordsOf(index);
  const opened = { number: 0 };
  const act = (minutes: number, play: Act["play"]): Act => ({ at: at(life.begin + minutes, index + minutes), play });
  const push = (from: number, count: number): Act["play"] => {
    return (on) => on.push({ by: "dev", branch: head, commits: range(count).map((step) => commit(index, from + step)) });
  };
  const when = (so: boolean, minutes: number, play: Act["play"]) => (so ? [act(minutes, play)] : []);
  const openedAt = life.before * 5 + 4;
  const { first, before, after, end } = life;
  return [
    act(0, push(0, first)),
    ...range(before).map((step) => act(5 * step + 4, push(first + step, 1))),
    act(openedAt, async (on) => {
      opened.number = (await on.openPull({ by: "dev", title, body, head })).number;
    }),
    ...when(life.isLabelled, openedAt + 5, (on) => on.label({ number: opened.number, label: labels[index % 4] ?? "backend", by: "tess" })),
    ...when(after > 0, openedAt + 17, push(first + before, after)),
    ...when(life.isReviewed, openedAt + 29, (on) => on.review({ number: opened.number, verdict: verdictOf(index), by: "mira" })),
    ...when(end.startsWith("merged"), openedAt + 36 + ((index * 11) % 50), (on) => {
      const method = index % 3 === 0 ? "squash" : "merge";
      return on.mergePull({ number: opened.number, by: "mira", method, deleteBranch: end === "merged-and-deleted" });
    }),
    ...when(end === "closed", openedAt + 57, (on) => on.closePull({ number: opened.number, by: "dev" })),
  ];
}

const labels = ["backend", "in progress", "docs", "backend"] as const;
const verdictOf = (index: number) => (index % 10 === 0 ? "changes_requested" : "approved");

function wordsOf(index: number) {
  const task = taskId(index);
  const naming = namings[index % namings.length];
  const isNamed = naming === "branch" || naming === "title";
  const titles = { title: `${task}: build it`, part: `First half (part of ${task})` };
  return {
    head: isNamed ? `feature/${task.toLowerCase()}` : `work-${index}`,
    title: naming === "title" || naming === "part" ? titles[naming] : `Build piece ${index}`,
    body: naming === "body" ? `Closes ${task}.` : "As planned.",
  };
}

const commit = (index: number, step: number): CommitAct => ({
  message: index % 3 === 0 ? `refs ${taskId(index)}: step ${step}` : `Step ${step} of piece ${index}`,
  files: { [`src/${index}.ts`]: `export const version = ${step};\n` },
});
