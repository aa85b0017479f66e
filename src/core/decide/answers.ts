import { readCommands } from "../evidence/read-commands.ts";
import { sayingsOf } from "../status/comment-events.ts";
import { knownTo } from "../status/derive.ts";
import { settingsInTime } from "../status/settings-in-time.ts";
import { type CommentFact, type Effect, mayDo, type RerequestFact, type Role } from "../words.ts";
import type { Decision } from "./decision.ts";

/** A check that is asked for again runs at once; to be ignored takes a role that is read first, and somebody who has one. */
export function pressed({ id, headSha, action, actor }: RerequestFact, asked: ReadonlySet<string>): readonly Effect[] {
  const again: Effect = { kind: "check", sha: headSha, again: id };
  if (action === "re-read") return [{ kind: "read-repository" }, again];
  if (action !== "ignore") return [again];
  return actor === null || asked.has(id) ? [] : [{ kind: "read-permission", login: actor, about: id }];
}

/** A reply once it can be given: a command that needs a permission waits until that has been read. */
export function answer(comment: CommentFact, decision: Decision, asked: ReadonlySet<string>): readonly Effect[] {
  if (comment.author.bot) return [];
  const reply: Effect = { kind: "reply", comment: comment.comment, issue: comment.issue };
  const known = knownTo(decision.material.homes, decision.planned.configuration);
  const settings = settingsInTime(decision.planned.configurations, decision.planned.defaultBranch);
  const sayings = sayingsOf(comment, known, settings.at(comment.at));
  if (sayings.length > 0 && !asked.has(comment.id)) return [{ kind: "read-permission", login: comment.author.login, about: comment.id }];
  return sayings.length > 0 || readCommands(comment.text, comment.before).length > 0 ? [reply] : [];
}

/** What `/plan sync` asks for, by somebody who may. */
export function asksForSync(comment: CommentFact, role: Role, { planned }: Decision): readonly Effect[] {
  const { commands } = settingsInTime(planned.configurations, planned.defaultBranch).at(comment.at);
  const asks = readCommands(comment.text, comment.before).some(({ kind }) => kind === "sync");
  return asks && !comment.author.bot && mayDo(role, commands.plan) ? [{ kind: "backfill", request: comment.id }] : [];
}
