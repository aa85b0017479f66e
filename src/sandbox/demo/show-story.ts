import { performance } from "node:perf_hooks";
import { warningOf } from "./log-line.ts";
import type { Options } from "./options.ts";
import { type Played, play } from "./play.ts";
import type { Report } from "./report.ts";
import { type Stage, setStage, type Takedown } from "./stage.ts";
import { storyOn } from "./story.ts";

export type Telling = {
  readonly report: Report;
  /** For what went wrong, on standard error. */
  readonly complain: (...lines: readonly string[]) => void;
  readonly takedown: Takedown;
};

/** How it ended; `stands`: the stage is up, to be looked at or taken down. */
export type End = { readonly exitCode: 0 | 1; readonly stands: boolean };

/** Sets the stage, plays the story and tells it. The takedown is the caller's. */
export async function showStory(options: Options, { report, complain, takedown }: Telling): Promise<End> {
  const start = performance.now();
  report.starting();
  const stage = await setStage({ ...options, takedown });
  takedown.begun.throwIfAborted();
  if ("failed" in stage) {
    report.failed(stage.failed.filter((line) => line.trim() !== "").slice(-12));
    return { exitCode: 1, stands: false };
  }
  report.opened(stage);
  const played = await play(stage, await storyOn(stage), { patience: options.patience, onPlayed: report.played, ending: takedown.begun });
  const outcomes = outcomesOf(played);
  const [audit, verify] = await Promise.all([
    stage.plankeeper("audit", "show", "--repository", nameOf(stage), "--last", "200", "--json"),
    stage.plankeeper("verify"),
  ]);
  const allMet = outcomes.every(({ met }) => met);
  const ok = allMet && verify.code === 0;
  const seconds = (performance.now() - start) / 1000;
  report.ended({ outcomes, audit, verify, ok, seconds, addresses: options.keep ? addressesOf(stage) : null });
  if (!allMet) complain(...troublesOf(stage));
  return { exitCode: ok ? 0 : 1, stands: true };
}

const outcomesOf = (played: readonly Played[]) =>
  played.flatMap(({ number, title, outcomes }) => outcomes.map((outcome) => ({ step: number, title, ...outcome })));

const nameOf = ({ repository }: Pick<Stage, "repository">): string => `${repository.owner}/${repository.name}`;

const addressesOf = ({ sandbox, app, database, ...stage }: Stage): Readonly<Record<string, string>> => ({
  pages: `${sandbox.url}/${nameOf(stage)}`,
  "GitHub API": sandbox.url,
  app: app.url,
  health: `${app.url}/api/health`,
  metrics: `${app.url}/metrics`,
  ...(database === null
    ? { database: "the one you named" }
    : { database: `postgres://plankeeper@127.0.0.1:${database.port}/plankeeper`, data: database.folder }),
});

/** What the app warned of, for whoever looks for the reason. */
function troublesOf({ app }: Stage): readonly string[] {
  const said = [...app.out.flatMap((line) => warningOf(line) ?? []), ...app.err].slice(-12);
  const gone = app.isRunning() ? [] : ["", "The app ended in the middle of the story."];
  return [...gone, ...(said.length === 0 ? [] : ["", "The app's own warnings:", ...said.map((line) => `  ${line}`)])];
}
