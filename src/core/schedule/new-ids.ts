import { bareTitle } from "../plan/same-title.ts";
import type { BoardTask, Finding, PlannedTask, Sha } from "../words.ts";
import { keyOf, taskKey } from "./task-key.ts";

/** What an open pull request makes of one plan file. */
export type PlanAtHead = {
  readonly pull: number;
  readonly headSha: Sha;
  readonly path: string;
  readonly tasks: readonly Pick<PlannedTask, "scope" | "token" | "id" | "title">[];
};

/** One new id that several open pull requests give to different tasks; `pulls` in the order of their numbers. */
export type TakenTwice = {
  readonly path: string;
  readonly finding: Finding;
  readonly pulls: readonly { readonly number: number; readonly headSha: Sha }[];
};

/**
 * Ids that no plan of the base holds and that open pull requests add with different titles. With the same title it is one task: one pull
 * request builds on the other, or both bring it along.
 */
export function takenTwice(heads: readonly PlanAtHead[], base: readonly BoardTask[]): readonly TakenTwice[] {
  const known = new Set(base.map(keyOf));
  const added = new Map<string, { readonly at: PlanAtHead; readonly task: PlanAtHead["tasks"][number] }[]>();
  for (const at of heads.toSorted((a, b) => a.pull - b.pull))
    for (const task of at.tasks) {
      const key = taskKey(task.scope, task.token);
      if (known.has(key)) continue;
      const others = added.get(key);
      if (others === undefined) added.set(key, [{ at, task }]);
      else others.push({ at, task });
    }
  return [...added.values()].flatMap((adding) => {
    const [first] = adding;
    const pulls = [...new Map(adding.map(({ at }) => [at.pull, { number: at.pull, headSha: at.headSha }])).values()];
    const titles = new Set(adding.map(({ task }) => bareTitle(task.title)));
    if (first === undefined || pulls.length < 2 || titles.size < 2) return [];
    const { token, id } = first.task;
    const numbers = pulls.map(({ number }) => `#${number}`);
    const message = `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)} each add a task with this id`;
    const link = `pull/${pulls.at(-1)?.number}`;
    return [{ path: first.at.path, pulls, finding: { code: "id-taken-twice", token, id, message, link } }];
  });
}

/** For the check of one pull request: what it shares, with a link to another that has the same id. */
export function sharedBy(number: number, taken: readonly TakenTwice[]): readonly Finding[] {
  return taken.flatMap(({ finding, pulls }) => {
    const other = pulls.find((pull) => pull.number !== number);
    if (other === undefined || !pulls.some((pull) => pull.number === number)) return [];
    return [{ ...finding, link: `pull/${other.number}` }];
  });
}
