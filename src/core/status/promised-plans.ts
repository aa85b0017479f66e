import { homeOf, homesByToken } from "../evidence/homes.ts";
import { rowKey } from "../plan/compare.ts";
import type { Home, Homes, Instant, Planned, PlannedTask, RowStatement, TaskMaterial, TasksMaterial, Token } from "../words.ts";

/** The same material when the plans are as `planned` has them, and what their new versions state is stated at one time. */
export function withPlans(material: TasksMaterial, planned: Planned, at: Instant): TasksMaterial {
  const declared = declaredIn(planned);
  const stated = statementsIn(planned, at);
  const known = new Set(material.tasks.map(rowKey));
  const stands = (task: { readonly path: string; readonly present: boolean }): boolean => task.present && !planned.declared.has(task.path);
  const kept = material.tasks.map((task): TaskMaterial => {
    const now = declared.get(rowKey(task));
    const rows = [...task.stated, ...(stated.get(rowKey(task)) ?? [])];
    if (now === undefined) return { ...task, present: stands(task), stated: rows };
    return { ...task, path: now.path, declared: now.task, present: true, stated: rows };
  });
  const watched = new Map(planned.plans.map((plan) => [plan.path, plan.watchedSince]));
  const added = [...declared].flatMap(([key, { path, task }]): readonly TaskMaterial[] => {
    if (known.has(key) || !isTouched(planned, task.token)) return [];
    const { scope, token } = task;
    const rows = stated.get(key) ?? [];
    return [{ scope, token, path, watchedSince: watched.get(path) ?? at, declared: task, present: true, stated: rows, stored: null }];
  });
  return { ...material, tasks: [...kept, ...added], homes: homesWith(material.homes, declared, stands) };
}

/** Where ids would live once the plans are as `planned` has them; those that would be gone are there for what was said of them. */
export function homesAfter(homes: Homes, planned: Planned): Homes {
  return homesWith(homes, declaredIn(planned), (home) => home.present && !planned.declared.has(home.path));
}

type Declared = ReadonlyMap<string, { readonly path: string; readonly task: PlannedTask }>;

const declaredIn = ({ declared }: Planned): Declared =>
  new Map([...declared].flatMap(([path, tasks]) => tasks.map((task) => [rowKey(task), { path, task }] as const)));

const isTouched = ({ touched }: Planned, token: Token): boolean => touched === "all" || touched.has(token);

function statementsIn({ statements }: Planned, at: Instant): ReadonlyMap<string, readonly RowStatement[]> {
  const stated = new Map<string, RowStatement[]>();
  for (const row of statements.flatMap(({ rows }) => rows)) {
    const others = stated.get(rowKey(row));
    if (others === undefined) stated.set(rowKey(row), [{ ...row, at }]);
    else others.push({ ...row, at });
  }
  return stated;
}

function homesWith(homes: Homes, declared: Declared, stands: (home: Home) => boolean): Homes {
  const kept = [...homes].flatMap(([token, all]) =>
    all.flatMap((home) =>
      declared.has(rowKey({ scope: home.scope, token })) ? [] : [[token, { ...home, present: stands(home) }] as const],
    ),
  );
  const now = [...declared.values()].map(({ path, task }) => [task.token, homeOf(task, { path, present: true })] as const);
  return homesByToken([...kept, ...now]);
}
