import type { Finding, Token } from "../words.ts";
import type { TaskEvent } from "./event.ts";
import type { FoldState } from "./fold-state.ts";

type Review = Extract<TaskEvent, { kind: "review" }>;

/** A review is work on an open pull request. Of what one person said of it, the last verdict stands; a mere comment is none. */
export function stepReview(state: FoldState, event: Review): void {
  const pull = state.pulls.get(event.number);
  const open = pull?.state === "open" || pull?.state === "draft";
  if (pull !== undefined && open && event.verdict !== "dismissed") state.pulls.set(event.number, { ...pull, touched: event.at });
  if (event.verdict !== "commented") state.verdicts.set(`${event.number} ${event.reviewer.toLowerCase()}`, event);
}

/** Pull requests that cannot go on before somebody's wishes are met. */
export function reviewFindings(state: FoldState, token: Token): readonly Finding[] {
  const asking = [...state.verdicts.values()].filter(({ verdict }) => verdict === "changes-requested");
  return [...new Set(asking.map(({ number }) => number))]
    .sort((a, b) => a - b)
    .flatMap((number): readonly Finding[] => {
      const pull = state.pulls.get(number);
      if (pull === undefined || !pull.names || (pull.state !== "open" && pull.state !== "draft")) return [];
      const reviewers = asking.filter((review) => review.number === number).map(({ reviewer }) => reviewer);
      const message = `#${number}: changes requested by ${reviewers.sort().join(" and ")}`;
      return [{ code: "changes-requested", token, message, link: `pull/${number}` }];
    });
}
