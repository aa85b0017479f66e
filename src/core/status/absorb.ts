import { checkAcross } from "../plan/across.ts";
import { byKey, comparePlans, rowKey, sameDeclaration } from "../plan/compare.ts";
import { isFolderPath } from "../plan/folder.ts";
import { rolesOf } from "../plan/roles.ts";
import type {
  AuditEntry,
  Fact,
  Plan,
  PlanMaterial,
  Planned,
  PlannedTask,
  PlanRow,
  PlanVersion,
  Problem,
  RowStatement,
  Status,
  Token,
} from "../words.ts";
import { settingsInTime } from "./settings-in-time.ts";

/**
 * New plan and configuration versions taken into what is known (design: plan versions). The oldest version of a file states every row,
 * each later one the rows whose status differs from the version before it; versions that cannot be read state nothing and change nothing
 * but `unreadable`. `material.versions` must hold, for each path with a new version, that version with its readable neighbours and the
 * newest one; for every other path its newest readable version.
 */
export function absorb(material: PlanMaterial, facts: readonly Fact[]): Planned {
  const configuration = settingsInTime(material.configurations, material.defaultBranch).now;
  const base = { configurations: material.configurations, configuration, defaultBranch: material.defaultBranch };
  const fresh = new Set(facts.flatMap((fact) => (fact.kind === "plan" ? [fact.id] : [])));
  const configured = facts.some((fact) => fact.kind === "configuration" || fact.kind === "repository");
  if (fresh.size === 0 && !configured)
    return { ...base, plans: [], statements: [], declared: new Map(), former: new Map(), touched: new Set(), audit: [] };

  const chains = [...material.versions].map(([path, versions]) => chainOf(path, versions));
  const standing = chains.flatMap((chain) => (chain.newest?.plan == null ? [] : [chain.newest.plan]));
  const roles = rolesOf(standing, configuration);
  const across = checkAcross(standing, configuration);
  const rows = new Map(material.stored.map((row) => [row.path, row]));
  const freshIn = (chain: Chain) => (rows.has(chain.path) ? fresh : new Set(chain.links.map((link) => link.version.fact.id)));
  const settled = chains.flatMap((chain) =>
    settle(chain, {
      stored: rows.get(chain.path) ?? null,
      role: roles.get(chain.path),
      across,
      fresh: freshIn(chain),
      anew: material.anew ?? false,
    }),
  );
  return {
    ...base,
    plans: settled.map((each) => each.row),
    statements: chains.flatMap((chain) => statementsOf(chain, freshIn(chain))),
    declared: new Map(settled.flatMap((each) => (each.declared === null ? [] : [[each.row.path, each.declared] as const]))),
    former: new Map(
      chains.map((chain) => [chain.path, formerTasks(chain, freshIn(chain))] as const).filter(([, tasks]) => tasks.length > 0),
    ),
    touched: configured ? "all" : new Set(settled.flatMap((each) => each.touched)),
    audit: [...configurationAudit(material, facts), ...settled.flatMap((each) => each.audit)],
  };
}

/** A version as read: a plan, or null where the commit removed the file. */
type Link = { readonly version: PlanVersion; readonly plan: Plan | null; readonly problems: readonly Problem[] };
type Chain = { readonly path: string; readonly links: readonly Link[]; readonly newest: Link | null; readonly unreadable: string | null };

function chainOf(path: string, versions: readonly PlanVersion[]): Chain {
  const links = versions.flatMap((version): readonly Link[] => {
    if (version.reading === null) return [{ version, plan: null, problems: [] }];
    return version.reading.plan === null ? [] : [{ version, plan: version.reading.plan, problems: version.reading.problems }];
  });
  const last = versions.at(-1);
  const broken = last?.reading != null && last.reading.plan === null ? { reading: last.reading, commit: last.fact.commit } : null;
  return {
    path,
    links,
    newest: links.at(-1) ?? null,
    unreadable:
      broken === null ? null : `${broken.reading.problems[0]?.message ?? broken.reading.because} (at ${broken.commit.slice(0, 8)})`,
  };
}

/** Statements of the new versions and of those right after them, whose difference has changed. */
function statementsOf(chain: Chain, fresh: ReadonlySet<string>): Planned["statements"] {
  return chain.links.flatMap((link, index) => {
    const before = chain.links[index - 1];
    const isNew = fresh.has(link.version.fact.id) || (before !== undefined && fresh.has(before.version.fact.id));
    return isNew ? [{ path: chain.path, fact: link.version.fact.id, rows: rowsOf(before?.plan ?? null, link) }] : [];
  });
}

function rowsOf(before: Plan | null, link: Link): readonly RowStatement[] {
  if (link.plan === null) return [];
  const change = comparePlans(before, link.plan);
  const stated = [...change.added, ...change.restated.map((row) => row.after)];
  const { fact } = link.version;
  return [...byKey(stated).values()].map((task) => ({
    fact: fact.id,
    scope: task.scope,
    token: task.token,
    at: fact.at,
    commit: fact.commit,
    status: task.status,
    written: task.writtenStatus,
    line: task.line,
  }));
}

/** Tasks of new versions that the newest one does not declare. */
function formerTasks(chain: Chain, fresh: ReadonlySet<string>): readonly PlannedTask[] {
  const now = byKey(chain.newest?.plan?.tasks ?? []);
  const told = chain.links.flatMap((link) => (fresh.has(link.version.fact.id) ? (link.plan?.tasks ?? []) : []));
  return [...byKey(told.filter((task) => !now.has(rowKey(task)))).values()];
}

type Settled = {
  readonly row: PlanRow;
  readonly declared: readonly PlannedTask[] | null;
  readonly touched: readonly Token[];
  readonly audit: readonly AuditEntry[];
};

/** What one path comes to: its stored row as it should be, the tasks it now declares (null: as before), and the tokens to derive anew. */
function settle(
  chain: Chain,
  known: {
    readonly stored: PlanRow | null;
    readonly role: ReturnType<ReturnType<typeof rolesOf>["get"]>;
    readonly across: readonly Problem[];
    readonly fresh: ReadonlySet<string>;
    readonly anew: boolean;
  },
): readonly Settled[] {
  const { stored, role, across, fresh } = known;
  const newest = chain.newest;
  if (newest === null) return stored === null ? [] : [unchanged({ ...stored, unreadable: chain.unreadable })];
  const row: PlanRow = {
    path: chain.path,
    format: newest.plan?.format ?? "",
    role: newest.plan === null ? "removed" : (role?.role ?? "plan"),
    of: role?.role === "snapshot" ? role.of : null,
    fact: newest.version.fact.id,
    watchedSince: stored?.watchedSince ?? newest.version.fact.readAt,
    milestones: newest.plan?.milestones ?? [],
    risks: newest.plan?.risks ?? [],
    roles: newest.plan?.roles ?? [],
    cadence: newest.plan?.cadence ?? [],
    criteria: newest.plan?.criteria ?? { open: 0, done: 0 },
    problems: [...newest.problems, ...across.filter((problem) => isIn(problem.path, chain.path))],
    unreadable: chain.unreadable,
  };
  if (stored === null && chain.links.every((link) => link.plan === null)) return [];
  const moved = known.anew || stored === null || stored.role !== row.role || stored.fact !== row.fact;
  const stating = chain.links.filter((link) => fresh.has(link.version.fact.id));
  const touched = new Set(stating.flatMap((link) => tokensAround(chain, link)));
  if (!moved) return [{ ...unchanged(row), touched: [...touched] }];
  const tasks = row.role === "plan" ? (newest.plan?.tasks ?? []) : [];
  for (const token of changedTokens(chain, stored, row, tasks)) touched.add(token);
  return [{ row, declared: tasks, touched: [...touched], audit: auditOf(stored, row, tasks, newest.version) }];
}

/** Whether a file is the plan, or is in the folder that is. */
const isIn = (path: string, plan: string): boolean => path === plan || (isFolderPath(plan) && path.startsWith(plan));

const unchanged = (row: PlanRow): Settled => ({ row, declared: null, touched: [], audit: [] });

/** Tokens that a version, or the one after it, states. */
function tokensAround(chain: Chain, link: Link): readonly Token[] {
  const index = chain.links.indexOf(link);
  const after = chain.links[index + 1];
  return [
    ...rowsOf(chain.links[index - 1]?.plan ?? null, link).map((row) => row.token),
    ...(after === undefined ? [] : rowsOf(link.plan, after).map((row) => row.token)),
  ];
}

/** Tokens whose declaration differs from the stored newest version, or all of them where the file's role changed. */
function changedTokens(chain: Chain, stored: PlanRow | null, row: PlanRow, tasks: readonly PlannedTask[]): readonly Token[] {
  const before = stored === null ? null : (chain.links.find((link) => link.version.fact.id === stored.fact)?.plan ?? null);
  const old = stored?.role === "plan" ? (before?.tasks ?? []) : [];
  if (stored?.role !== row.role) return [...new Set([...old, ...tasks].map((task) => task.token))];
  const known = byKey(old);
  const now = byKey(tasks);
  const gone = old.filter((task) => !now.has(rowKey(task)));
  const changed = tasks.filter((task) => {
    const before = known.get(rowKey(task));
    return before === undefined || !sameDeclaration(before, task);
  });
  return [...gone, ...changed].map((task) => task.token);
}

function auditOf(stored: PlanRow | null, row: PlanRow, tasks: readonly PlannedTask[], version: PlanVersion): readonly AuditEntry[] {
  const entry = (action: AuditEntry["action"], before: unknown, after: unknown): AuditEntry => ({
    at: version.fact.at,
    actor: null,
    action,
    entityType: "plan",
    entityId: row.path,
    before,
    after,
    cause: { fact: version.fact.id, rule: "plan-version", actor: null, link: `commit/${version.fact.commit}`, words: row.path },
  });
  if (row.role === "removed" && stored?.role !== "removed") return [entry("plan.removed", { role: stored?.role ?? null }, null)];
  if (stored !== null) return [];
  return [
    entry("plan.imported", null, {
      format: row.format,
      role: row.role,
      tasks: tasks.length,
      statuses: countsOf(tasks),
      commit: version.fact.commit,
      blob: version.fact.blob,
    }),
  ];
}

/** Configuration versions that came after the first sight of the repository's plans: taken, or refused with what is wrong in them. */
function configurationAudit(material: PlanMaterial, facts: readonly Fact[]): readonly AuditEntry[] {
  if (material.stored.length === 0) return [];
  const watchedSince = Math.min(...material.stored.map((row) => row.watchedSince));
  return facts.flatMap((fact): readonly AuditEntry[] => {
    if (fact.at <= watchedSince) return [];
    const version = material.configurations.find(({ fact: id }) => id === fact.id);
    if (fact.kind !== "configuration" || version === undefined) return [];
    // A merge tells the version of its branch once more.
    const before = material.configurations.findLast((other) => other.at < fact.at || (other.at === fact.at && other.fact < fact.id));
    if (before?.blob === fact.blob) return [];
    const wrong = version.problems.map(({ code, line, column, message }) => ({ code, line, column, message }));
    return [
      {
        at: fact.at,
        actor: null,
        action: version.configuration === null ? "config.refused" : "config.changed",
        entityType: "configuration",
        entityId: fact.path,
        before: null,
        after: { commit: fact.commit, blob: fact.blob, ...(wrong.length === 0 ? {} : { problems: wrong }) },
        cause: { fact: fact.id, rule: "configuration-version", actor: null, link: `commit/${fact.commit}`, words: fact.path },
      },
    ];
  });
}

function countsOf(tasks: readonly PlannedTask[]): Readonly<Record<Status, number>> {
  const counts = { todo: 0, "in-progress": 0, completed: 0, blocked: 0, deferred: 0 };
  for (const task of tasks) counts[task.status] += 1;
  return counts;
}
