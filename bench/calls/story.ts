import type { SandboxRepository } from "../../src/sandbox/sandbox.ts";
import { taskId } from "../plan.ts";
import { type Act, at, pullLife, range } from "./pull-life.ts";

export const planPath = "docs/project-plan.csv";
export const people = { mira: "maintain", dev: "write", tess: "triage" } as const;

const inOrder = (acts: readonly Act[]): readonly Act[] => acts.toSorted((a, b) => a.at - b.at);

/**
 * A busy day of eight hours, 500 deliveries: 60 of pull requests in all that becomes of them, 300 pushes of a commit each, 140 others (branches
 * created and deleted, issues, labels, comments, commands, reviews, workflow runs). The same every time.
 */
export function busyDay(): readonly Act[] {
  const pulls = range(24).flatMap((index) =>
    pullLife({
      ...{ index, begin: index * 15, first: 1, before: 3, after: index % 2 === 0 ? 1 : 0 },
      ...{ isLabelled: index % 4 === 1, isReviewed: index % 2 === 0 },
      end: index >= 18 ? "open" : index % 9 === 5 ? "closed" : index % 3 === 1 ? "merged" : "merged-and-deleted",
    }),
  );
  const drafts = range(16).flatMap((index) => range(7).map((step) => draft(index, step)));
  return inOrder([
    ...pulls,
    ...drafts,
    ...straight(61),
    ...planEdits(),
    ...issues({ opened: 8, labelled: 4, said: 24, closed: 3 }),
    ...runs(),
  ]);
}

/** 60 pull requests from their first push to their end in eight hours, with 300 commits, and what goes on around them. */
export function dayOfPulls(): readonly Act[] {
  const pulls = range(60).flatMap((index) =>
    pullLife({
      ...{ index, begin: index * 7, first: 3, before: 0, after: index % 2 === 0 ? 2 : 0 },
      ...{ isLabelled: index % 6 === 1, isReviewed: index % 5 < 3 },
      end: index >= 50 ? "open" : index % 12 === 5 ? "closed" : index % 2 === 0 ? "merged-and-deleted" : "merged",
    }),
  );
  return inOrder([...pulls, ...straight(11), ...planEdits(), ...issues({ opened: 8, labelled: 4, said: 20, closed: 3 }), ...runs()]);
}

/** Work on a branch that is not proposed yet; every second branch is named for a task. */
function draft(index: number, step: number): Act {
  const branch = index % 2 === 0 ? `feature/${taskId(60 + index).toLowerCase()}` : `try-${index}`;
  const commits = [{ message: `Try ${step}`, files: { [`tries/${index}.md`]: `${step}\n` } }];
  return { at: at(6 + index * 24 + step * 13, index + step), play: (on) => on.push({ by: "dev", branch, commits }) };
}

/** Straight to `main`: small things, and now and then a task that is finished without a pull request. */
function straight(count: number): readonly Act[] {
  return range(count).map((index) => ({
    at: at(10 + (index * 450) / count, index),
    play: (on) => {
      const message = index % 12 === 4 ? `closes ${taskId(100 + index)}` : `Tidy the notes, ${index}`;
      return on.push({ by: "mira", branch: "main", commits: [{ message, files: { [`notes/${index}.md`]: "tidy\n" } }] });
    },
  }));
}

/** The plan is edited on `main`: a priority, then tasks that were found on the way. */
function planEdits(): readonly Act[] {
  return range(3).map((index) => ({
    at: at(95 + index * 130, index),
    play: (on) => {
      const text = on.file("main", planPath) ?? "";
      const row = `${taskId(300 + index)},M5,"Found on the way ${index}",backend,todo,P1,"${taskId(1)}",5,,,,,\n`;
      const changed = index === 0 ? text.replace("todo,P2", "todo,P0") : `${text}${row}`;
      return on.push({ by: "mira", branch: "main", commits: [{ message: `plan: part ${index + 1}`, files: { [planPath]: changed } }] });
    },
  }));
}

const commands = [
  `/start ${taskId(120)}`,
  `/block ${taskId(121)} waiting for keys`,
  `/status ${taskId(121)}`,
  `/done ${taskId(120)}`,
  `/why ${taskId(2)}`,
  `/unblock ${taskId(121)}`,
  "/done TASK-99999",
] as const;

type Talk = { readonly opened: number; readonly labelled: number; readonly said: number; readonly closed: number };

/** Issues come, are labelled, talked about and closed; some speak for tasks, and one of these is blocked for a while. */
function issues({ opened, labelled, said, closed }: Talk): readonly Act[] {
  const numbers: number[] = [];
  const number = (index: number): number => numbers[index % opened] ?? 0;
  const each = (count: number, first: number, gap: number, play: (on: SandboxRepository, index: number) => Promise<unknown>) =>
    range(count).map((index): Act => ({ at: at(first + index * gap, index), play: (on) => play(on, index) }));
  return [
    ...each(opened, 2, 9, async (on, index) => {
      const title = index % 3 === 0 ? `${taskId(140 + index)}: what is missing` : `It is slow in case ${index}`;
      numbers.push((await on.openIssue({ title, by: index % 2 === 0 ? "mira" : "guest" })).number);
    }),
    ...each(labelled, 100, 40, (on, index) =>
      on.label({ number: number(index), label: index === 3 ? "blocked" : `area ${index % 2}`, by: "tess" }),
    ),
    ...each(1, 300, 1, (on) => on.unlabel({ number: number(3), label: "blocked", by: "tess" })),
    ...each(said, 104, 17, (on, index) => {
      const command = index % 3 === 1 ? commands[(index - 1) / 3] : undefined;
      const body = command ?? `I have seen this with ${taskId(index)} too, ${index}.`;
      return on.comment({ issue: number(index), body, by: command === undefined ? "guest" : "mira" });
    }),
    ...each(closed, 300, 31, (on, index) => on.closeIssue({ number: number(index), by: "mira", reason: "completed" })),
  ];
}

function runs(): readonly Act[] {
  return range(8).map((index) => ({
    at: at(60 + index * 51, index),
    play: (on) => {
      const conclusion = index === 3 ? "failure" : "success";
      return on.runWorkflow({ name: "tests", file: ".github/workflows/tests.yml", branch: "main", conclusion });
    },
  }));
}
