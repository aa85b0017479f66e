import type { NewTask } from "../change.ts";
import { columnsOf, type Field, fieldOf } from "../columns.ts";
import { readHours } from "../estimate.ts";
import { readPriority } from "../priority.ts";
import { bare } from "./container-keys.ts";
import { cellOf, type Pair } from "./node.ts";
import type { YamlTask } from "./read-tasks.ts";
import { spellingIn } from "./set-task.ts";
import { spell } from "./spell.ts";

/** A pair to be written: its key, and its value as YAML of one line, or as words that each get a line of their own. */
export type NewPair = { readonly key: string; readonly spelt: string | readonly string[] };

type Neighbour = { readonly pairs: readonly Pair[]; readonly tasks: readonly YamlTask[]; readonly flow: boolean };

/**
 * What a new task says, in the keys of its neighbour, in their order and with their quotes; what the neighbour has no key for comes behind
 * them in the words of the strict form. What the new task leaves out is left out, but for a status where the neighbour has one.
 */
export function newEntry(id: string | null, task: NewTask, { pairs, tasks, flow }: Neighbour): readonly NewPair[] {
  const columns = columnsOf(pairs.map(({ key }) => key));
  const said = sayings(id, task, { stated: columns.has("status"), tasks });
  const rest = new Map(said);
  const known: NewPair[] = [];
  for (const pair of pairs) {
    const field = fieldOf(pair.key);
    const index = field === undefined ? undefined : columns.get(field);
    if (field === undefined || index === undefined || pairs[index] !== pair) continue;
    const written = writtenLike(field, rest.get(field), { pair, flow });
    if (written === null) continue;
    known.push({ key: pair.key, spelt: written });
    rest.delete(field);
  }
  const taken = new Set(known.map(({ key }) => bare(key)));
  const others = [...rest].flatMap(([field, value]) => {
    const key = strictKeys[field];
    return key === undefined || taken.has(bare(key)) ? [] : [{ key, spelt: plainly(value, flow) }];
  });
  // The id and the title lead, whatever the neighbour lacks.
  const front = others.filter(({ key }) => key === "id" || key === "title");
  return [...front, ...known, ...others.filter((one) => !front.includes(one))];
}

type Said = string | readonly string[];

function sayings(
  id: string | null,
  task: NewTask,
  { stated, tasks }: { readonly stated: boolean; readonly tasks: readonly YamlTask[] },
): ReadonlyMap<Field, Said> {
  const status = task.status ?? (stated ? "todo" : undefined);
  const priority = task.priority ?? null;
  const urgent = tasks.find(({ draft }) => draft.priority === priority)?.cells.cells.get("priority");
  const all: readonly (readonly [Field, Said | null | undefined])[] = [
    ["id", id],
    ["title", task.title],
    [
      "status",
      status === undefined
        ? null
        : spellingIn(
            status,
            tasks.map(({ draft }) => draft),
          ),
    ],
    ["owner", task.owner],
    ["priority", priority === null ? null : urgent !== undefined && readPriority(urgent) === priority ? urgent : `P${priority}`],
    ["dependencies", task.dependencies === undefined || task.dependencies.length === 0 ? null : task.dependencies],
    ["hours", task.hours === null || task.hours === undefined ? null : String(task.hours)],
    ["due", task.due],
    ["completed", task.completed],
    ["phase", task.phase],
    ["milestone", task.milestone],
    ["notes", task.notes],
  ];
  return new Map(all.flatMap(([field, value]) => (value === null || value === undefined ? [] : [[field, value] as const])));
}

const strictKeys: Readonly<Partial<Record<Field, string>>> = {
  id: "id",
  title: "title",
  status: "status",
  owner: "owner",
  priority: "priority",
  dependencies: "depends_on",
  hours: "estimated_hours",
  due: "due",
  completed: "completed",
  phase: "phase",
  milestone: "milestone",
  notes: "notes",
};

/** A value in the style of the neighbour's; null where there is none, or the neighbour's key could not say it. */
function writtenLike(
  field: Field,
  value: Said | undefined,
  { pair, flow }: { readonly pair: Pair; readonly flow: boolean },
): NewPair["spelt"] | null {
  if (value === undefined || (field === "hours" && readHours(String(value), "hours") === undefined)) return null;
  const { value: old } = pair;
  const inner = old.kind === "list" ? old.items.find(({ kind }) => kind === "text") : old;
  const like = inner?.kind === "text" && inner.style !== "block" ? inner.style : "plain";
  if (typeof value !== "string") {
    const words = value.map((word) =>
      idLike(word, inner?.kind === "text" ? inner.value : "", { like, flow: flow || old.kind !== "list" || old.flow }),
    );
    if (old.kind === "text") return spell(value.join(", "), { like, flow });
    return old.kind === "list" && !old.flow && !flow && old.items.length > 0 ? words : `[${words.join(", ")}]`;
  }
  if (old.kind === "list") return `[${spell(value, { like, flow: true })}]`;
  if (old.kind === "map") return null;
  return field === "id" ? idLike(value, cellOf(old) ?? "", { like, flow }) : spell(value, { like, flow });
}

/** An id that looks like a number gets quotes only where its neighbour has some: `1.10` beside `1.9`. */
function idLike(id: string, neighbour: string, style: Parameters<typeof spell>[1]): string {
  const number = /^\d+(?:\.\d+)*$/;
  return style.like === "plain" && number.test(id) && number.test(neighbour) ? id : spell(id, style);
}

const plainly = (value: Said, flow: boolean): string =>
  typeof value === "string"
    ? spell(value, { like: "plain", flow })
    : `[${value.map((one) => spell(one, { like: "plain", flow: true })).join(", ")}]`;
