import { type Backfill, type BackfillKind, type BackfillStage, isRunning } from "../words.ts";
import { list, nothing, page, table } from "./block.ts";
import { code } from "./escape.ts";
import { day, minute } from "./time.ts";

/** `/plan sync`: how far the reading of the history is, kind by kind, and what went wrong last. */
export function syncReply(backfill: Backfill | null): string {
  if (backfill === null) return "The history is about to be read. This comment will tell how far that is.";
  const { stages } = backfill;
  const current = stages.find((stage) => stage.state === "waiting");
  const wrong = stages.flatMap(({ kind, error }) => (error === null ? [] : [`${historyNames[kind]}: ${code(error, 300)}`]));
  const rest = current?.notBefore ?? null;
  return page(
    headline(backfill),
    backfill.stopped ? stoppedWords : "",
    rest === null ? "" : `It goes on at ${minute(rest)}: the rest of what GitHub lets us ask in an hour is kept for daily work.`,
    table(
      ["What", "Stage", "Read", "Left"],
      stages
        .filter(({ kind }) => kind !== "statuses")
        .map((stage) => [historyNames[stage.kind], stageWord(backfill, stage), String(stage.done), left(stage)]),
    ),
    wrong.length === 0 ? "" : page("What went wrong last:", list(wrong)),
    isRunning(backfill) ? "This comment is kept up to date until all is read." : "",
  );
}

const stoppedWords =
  "Its next page failed again and again for hours, so it was given up. Once what is told below is mended, `/plan sync` goes on where it stopped.";

function headline(backfill: Backfill): string {
  if (backfill.stopped) return `**The history since ${day(backfill.since)} has been read in part only.**`;
  if (isRunning(backfill)) return `**The history since ${day(backfill.since)} is being read.**`;
  const failed = backfill.stages.some((stage) => stage.state === "failed");
  return failed
    ? `**The history since ${day(backfill.since)} has been read, but not all of it.** \`/plan sync\` tries again.`
    : `**The history since ${day(backfill.since)} has been read.**`;
}

/** What each kind is called for people. */
export const historyNames: Readonly<Record<BackfillKind, string>> = {
  plans: "Versions of plans and configuration",
  merged: "Pull requests merged or closed",
  closed: "Issues closed",
  open: "Open issues and pull requests",
  commits: "Commits of the default branch",
  branches: "Other branches",
  statuses: "Statuses",
};

/** Where a kind stands, in a word. */
export function stageWord(
  { stages, stopped }: Backfill,
  { kind, state, done }: BackfillStage,
): "done" | "left out" | "stopped" | "reading" | "waiting" {
  const isCurrent = stages.find((stage) => stage.state === "waiting")?.kind === kind;
  if (state === "done") return "done";
  if (state === "failed") return "left out";
  if (isCurrent && stopped) return "stopped";
  return isCurrent || done > 0 ? "reading" : "waiting";
}

function left({ state, left: remaining }: BackfillStage): string {
  if (state !== "waiting") return state === "done" ? "0" : nothing;
  return remaining === null ? nothing : `about ${remaining}`;
}
