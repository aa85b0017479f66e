import { isFinished } from "../words.ts";
import { pullLink } from "./addresses.ts";
import { more, nothing, page, table } from "./block.ts";
import { code, inline } from "./escape.ts";
import type { CheckRow, CheckView, PullView } from "./views.ts";
import { idOf, placeWords, wordsOf } from "./wording.ts";

/** How each reference was read and how to have it read otherwise; empty where there is none. Cut to `amount` rows a pull request. */
export function readingsOf(view: CheckView, amount: number): string {
  const blocks = view.pulls.filter((pull) => !pull.optedOut && pull.rows.length > 0).map((pull) => pullReadings(view, pull, amount));
  return blocks.length === 0 ? "" : page("### How this was read", ...blocks);
}

function pullReadings(view: CheckView, pull: PullView, amount: number): string {
  const rows = pull.rows.slice(0, amount).map((row) => {
    const { task, reference, place } = row;
    return [idOf(task), `${wordsOf(row)} ${placeWords[place]}`, inline(reference.because, 300), otherwise(row, pull)];
  });
  return page(
    view.pulls.length > 1 ? `${pullLink(view.web, pull.number)}:` : "",
    table(["Task", "Words", "Read as", "To have it read otherwise"], rows),
    more(pull.rows.length, amount, "task"),
  );
}

// Other words change nothing where it is the base, a hold or another pull request that decides.
function otherwise({ task, edit, reference, before, after, note }: CheckRow, pull: PullView): string {
  if (!pull.baseCompletes || edit === "removes" || before === "blocked" || note !== null) return nothing;
  if (after === "completed" && before !== "completed") return `${code(`part of ${task.id}`)} only mentions it`;
  if (isFinished(before) || (reference.verb !== "mention" && reference.verb !== "start")) return nothing;
  return `${code(`fixes ${task.id}`)} completes it`;
}
