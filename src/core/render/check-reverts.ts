import type { TakenBack } from "../schedule/taken-back.ts";
import { keyOf } from "../schedule/task-key.ts";
import { commitLink, pullLink } from "./addresses.ts";
import { list, more, section, series } from "./block.ts";
import type { CheckView, PullView } from "./views.ts";
import { idOf, named, statusWords } from "./wording.ts";

/** A row of the table, and whether it changes: for each task that merging takes back or gives back, whether the pull request names it or not. */
export type RevertRow = { readonly key: string; readonly cells: readonly string[] };

export const revertRows = (view: CheckView, pull: PullView): readonly RevertRow[] =>
  pull.reverts.tasks.map((one) => ({
    key: keyOf(one.task),
    cells: [named(one.task), statusWords[one.before], `**${statusWords[one.after]}**`, becauseOf(view.web, one)],
  }));

/** What is done or under way on top of what goes. */
export function builtOnBlock({ reverts: { builtOn } }: PullView, amount: number): string {
  const lines = builtOn.map(({ task, on }) => `${named(task)} (${statusWords[task.state.status]}) depends on ${idOf(on)}`);
  return section("Built on reverted work", list(lines.slice(0, amount)), more(lines.length, amount, "task"));
}

function becauseOf(web: string, { pulls, shas }: TakenBack): string {
  const names = [...pulls.map((number) => pullLink(web, number)), ...shas.map((sha) => commitLink(web, sha))];
  return names.length === 0 ? "it is a revert of that work" : `it reverts ${series(names, 3)}`;
}
