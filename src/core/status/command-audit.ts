import type { Known } from "../evidence/known.ts";
import { type Surroundings, tasksMeant } from "../evidence/settle.ts";
import { type AuditEntry, type CommentFact, type Fact, mayDo, type PermissionFact } from "../words.ts";
import { aroundComment, type Saying, sayingsOf } from "./comment-events.ts";
import { linkTo } from "./event.ts";
import { byKind } from "./read-events.ts";
import type { SettingsInTime } from "./settings-in-time.ts";

/**
 * What became of commands whose answer is decided by this batch: the comment or the reading of its author's permission is new, and
 * both are known now. Accepted or refused, each is audited once.
 */
export function commandAudit(input: {
  readonly facts: readonly Fact[];
  readonly fresh: readonly Fact[];
  readonly known: Known;
  readonly settings: SettingsInTime;
}): readonly AuditEntry[] {
  const fresh = new Set(input.fresh.map((fact) => fact.id));
  const permissions = new Map<string, PermissionFact>();
  for (const fact of input.facts) if (fact.kind === "permission") permissions.set(fact.about, fact);
  return input.facts.flatMap((fact) => {
    if (fact.kind !== "comment") return [];
    const permission = permissions.get(fact.id);
    if (permission === undefined || !(fresh.has(fact.id) || fresh.has(permission.id))) return [];
    return auditOf(fact, permission, input);
  });
}

function auditOf(
  comment: CommentFact,
  permission: PermissionFact,
  input: { readonly facts: readonly Fact[]; readonly known: Known; readonly settings: SettingsInTime },
): readonly AuditEntry[] {
  const around = aroundComment(comment, byKind(input.facts));
  return sayingsOf(comment, input.known, input.settings.at(comment.at)).map((saying) => {
    const allowed = mayDo(permission.role, saying.least);
    const accepted = allowed && !isUnsettled(saying, input.known, around);
    return {
      at: comment.at,
      actor: comment.author.login,
      action: accepted ? "command.accepted" : "command.refused",
      entityType: "comment",
      entityId: String(comment.comment),
      before: null,
      after: {
        task: saying.token,
        words: saying.words,
        role: permission.role,
        ...(accepted ? {} : { needs: allowed ? "one task" : saying.least }),
      },
      cause: { fact: comment.id, rule: saying.rule, actor: comment.author.login, link: linkTo(comment), words: saying.words },
    };
  });
}

/** Whether the id it names belongs to several tasks, and nothing tells which is meant. */
function isUnsettled({ token, scope }: Saying, known: Known, around: Surroundings): boolean {
  return token !== null && (known.homes?.get(token) ?? []).length > 0 && tasksMeant({ token, scope }, known, around).length === 0;
}
