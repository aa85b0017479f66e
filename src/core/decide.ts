import { answer, asksForSync, pressed } from "./decide/answers.ts";
import { checkOf, checksMoved, outcomes, outcomesCorrected } from "./decide/checks.ts";
import { blockerComments, milestoneComments } from "./decide/comments.ts";
import { check, type Decision, isOpen } from "./decide/decision.ts";
import { filesToRead, jumped, pushToRead } from "./decide/reads.ts";
import { permissionsWanted } from "./decide/roles-wanted.ts";
import { writeBacks } from "./decide/write-backs.ts";
import { bearsOnIds, isNews } from "./status/news.ts";
import { readingFor } from "./status/one-second.ts";
import { type Configuration, type Effect, effectKey, type Fact, mayDo, type PlanRow, type Sha, unreachable } from "./words.ts";

export type { Decision } from "./decide/decision.ts";

/** What to bring up to date on GitHub, and what to read there. Each key once. */
export function decide(given: Decision): readonly Effect[] {
  const decision = { ...given, derived: { ...given.derived, tasks: given.derived.tasks.filter(isNews) } };
  const asked = new Set(decision.material.facts.flatMap((fact) => (fact.kind === "permission" ? [fact.about] : [])));
  const { planned, derived } = decision;
  const now = decision.fresh.filter((fact) => !decision.past.has(fact.id));
  const quiet = now.length === 0 && decision.fresh.length > 0;
  const shown = quiet
    ? []
    : [
        ...checksMoved(decision),
        ...(derived.tasks.length > 0 ? [{ kind: "outcomes", sha: null } as const] : []),
        ...outcomesCorrected(decision),
        ...(derived.tasks.length > 0 || planned.plans.length > 0 || bearsOnIds(decision) ? [{ kind: "summary" } as const] : []),
        ...blockerComments(decision),
        ...milestoneComments(decision),
        ...writeBacks(decision),
      ];
  const effects = [
    ...(now.length > 0 && planned.defaultBranch === "" ? [{ kind: "read-repository" } as const] : []),
    ...now.flatMap((fact) => [...effectsOf(fact, decision, asked), ...readingFor(fact, decision.material.facts)]),
    // Without a plan the past of a repository means nothing, and of an organisation's repositories few have one.
    ...(planned.audit.some(({ action }) => action === "plan.imported") ? [{ kind: "backfill", request: null } as const] : []),
    ...(decision.historyAskedBy ?? []).map((request): Effect => ({ kind: "backfill", request })),
    ...permissionsWanted(decision, asked),
    ...shown,
  ];
  return [...new Map(effects.map((effect) => [effectKey(effect), effect])).values()];
}

/** What is shown when all of a repository's past has come: its statuses, and what they mean for the pull requests that are open. */
export function effectsAfterBackfill(
  configuration: Configuration,
  plans: readonly Pick<PlanRow, "path" | "role">[],
  openHeads: readonly Sha[],
): readonly Effect[] {
  const own = configuration.writeBack === "off" ? [] : plans.filter((plan) => plan.role === "plan");
  return [
    { kind: "summary" },
    { kind: "milestones", make: false },
    ...openHeads.map(check),
    ...own.map(({ path }): Effect => ({ kind: "write-back", path })),
  ];
}

function effectsOf(fact: Fact, decision: Decision, asked: ReadonlySet<string>): readonly Effect[] {
  switch (fact.kind) {
    case "repository":
      // An installation's list of repositories says nothing of their content: it is read at once, and again after an absence.
      if (!fact.present || fact.defaultBranch !== "") return [];
      return [{ kind: "read-repository" }, ...(decision.planPaths.size === 0 ? [] : [{ kind: "backfill", request: fact.id } as const])];
    case "commit":
      return filesToRead(fact, decision);
    case "push":
      return pushToRead(fact, decision);
    case "branch":
      return jumped(fact.name, fact.head, decision) ? [{ kind: "read-repository" }] : [];
    case "pull":
      return isOpen(fact) ? checkOf(fact, decision) : outcomes(fact, decision);
    case "pull-content":
      return [check(fact.headSha)];
    case "merge-group":
      return fact.open ? [check(fact.headSha)] : [];
    case "rerequest":
      return pressed(fact, asked);
    case "comment":
      return answer(fact, decision, asked);
    case "permission":
      return decision.material.facts.flatMap((other): readonly Effect[] => {
        if (other.id !== fact.about) return [];
        if (other.kind === "rerequest") return mayDo(fact.role, "write") ? [{ kind: "check", sha: other.headSha, again: other.id }] : [];
        return other.kind === "comment" ? [...answer(other, decision, asked), ...asksForSync(other, fact.role, decision)] : [];
      });
    case "label": {
      const { label, was, name, actor } = fact;
      return fact.read ? [] : [{ kind: "read-label", about: fact.id, label, was, name, actor }];
    }
    case "issue":
    case "relation":
    case "review":
    case "run":
    case "deployment":
    case "plan":
    case "configuration":
    case "proposal":
    case "vanished":
      return [];
    default:
      return unreachable(fact);
  }
}
