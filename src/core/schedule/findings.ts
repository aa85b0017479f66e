import { type Board, type BoardTask, type Finding, type Instant, isFinished, rankOf, type Token } from "../words.ts";
import { tasksByKey } from "./readiness.ts";
import { keyOf, taskKey } from "./task-key.ts";

const day = 24 * 60 * 60_000;
/** No sign of work for so long makes a task in progress stale. Calendar time: weekends count. */
export const staleAfter = 10 * day;
/** Commits that came without a pull request are seldom the end of a task: so long nothing may follow before anybody is asked. */
const landedAfter = 3 * day;

/** A finding with the task it is on; null where no row of the board has the id. */
export type Found = { readonly finding: Finding; readonly task: BoardTask | null };

/** What a board cannot tell itself: when it is looked at, the ids its configuration retired, and findings on ids that are no rows of it. */
export type Outside = { readonly at: Instant; readonly retired: ReadonlySet<Token>; readonly elsewhere: readonly Finding[] };

/** All that is odd about the tasks of one board, the most important first, then in the order of the plan; each thing once. */
export function findingsOn(board: Board, outside: Outside): readonly Found[] {
  const known = tasksByKey(board.tasks);
  const signs = lastSigns(known);
  const found: Found[] = board.tasks.flatMap((task) =>
    [...ownFindings(task), ...reused(task, outside), ...early(task, known), ...quiet(task, signs.get(keyOf(task)), outside.at)].map(
      (finding) => ({ finding, task }),
    ),
  );
  const once = new Map<string, Found>();
  for (const one of [...found, ...outside.elsewhere.map((finding) => ({ finding, task: null }))]) {
    const { code, token, message } = one.finding;
    const key = JSON.stringify([code, one.task === null ? token : keyOf(one.task), message]);
    if (!once.has(key)) once.set(key, one);
  }
  // Sorting is stable, so within one kind the plan's order stays.
  return [...once.values()].sort((a, b) => rankOf(a.finding.code) - rankOf(b.finding.code));
}

/** Work on what recurs is merged again and again, and leaves it open each time. */
const ownFindings = ({ recurring, state }: BoardTask): readonly Finding[] =>
  recurring ? state.findings.filter(({ code }) => code !== "merged-still-open") : state.findings;

function reused({ token, state }: BoardTask, { retired }: Outside): readonly Finding[] {
  if (!retired.has(token)) return [];
  return [{ code: "retired-reused", token, message: "it is retired, but a row of the plan has it", ...linkedTo(state.cause.link) }];
}

/** What a completed task depends on and is not done. Whoever deferred a dependency let it go; what recurs is never done. */
function early(task: BoardTask, known: ReadonlyMap<string, BoardTask>): readonly Finding[] {
  if (task.state.status !== "completed") return [];
  const open = [...new Set(task.dependencies)].flatMap((token) => known.get(taskKey(task.scope, token)) ?? []);
  return open
    .filter(({ state, recurring }) => !isFinished(state.status) && !(recurring && state.status === "in-progress"))
    .filter((dependency) => dependency !== task)
    .map(({ id, state }) => ({
      code: "completed-before-dependency" as const,
      token: task.token,
      message: `it is completed, but ${id}, which it depends on, is ${state.status.replace("-", " ")}`,
      ...linkedTo(task.state.cause.link),
    }));
}

type Sign = { readonly at: Instant; readonly what: string; readonly link: string | null; readonly landed: boolean };

/** A task that is under way and silent: commits that were all of it, perhaps, and after ten days whatever it was. */
function quiet({ token, recurring, state }: BoardTask, newest: Sign | undefined, at: Instant): readonly Finding[] {
  if (newest === undefined || recurring || state.status !== "in-progress") return [];
  const silent = at - newest.at;
  const said = { token, ...linkedTo(newest.link) };
  if (silent >= staleAfter) return [{ ...said, code: "stale", message: `the last sign of work was ${newest.what} on ${dayOf(newest.at)}` }];
  if (!newest.landed || silent < landedAfter || state.findings.some(({ code }) => code === "merged-still-open")) return [];
  return [{ ...said, code: "merged-still-open", message: `${newest.what} of ${dayOf(newest.at)} names it, and nothing followed` }];
}

/** The last sign of work on each task or on a part of it, by `taskKey`: from the smallest parts up. Parts in a circle speak for themselves alone. */
function lastSigns(known: ReadonlyMap<string, BoardTask>): ReadonlyMap<string, Sign> {
  const signs = new Map([...known].map(([key, task]) => [key, ownSign(task)]));
  const wholeOf = ({ scope, parent }: BoardTask) => (parent === null ? null : taskKey(scope, parent));
  const waiting = new Map<string, number>();
  for (const task of known.values()) {
    const whole = wholeOf(task);
    if (whole !== null) waiting.set(whole, (waiting.get(whole) ?? 0) + 1);
  }
  const settled = [...known].filter(([key]) => !waiting.has(key));
  for (let next = settled.pop(); next !== undefined; next = settled.pop()) {
    const [key, task] = next;
    const whole = wholeOf(task);
    const parent = whole === null ? undefined : known.get(whole);
    if (whole === null || parent === undefined) continue;
    const [sign, other] = [signs.get(key), signs.get(whole)];
    if (sign !== undefined && other !== undefined && sign.at > other.at) signs.set(whole, sign);
    const left = (waiting.get(whole) ?? 0) - 1;
    waiting.set(whole, left);
    if (left === 0) settled.push([whole, parent]);
  }
  return signs;
}

/** What ended a hold, or anything else that changed the status, is a sign too. */
function ownSign({ state: { since, cause, touched } }: BoardTask): Sign {
  if (touched !== null && touched.at >= since)
    return { at: touched.at, what: signWords(touched.cause.rule), link: touched.cause.link, landed: touched.landed };
  return { at: since, what: signWords(cause.rule), link: cause.link, landed: false };
}

/** What happened, by the rule of its cause. */
function signWords(rule: string): string {
  if (rule.startsWith("plan-")) return "an edit of the plan";
  if (rule.startsWith("commit-")) return "a commit";
  if (rule.startsWith("branch-")) return "a push";
  if (rule.startsWith("pull-")) return "a pull request";
  if (rule.startsWith("issue-") || rule.startsWith("label")) return "an issue or a label";
  if (rule === "command" || rule === "status-line") return "a comment";
  if (rule === "revert") return "a revert";
  return rule === "deployed" ? "a deployment" : "a change around it";
}

const linkedTo = (link: string | null): { readonly link?: string } => (link === null ? {} : { link });

/** Whoever makes a commit sets its date, so it may be none. */
function dayOf(at: Instant): string {
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? "an unknown day" : moment.toISOString().slice(0, 10);
}
