import { commandWords } from "../core/evidence/command-words.ts";
import { commands } from "../core/evidence/commands.ts";
import { explainReading } from "../core/evidence/explain-reading.ts";
import { homesOn } from "../core/evidence/homes.ts";
import type { Known } from "../core/evidence/known.ts";
import { nearestIds } from "../core/evidence/nearest-ids.ts";
import { readCommands } from "../core/evidence/read-commands.ts";
import { type Surroundings, scopesMeant, unsettled } from "../core/evidence/settle.ts";
import { renderReply, replyMarker } from "../core/render/reply.ts";
import type { Answer, CommandHelp } from "../core/render/views.ts";
import { progressOf } from "../core/schedule/milestones.ts";
import { aliasesIn } from "../core/status/aliases.ts";
import { aroundComment, sayingsOf } from "../core/status/comment-events.ts";
import { knownTo } from "../core/status/derive.ts";
import { byKind } from "../core/status/read-events.ts";
import { settingsInTime } from "../core/status/settings-in-time.ts";
import { whyOf } from "../core/status/why.ts";
import {
  type Command,
  type CommentFact,
  type Configuration,
  canonicalJson,
  type Effect,
  type FactId,
  type Instant,
  isFinished,
  isRunning,
  mayDo,
  type Role,
  type Status,
  type Token,
  unreachable,
} from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import { planFindings } from "./plan-findings.ts";
import { bringUpToDate, type Target } from "./target.ts";

/**
 * Answers the commands of one comment: a reaction always, text only where there is something to read or to mend. Answers with the time at which
 * the reply is to be looked at again: while it tells how far something is that goes on.
 */
export async function bringReplyUpToDate(target: Target, effect: Extract<Effect, { kind: "reply" }>): Promise<Instant | null> {
  const { store, at } = target;
  const state = await store.state(at.repository);
  const facts = await store.factsAbout(at.repository, [`comment:${effect.comment}`]);
  const comment = facts.filter((fact): fact is CommentFact => fact.kind === "comment").at(-1);
  if (state === null || comment === undefined) return null;
  const permission = facts.filter((fact) => fact.kind === "permission" && fact.about === comment.id).at(-1);
  const asking: Asking = {
    target,
    state,
    known: knownTo(homesOn(state.boards), state.configuration),
    around: aroundComment(comment, byKind(comment.onPull ? await store.factsAbout(at.repository, [`pull:${comment.issue}`]) : [])),
    configuration: settingsInTime(state.configurations, at.defaultBranch).at(comment.at),
    role: permission?.kind === "permission" ? permission.role : null,
    onPull: comment.onPull,
    comment: comment.id,
  };
  const answers: Answer[] = [];
  for (const command of readCommands(comment.text, comment.before)) answers.push(await answerTo(command, asking));
  if (answers.length === 0 && hasAcceptedLine(comment, asking)) answers.push({ kind: "accepted" });
  if (answers.length === 0) return null;
  const reply = renderReply({ comment: effect.comment, web: target.web, branch: at.defaultBranch, answers });
  await react(target, effect.comment, reply.reaction);
  const text = reply.text;
  if (text === null) return null;
  const syncs = answers.filter((answer) => answer.kind === "sync");
  await bringUpToDate(target, {
    key: `reply:${effect.comment}`,
    // A reply answers one text of a comment once: what it said stays said, however the plan moves on; but what goes on is followed to its end.
    essence: syncs.length === 0 ? comment.id : canonicalJson([comment.id, syncs]),
    again: null,
    body: { issue: effect.issue, text },
    find: () => target.github.find.comment(at, effect.issue, replyMarker(effect.comment)),
    create: (write) => write.createComment(at, effect.issue, text),
    update: (write, remote) => write.updateComment(at, remote, text),
  });
  return syncs.some(goesOn) ? target.now() + Math.max(target.summaryEveryMs, leastFollowMs) : null;
}

/** A reply that tells how far something is, is written no more often than the summary, and not more often than this. */
const leastFollowMs = 2000;

const goesOn = ({ backfill }: Extract<Answer, { kind: "sync" }>): boolean => backfill === null || isRunning(backfill);

type Asking = {
  readonly target: Target;
  readonly state: RepositoryState;
  readonly known: Known;
  readonly around: Surroundings;
  readonly configuration: Configuration;
  readonly role: Role | null;
  readonly onPull: boolean;
  readonly comment: FactId;
};

/** Reacting twice is one reaction on GitHub, so it needs no memory but in observe mode. */
async function react(target: Target, comment: number, reaction: "eyes" | "rocket" | "confused" | "+1"): Promise<void> {
  if (target.github.write !== null) {
    await target.github.write.react(target.at, comment, reaction);
    return;
  }
  await bringUpToDate(target, {
    key: `reaction:${comment}`,
    essence: reaction,
    again: null,
    body: { reaction },
    find: async () => null,
    create: async () => comment,
    update: async () => true,
  });
}

function hasAcceptedLine(comment: CommentFact, asking: Asking): boolean {
  return sayingsOf(comment, asking.known, asking.configuration).some((saying) => asking.role !== null && mayDo(asking.role, saying.least));
}

async function answerTo(command: Command, asking: Asking): Promise<Answer> {
  switch (command.kind) {
    case "help":
      return { kind: "help", commands: helpFor(asking.configuration) };
    case "sync":
      return syncAnswer(asking);
    case "undo":
      return undoAnswer(command, asking);
    case "explain":
      return {
        kind: "explained",
        text: command.text,
        explanation: explainReading(command.text, "comment", asking.known, asking.configuration.verbs),
        ids: asking.known.ids,
      };
    case "why": {
      const found = await taskAnswer(command, command.token, asking);
      return found.kind === "task" ? { ...found, kind: "why", why: whyOf(found.task.id, found.task.state, found.history) } : found;
    }
    case "unknown":
      return { kind: "refused", written: command.written, refusal: { kind: "not-understood", problem: command.problem } };
    case "status":
      if (command.token === null) return plansAnswer(asking);
      if (command.status === null) return taskAnswer(command, command.token, asking);
      return changeAnswer(command, command.token, command.status === "blocked" ? "block" : "status", asking);
    case "link":
      if (asking.onPull)
        return { kind: "refused", written: commandWords(command), refusal: { kind: "not-understood", problem: linksItself } };
      return changeAnswer(command, command.token, "status", asking);
    case "block":
    case "unblock":
      return changeAnswer(command, command.token, "block", asking);
    default:
      return unreachable(command);
  }
}

const linksItself = "a pull request is linked by its title, its branch, a label or its description";

function plansAnswer({ state }: Asking): Answer {
  return {
    kind: "plans",
    plans: state.boards.map((board) => ({ board, milestones: progressOf([board], state.configuration) })),
  };
}

async function taskAnswer(command: Written, token: Token, asking: Asking): Promise<Extract<Answer, { kind: "task" | "refused" }>> {
  const found = find(command, token, asking);
  if (found.kind === "refused") return found;
  const material = await asking.target.store.materialOf(asking.target.at.repository, [found.task.token]);
  const history = material.tasks.find((task) => task.scope === found.task.scope)?.stored?.history ?? [];
  const findings = await planFindings(asking.target, asking.state, []);
  const own = findings(found.board).filter(({ task }) => task === found.task);
  return { ...found, history, findings: own.map(({ finding }) => finding) };
}

/** A change is refused for an unknown task, then for want of a role; what could not be read is never taken for a yes. */
function changeAnswer(command: Written, token: Token, needs: "status" | "block", asking: Asking): Answer {
  const found = find(command, token, asking);
  if (found.kind === "refused") return found;
  return byRole(command, needs, asking);
}

function byRole(
  command: Command,
  needs: keyof Configuration["commands"],
  { configuration, role }: Asking,
): Extract<Answer, { kind: "accepted" | "refused" }> {
  const least = configuration.commands[needs];
  const written = commandWords(command);
  if (role === null) return { kind: "refused", written, refusal: { kind: "role-unknown", least } };
  return mayDo(role, least) ? { kind: "accepted" } : { kind: "refused", written, refusal: { kind: "role", least } };
}

/** How far the history is read. A backfill that knows nothing of this request and is at its end has not heard of it yet. */
async function syncAnswer(asking: Asking): Promise<Answer> {
  const allowed = byRole({ kind: "sync" }, "plan", asking);
  if (allowed.kind === "refused") return allowed;
  const backfill = await asking.target.store.backfills.of(asking.target.at.repository);
  const isIts = backfill !== null && (isRunning(backfill) || backfill.requests.includes(asking.comment));
  return { kind: "sync", backfill: isIts ? backfill : null };
}

/** What an undo of a task came to, and what was built on what it took back. Without a task the reaction says enough. */
function undoAnswer(command: Extract<Command, { kind: "undo" }>, asking: Asking): Answer {
  const { token } = command;
  if (token === null) {
    return byRole(command, "status", asking);
  }
  const changed = changeAnswer(command, token, "status", asking);
  const found = find(command, token, asking);
  if (changed.kind !== "accepted" || found.kind !== "task") return changed;
  const { board, task } = found;
  const resting = isFinished(task.state.status)
    ? []
    : board.tasks.filter(
        (one) => one.scope === task.scope && one.dependencies.includes(task.token) && restingStatuses.has(one.state.status),
      );
  return { kind: "undone", board, task, resting };
}

const restingStatuses: ReadonlySet<Status> = new Set(["in-progress", "completed"]);

/** A command that names a task. */
type Written = Extract<Command, { kind: "status" | "block" | "unblock" | "link" | "undo" | "why" }>;

type Found = Omit<Extract<Answer, { kind: "task" }>, "history" | "findings"> | Extract<Answer, { kind: "refused" }>;

function find(command: Written, token: Token, { state, known, around }: Asking): Found {
  const written = commandWords(command);
  if (state.boards.length === 0) return { kind: "refused", written, refusal: { kind: "no-plan" } };
  const meant = known.ids.has(token) ? token : aliasesIn(state.configuration).follow(token);
  const mention = { token: meant, scope: command.scope ?? null };
  const scopes = scopesMeant(mention, known, around);
  const [first] = state.boards.flatMap((board) =>
    board.tasks.filter((task) => task.token === meant && scopes.includes(task.scope)).map((task) => ({ board, task })),
  );
  if (first !== undefined) return { kind: "task", ...first };
  const doubt = unsettled(mention, known, around);
  if (doubt === null || mention.scope !== null)
    return {
      kind: "refused",
      written,
      refusal: { kind: "unknown-task", id: command.written, nearest: doubt?.nearest ?? nearestIds(meant, known) },
    };
  const plans = state.boards.filter((board) => board.tasks.some((task) => task.token === meant)).map((board) => board.path);
  return { kind: "refused", written, refusal: { kind: "ambiguous-task", id: command.written, plans, names: doubt.nearest } };
}

function helpFor(configuration: Configuration): readonly CommandHelp[] {
  return Object.values(commands).map((command) => ({
    usage: command.usage,
    does: command.does,
    least: command.least === null ? null : configuration.commands[command.least],
  }));
}
