import type { NewTask, Splice } from "../change.ts";
import { bare } from "./container-keys.ts";
import type { Container } from "./entries.ts";
import { type NewPair, newEntry } from "./new-entry.ts";
import { beginsLine, breakOf, columnOf, contentEnd, dashBefore, lineStart, linesBehind, pairEnd } from "./places.ts";
import type { YamlTask } from "./read-tasks.ts";
import type { Manner } from "./set-task.ts";
import { spell } from "./spell.ts";
import { columnBeside, type Refused } from "./write-value.ts";

/**
 * Adds a task behind a neighbour, in the neighbour's form: an item of a list or a key of a map, in lines or between braces.
 * `gone` = this very edit takes the neighbour out.
 */
export function addBehind(
  neighbour: YamlTask,
  task: NewTask,
  { text, tasks, gone }: Manner & { readonly gone: boolean },
): readonly Splice[] | Refused {
  const { entry, cells } = neighbour;
  const { container, key, map } = entry;
  const id = idInside(container, task.id, neighbour);
  if (id === null) return { because: `the tasks beside it are numbered within ${neighbour.draft.parent}` };
  const named = map.pairs.some((pair) => bare(pair.key) === "id");
  const sample = map.pairs.filter((pair) => [...cells.pairs.values()].includes(pair));
  const idKey = key === null && !named ? nameKey(neighbour) : null;
  if (idKey !== null && task.title !== task.id) return { because: "the tasks beside it are called by their names" };
  const pairs = newEntry(idKey === null && (key === null || named) ? id : null, task, {
    pairs: sample,
    tasks,
    flow: map.flow || container.node.flow,
  });
  const braces = `{${pairs.map((pair) => `${pair.key}: ${inline(pair)}`).join(", ")}}`;
  const keyed = key === null ? "" : `${spell(id, { like: "plain", flow: container.node.flow })}: `;
  if (container.node.flow) {
    const at = key === null ? map.to : pairEnd(key, text);
    const start = key === null ? map.from : key.from;
    const ownLine = beginsLine(text, start) ? `${breakOf(text)}${text.slice(lineStart(text, start), start)}` : " ";
    return [{ from: at, to: at, text: `,${ownLine}${keyed}${braces}` }];
  }
  const start = key === null ? dashBefore(text, map.from) : beginsLine(text, key.from) ? key.from : null;
  const column = map.flow ? 0 : columnBeside(map, text);
  if (start === null || column === null) return { because: "the task beside it is not written in lines of its own" };
  const indent = text.slice(lineStart(text, start), start);
  const eol = breakOf(text);
  const body = map.flow ? braces : linesOf(pairs, column).join(eol);
  const sameLine = key !== null && !map.flow ? `${keyed.trimEnd()}${eol}${" ".repeat(column)}` : keyed;
  const dash = key === null ? `-${" ".repeat(Math.max(1, column - indent.length - 1))}` : "";
  return [linesBehind(contentEnd(map, text), `${indent}${dash}${sameLine}${map.flow ? body : body.trimStart()}`, { text, gone })];
}

/** Adds a task to a container that has none: between its brackets, or as the only item below its key. */
export function addFirst({ node, pair, kind }: Container, task: NewTask, { text, tasks }: Manner): readonly Splice[] | Refused {
  if (pair === null || pair.colon === null || node.kind !== "list" || node.items.length > 0 || kind === "parts")
    return { because: "no task stands there that shows how" };
  const column = columnOf(text, pair.from);
  const pairs = newEntry(task.id, task, { pairs: [], tasks, flow: false });
  if (column === null) return { because: "no task stands there that shows how" };
  const body = linesOf(pairs, column + 4)
    .join(breakOf(text))
    .trimStart();
  return [{ from: pair.colon, to: node.to, text: `${breakOf(text)}${" ".repeat(column + 2)}- ${body}` }];
}

/** The id as it is written there; null where it would be read as another one. */
function idInside({ node }: Container, id: string, { draft }: YamlTask): string | null {
  const counted =
    draft.parent !== null &&
    node.kind === "list" &&
    draft.id.includes(".") &&
    draft.id.slice(0, draft.id.lastIndexOf(".")).toUpperCase() === draft.parent;
  if (counted) {
    const [above, number] = [id.slice(0, id.lastIndexOf(".")), id.slice(id.lastIndexOf(".") + 1)];
    return above.toUpperCase() === draft.parent && /^\d{1,9}$/.test(number) ? number : null;
  }
  return draft.parent !== null && /^\d{1,9}$/.test(id) ? null : id;
}

const nameKey = ({ entry, draft }: YamlTask): string | null =>
  entry.map.pairs.find(({ key, value }) => ["name", "key", "slug"].includes(bare(key)) && value.kind === "text" && value.value === draft.id)
    ?.key ?? null;

const inline = ({ spelt }: NewPair): string => (typeof spelt === "string" ? spelt : `[${spelt.join(", ")}]`);

const linesOf = (pairs: readonly NewPair[], column: number): readonly string[] => {
  const indent = " ".repeat(column);
  return pairs.flatMap(({ key, spelt }) =>
    typeof spelt === "string" ? [`${indent}${key}: ${spelt}`] : [`${indent}${key}:`, ...spelt.map((word) => `${indent}  - ${word}`)],
  );
};
