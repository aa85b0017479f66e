import { type Change, type FormatEdit, unwritable } from "../change.ts";
import { addBehind, addFirst } from "./add-entry.ts";
import type { Container, Entry } from "./entries.ts";
import type { YamlTask } from "./read-tasks.ts";
import type { YamlPlan } from "./read-yaml-plan.ts";
import { removeEntry } from "./remove-entry.ts";
import { type Attempt, setTask } from "./set-task.ts";

type Context = {
  readonly text: string;
  readonly path: string;
  readonly plan: YamlPlan;
  readonly byToken: ReadonlyMap<string, readonly YamlTask[]>;
  /** The entries that this edit takes out, and the containers that it adds to. */
  readonly going: ReadonlySet<Entry>;
  readonly growing: ReadonlySet<Container>;
};

/** What changes come to in a YAML plan. */
export function editYamlPlan(
  plan: YamlPlan,
  changes: readonly Change[],
  { text, path }: { readonly text: string; readonly path: string },
): FormatEdit {
  const byToken = new Map<string, YamlTask[]>();
  for (const task of plan.tasks) byToken.set(task.draft.token, [...(byToken.get(task.draft.token) ?? []), task]);
  const first = (token: string): YamlTask | undefined => byToken.get(token)?.[0];
  const going = new Set(changes.flatMap((change) => (change.kind === "remove" ? (first(change.token)?.entry ?? []) : [])));
  const behind = (change: Change): YamlTask | undefined =>
    change.kind !== "add" ? undefined : change.after === null ? lastOf(plan, change.task.phase ?? null) : first(change.after);
  const growing = new Set(changes.flatMap((change) => behind(change)?.entry.container ?? []));
  const context: Context = { text, path, plan, byToken, going, growing };
  const attempts = changes.map((change) => attempt(change, context));
  return { splices: attempts.flatMap(({ splices }) => splices), unwritten: attempts.flatMap(({ unwritten }) => unwritten) };
}

function attempt(change: Change, context: Context): Attempt {
  const refused = (because: string, at = 0): Attempt => ({ splices: [], unwritten: [unwritable(change, because, at)] });
  if (change.scope !== context.path) return refused("it belongs to another file");
  if (change.kind === "add") return add(change, context);
  const [task, second] = context.byToken.get(change.token) ?? [];
  if (task === undefined) return refused("it is not in this file");
  if (change.kind === "set") return setTask(task, change, { text: context.text, tasks: context.plan.tasks });
  const at = task.draft.place(null);
  if (second !== undefined) return refused("its id stands twice", at);
  const written = remove(task, context);
  return "because" in written ? refused(written.because, at) : { splices: written, unwritten: [] };
}

function add(change: Extract<Change, { readonly kind: "add" }>, context: Context): Attempt {
  const { plan, text, byToken, going } = context;
  const manner = { text, tasks: plan.tasks };
  const neighbour = change.after === null ? lastOf(plan, change.task.phase ?? null) : byToken.get(change.after)?.[0];
  const [container] = plan.containers.filter(({ kind, parent }) => kind === "tasks" && parent === null);
  const written =
    neighbour !== undefined
      ? addBehind(neighbour, change.task, { ...manner, gone: going.has(neighbour.entry) })
      : change.after === null && container !== undefined
        ? addFirst(container, change.task, manner)
        : { because: "the task that it should stand behind is not in this file" };
  if (!("because" in written)) return { splices: written, unwritten: [] };
  return { splices: [], unwritten: [unwritable(change, written.because, neighbour?.draft.place(null) ?? 0)] };
}

/** The last task of the last list, or of that of a phase, parts of tasks left aside. */
function lastOf({ tasks, containers }: YamlPlan, phase: string | null): YamlTask | undefined {
  const whole = tasks.filter(({ entry }) => entry.container.kind !== "parts");
  const home = phase === null ? undefined : containers.find((one) => one.phase === phase);
  return whole.findLast(({ entry }) => entry.container === home) ?? whole.at(-1) ?? tasks.at(-1);
}

function remove({ entry, draft: { token } }: YamlTask, { plan, text, going, growing }: Context): ReturnType<typeof removeEntry> {
  const inside = plan.tasks.some(({ entry: other }) => other !== entry && other.map.from >= entry.map.from && other.map.to <= entry.map.to);
  if (inside) return { because: "other tasks are written inside it" };
  if (plan.tasks.some(({ draft, entry: other }) => draft.parent === token && !going.has(other)))
    return { because: "other tasks are parts of it" };
  if (entry.map.shared) return { because: "an anchor stands at it, and other places may take it over" };
  if (plan.tasks.every((task) => going.has(task.entry))) return { because: "no task would be left" };
  const { container } = entry;
  const { node } = container;
  const others = node.kind === "list" ? node.items : node.pairs.map(({ value }) => value);
  const stays = others.some((other) => ![...going].some(({ map }) => map === other));
  const leaving = [...going].filter((one) => one.container === container);
  if (node.flow && leaving.length > 1) return { because: "several of one list in brackets go at once" };
  return removeEntry(entry, { text, left: stays || growing.has(container) || leaving.at(-1) !== entry });
}
