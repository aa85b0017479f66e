import { type Board, isFinished } from "../words.ts";
import { fileUrl } from "./addresses.ts";
import { count, more, page, table } from "./block.ts";
import { codeLink } from "./escape.ts";
import { fitted } from "./fitted.ts";
import { marker } from "./marker.ts";

/** The comment for plans that have none of their own: where each stands, in a line. Begins with `overviewMarker`. */
export function renderOverview(view: { readonly web: string; readonly branch: string; readonly boards: readonly Board[] }): string {
  return fitted([200, 100, 50, 20], (amount) =>
    page(
      `${overviewMarker}\n\n## ${view.boards.length === 0 ? "No further plans" : `${count(view.boards.length, "more plan")} with open work`}`,
      table(
        ["Plan", "Completed", "In progress", "Blocked"],
        view.boards.slice(0, amount).map((board) => row(view, board)),
      ),
      more(view.boards.length, amount, "plan"),
    ),
  );
}

export const overviewMarker = marker("summary-overview", "1");

function row({ web, branch }: { readonly web: string; readonly branch: string }, { path, tasks }: Board): readonly string[] {
  const counted = (status: string): string => String(tasks.filter(({ state }) => state.status === status).length);
  const finished = tasks.filter(({ state }) => isFinished(state.status)).length;
  return [codeLink(path, fileUrl({ web, at: branch }, path)), `${finished} of ${tasks.length}`, counted("in-progress"), counted("blocked")];
}
