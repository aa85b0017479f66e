import { readCommands } from "./evidence/read-commands.ts";
import { readReferences } from "./evidence/read-references.ts";
import { configurationPaths } from "./plan/configuration.ts";
import { matchesGlob } from "./plan/glob.ts";
import { planPathOf } from "./plan/plan-path-of.ts";
import { sayingsOf } from "./status/comment-events.ts";
import { knownTo } from "./status/derive.ts";
import { beginsTitle, linksOf } from "./status/issue-events.ts";
import { bearsOnIds, isNews, isOfBase, saysOther } from "./status/news.ts";
import { newestPulls, readingFor } from "./status/one-second.ts";
import { isOwnPull } from "./status/pull-events.ts";
import { settingsInTime } from "./status/settings-in-time.ts";
import {
  type CommentFact,
  type CommitFact,
  type Configuration,
  type Derived,
  type Effect,
  effectKey,
  type Fact,
  type FactId,
  isSyncBranch,
  mayDo,
  type Planned,
  type PlanRow,
  type PullFact,
  type PushFact,
  type RerequestFact,
  type Role,
  revisionIn,
  type Sha,
  syncBranchOf,
  type TasksMaterial,
  unreachable,
} from "./words.ts";

/** All that deciding looks at: what the batch brought, what it came to, and which paths are plan files. */
export type Decision = {
  readonly fresh: readonly Fact[];
  /** Those that were fetched from the past: they are taken in, and nothing is shown or read for their sake until all of it has come. */
  readonly past: ReadonlySet<FactId>;
  readonly planned: Planned;
  readonly material: TasksMaterial;
  readonly derived: Derived;
  readonly planPaths: ReadonlySet<string>;
};

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
        // First sight of a plan moves nothing that was ever promised.
        ...(derived.tasks.some(({ stored }) => stored !== null) ? [{ kind: "outcomes", sha: null } as const] : []),
        ...(derived.tasks.length > 0 || planned.plans.length > 0 || bearsOnIds(decision) ? [{ kind: "summary" } as const] : []),
        ...blockerComments(decision),
        ...writeBacks(decision),
      ];
  const effects = [
    ...(now.length > 0 && planned.defaultBranch === "" ? [{ kind: "read-repository" } as const] : []),
    ...now.flatMap((fact) => [...effectsOf(fact, decision, asked), ...readingFor(fact, decision.material.facts)]),
    // Without a plan the past of a repository means nothing, and of an organisation's repositories few have one.
    ...(planned.audit.some(({ action }) => action === "plan.imported") ? [{ kind: "backfill", request: null } as const] : []),
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
  return [{ kind: "summary" }, ...openHeads.map(check), ...own.map(({ path }): Effect => ({ kind: "write-back", path }))];
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
      return isOpen(fact) ? shown(fact, decision) : outcomes(fact, decision);
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

/** A check that is asked for again runs at once; to be ignored takes a role that is read first, and somebody who has one. */
function pressed({ id, headSha, action, actor }: RerequestFact, asked: ReadonlySet<string>): readonly Effect[] {
  const again: Effect = { kind: "check", sha: headSha, again: id };
  if (action === "re-read") return [{ kind: "read-repository" }, again];
  if (action !== "ignore") return [again];
  return actor === null || asked.has(id) ? [] : [{ kind: "read-permission", login: actor, about: id }];
}

const check = (sha: string): Effect => ({ kind: "check", sha, again: null });
const isOpen = (pull: PullFact): boolean => pull.state === "open" || pull.state === "draft";

/** Plans and configuration files that a commit on the default branch touched: each commit is read by itself, so that no version is lost. */
function filesToRead(commit: CommitFact, decision: Decision): readonly Effect[] {
  if (commit.branch !== decision.planned.defaultBranch) return [];
  const { configuration } = decision.planned;
  const isNamed = (path: string): boolean =>
    decision.planPaths.has(path) || configuration.plans.some((plan) => plan.snapshot === path || matchesGlob(plan.path, path));
  const plans = filesAsPushed(commit, decision.fresh).flatMap((path) =>
    configurationPaths.includes(path) ? path : (planPathOf(path, isNamed) ?? []),
  );
  const wanted = [...new Set(plans)];
  return wanted.length === 0 ? [] : [{ kind: "read-files", commit: commit.sha, at: commit.at, paths: wanted }];
}

/**
 * What a commit touched, without the files that the head of its push tells of anyway where the commit is one of ours from a branch that was
 * merged. That branch began earlier: put among the versions by its time, it would seem to take back what the default branch got since.
 */
function filesAsPushed(commit: CommitFact, fresh: readonly Fact[]): readonly string[] {
  if (commit.sha === commit.pushHead || revisionIn(commit.message) === null) return commit.files;
  const told = new Set(fresh.flatMap((fact) => (fact.kind === "commit" && fact.sha === commit.pushHead ? fact.files : [])));
  return commit.files.filter((path) => !told.has(path));
}

/**
 * What a push did that its delivery does not tell. On the default branch it can have brought plan versions that nobody told of, or put plans back
 * to how they stood before: these are read as well.
 */
function pushToRead({ branch, before, after, at, forced, listed, actor }: PushFact, { planned, planPaths }: Decision): readonly Effect[] {
  if ((listed && !forced) || isSyncBranch(branch)) return [];
  const isDefault = branch === planned.defaultBranch;
  const paths = isDefault ? [...planPaths, ...configurationPaths] : [];
  const ask = { branch, before, after, at, forced, listed, actor, paths } as const;
  return [{ kind: "read-push", ...ask }, ...(isDefault ? [{ kind: "read-repository" } as const] : [])];
}

/** Whether the default branch moved to a commit that no push listed (forced, or too many commits): then everything is read anew. */
function jumped(branch: string, head: string | null, decision: Decision): boolean {
  if (branch !== decision.planned.defaultBranch || head === null) return false;
  return !decision.fresh.some((fact) => fact.kind === "commit" && fact.sha === head);
}

/**
 * The check of a pull request, once its commits and files have been read: what is written before that would be written again at once.
 * Should they never be read, the check says what is known without them; it is never left out.
 */
function shown(pull: PullFact, decision: Decision): readonly Effect[] {
  const { number, headSha } = pull;
  if (decision.material.facts.some((fact) => fact.kind === "pull-content" && fact.number === number && fact.headSha === headSha))
    return [check(headSha)];
  return [
    { kind: "read-pull", number, headSha },
    { kind: "check", sha: headSha, again: null, fallback: true },
  ];
}

/**
 * What became of the promise, once a pull request is merged. One that was never seen open was merged before anything was promised: a
 * history that is read in hindsight asks for nothing.
 */
function outcomes(pull: PullFact, { material }: Decision): readonly Effect[] {
  const seen = material.facts.some((fact) => fact.kind === "pull" && fact.number === pull.number && isOpen(fact));
  return pull.state === "merged" && seen ? [{ kind: "outcomes", sha: pull.headSha }] : [];
}

/** A reply once it can be given: a command that needs a permission waits until that has been read. */
function answer(comment: CommentFact, decision: Decision, asked: ReadonlySet<string>): readonly Effect[] {
  if (comment.author.bot) return [];
  const reply: Effect = { kind: "reply", comment: comment.comment, issue: comment.issue };
  const known = knownTo(decision.material.homes, decision.planned.configuration);
  const settings = settingsInTime(decision.planned.configurations, decision.planned.defaultBranch);
  const sayings = sayingsOf(comment, known, settings.at(comment.at));
  if (sayings.length > 0 && !asked.has(comment.id)) return [{ kind: "read-permission", login: comment.author.login, about: comment.id }];
  return sayings.length > 0 || readCommands(comment.text, comment.before).length > 0 ? [reply] : [];
}

/** What `/plan sync` asks for, by somebody who may. */
function asksForSync(comment: CommentFact, role: Role, { planned }: Decision): readonly Effect[] {
  const { commands } = settingsInTime(planned.configurations, planned.defaultBranch).at(comment.at);
  const asks = readCommands(comment.text, comment.before).some(({ kind }) => kind === "sync");
  return asks && !comment.author.bot && mayDo(role, commands.plan) ? [{ kind: "backfill", request: comment.id }] : [];
}

/** People whose word or work counts only with a certain role, and whose role has not been read for this thing yet. */
function permissionsWanted(decision: Decision, asked: ReadonlySet<string>): readonly Effect[] {
  const known = knownTo(decision.material.homes, decision.planned.configuration);
  const { facts } = decision.material;
  const roles = new Map(facts.flatMap((fact) => (fact.kind === "permission" ? [[fact.about, fact.role]] : [])));
  const linked = new Set(facts.flatMap((fact) => (fact.kind === "comment" && asked.has(fact.id) && links(fact) ? [fact.issue] : [])));
  return facts.flatMap((fact): readonly Effect[] => {
    if (fact.kind === "issue" && fact.act !== null && fact.actor !== null && !asked.has(fact.id)) {
      if (linked.has(fact.number) || linksOf(fact, known, roles.get(fact.thing) ?? null).size > 0)
        return [{ kind: "read-permission", login: fact.actor, about: fact.id }];
    }
    if (fact.kind === "review" && fact.verdict !== "dismissed" && !asked.has(fact.id) && namesTask(fact.thing, decision))
      return [{ kind: "read-permission", login: fact.reviewer.login, about: fact.id }];
    if (asked.has(fact.thing)) return [];
    if (fact.kind === "pull" && fact.fork && isOpen(fact))
      return [{ kind: "read-permission", login: fact.author.login, about: fact.thing }];
    if (fact.kind !== "issue") return [];
    const names = readReferences(fact.title, "title", known).references.some((reference) => beginsTitle(fact.title, reference.start));
    return names ? [{ kind: "read-permission", login: fact.author.login, about: fact.thing }] : [];
  });
}

const namesTask = (thing: string, { material }: Decision): boolean =>
  material.mentions.some((mention) => mention.thing === thing && material.homes.has(mention.token));

const links = (comment: CommentFact): boolean =>
  !comment.onPull && readCommands(comment.text, comment.before).some((command) => command.kind === "link");

/**
 * Checks of open pull requests that name a task which moved, or one that another pull request claims now or no longer, or any task when
 * the configuration did. What the base alone brought about gathers for a minute: a merge moves the tasks of many pull requests, the next one
 * moves them again.
 */
function checksMoved(decision: Decision): readonly Effect[] {
  const moved = decision.fresh.some(
    (fact) => fact.kind === "configuration" || (fact.kind === "pull" && saysOther(fact, decision.material.facts)),
  );
  if (decision.derived.tasks.length === 0 && !moved) return [];
  const waits = decision.fresh.every(isOfBase);
  return newestPulls(decision.material.facts)
    .filter(isOpen)
    .flatMap((pull) => shown(pull, decision))
    .map((effect) => (waits && effect.kind === "check" && effect.fallback !== true ? { ...effect, moved: true } : effect));
}

/**
 * Comments in the issues of tasks that came to be blocked, or are so otherwise or no longer; and those that stand elsewhere, because what a
 * task holds up is for others to change. A plan that is seen for the first time makes none: its blocked tasks are no news.
 */
function blockerComments({ planned, derived }: Decision): readonly Effect[] {
  const known = derived.tasks.filter(({ stored }) => stored !== null);
  if (planned.configuration.comments.blockers === "off" || known.length === 0) return [];
  const issues = known.flatMap(({ stored, folded }) =>
    [stored?.state, folded.state].flatMap((state) => (state?.status === "blocked" ? state.issues.map(({ number }) => number) : [])),
  );
  return [...new Set(issues), null].map((issue) => ({ kind: "blocker", issue }));
}

/** Plans whose file may say something else than the board does now: statuses moved, the file did, or what was proposed for it came to an end. */
function writeBacks({ fresh, planned, derived, planPaths }: Decision): readonly Effect[] {
  if (planned.configuration.writeBack === "off") return [];
  const branches = new Set(fresh.flatMap((fact) => (fact.kind === "pull" && isOwnPull(fact) && !isOpen(fact) ? [fact.branch] : [])));
  const paths = [
    ...derived.tasks.map((task) => task.path),
    ...planned.plans.map((row) => row.of ?? row.path),
    ...[...planPaths].filter((path) => planned.touched === "all" || branches.has(syncBranchOf(path))),
  ];
  return [...new Set(paths)].map((path) => ({ kind: "write-back", path }));
}
