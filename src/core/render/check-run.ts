import type { CheckText } from "../words.ts";
import { pullLink, sentence } from "./addresses.ts";
import { page } from "./block.ts";
import { conclude } from "./check-conclusion.ts";
import { essenceOf } from "./check-essence.ts";
import { annotationsOf, isNamed, newProblems, oldProblems } from "./check-problems.ts";
import { pullSection } from "./check-pull.ts";
import { readingsOf } from "./check-readings.ts";
import { titleOf } from "./check-title.ts";
import { whysOf } from "./check-whys.ts";
import { inline } from "./escape.ts";
import { fitted } from "./fitted.ts";
import type { CheckView, PullView } from "./views.ts";

export const checkName = "Plan impact";

/** How much of each list is shown, from all to little, until the text fits. */
const amounts = [300, 150, 75, 40, 20, 10, 5];

/**
 * What merging does to the plan, as GitHub's check run shows it. `essence` holds what the pull requests themselves bring about (rows,
 * findings, plan edits, conclusion) and no totals of the plan: a check is written again only when it differs.
 */
export function renderCheck(view: CheckView): CheckText & { readonly essence: string } {
  const verdict = conclude(view);
  return {
    title: titleOf(view),
    summary: fitted(amounts, (amount) =>
      page(verdict.because, lead(view), ...view.pulls.map((pull) => pullBlock(view, pull, amount)), pullsMissing(view)),
    ),
    text: fitted(amounts, (amount) => page(readingsOf(view, amount), whysOf(view, Math.min(amount, 20)))),
    conclusion: verdict.conclusion,
    annotations: annotationsOf(view.pulls.flatMap((pull) => [...newProblems(pull), ...oldProblems(pull)])),
    essence: essenceOf(view, verdict.conclusion),
  };
}

function lead(view: CheckView): string {
  if (view.unreadable !== null)
    return `> [!WARNING]\n> A plan could not be read, so its last good state counts here: ${sentence(view.unreadable)}`;
  if (view.hasPlan || view.pulls.some(isNamed)) return "";
  return [
    "No plan was found in this repository, so there is nothing to compare with.",
    "A plan is a file that lists tasks with ids, such as `docs/project-plan.csv`; `.github/plankeeper.yml` can name it.",
  ].join(" ");
}

function pullsMissing(view: CheckView): string {
  if (view.pulls.length > 0) return "";
  return view.kind === "merge-group"
    ? "This merge group holds no pull request that is known here."
    : "No open pull request has this commit as its head.";
}

function pullBlock(view: CheckView, pull: PullView, amount: number): string {
  const body = pullSection(view, pull, amount);
  return view.pulls.length === 1 && view.kind === "pulls"
    ? body
    : page(`## ${pullLink(view.web, pull.number)} ${inline(pull.title)}`, body);
}
