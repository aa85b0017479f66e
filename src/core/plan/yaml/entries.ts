import { bare, type ContainerKind, containerKind, isWrapper } from "./container-keys.ts";
import { cellOf, type List, type Mapping, type Pair, type YamlNode } from "./node.ts";

/** A list of maps, or a map of maps under their ids, and where in the plan it stands. `pair` = the key that holds it. */
export type Container = {
  readonly node: List | Mapping;
  readonly kind: ContainerKind;
  readonly pair: Pair | null;
  readonly phase: string | null;
  readonly milestone: string | null;
  /** The entry that these are parts of. */
  readonly parent: Entry | null;
};

/** One map of a container. `key` = the pair that holds it, where it stands under its id. */
export type Entry = { readonly map: Mapping; readonly key: Pair | null; readonly container: Container };

/** What a document holds that may be of a plan, in the order of the file. `words` = list items that are no maps. */
export type Found = {
  readonly containers: Container[];
  readonly tasks: Entry[];
  readonly epics: Entry[];
  /** Phases and milestones: groups of tasks, or, where there are no tasks, what the plan consists of. */
  readonly groups: Entry[];
  readonly milestones: Entry[];
  readonly risks: Entry[];
};

/** Looks through a document for containers. Depth is bounded by the parser's. */
export function findEntries(document: YamlNode): Found {
  const found: Found = { containers: [], tasks: [], epics: [], groups: [], milestones: [], risks: [] };
  const root: Around = { phase: null, milestone: null, parent: null };
  if (document.kind === "list") enter({ node: document, kind: "tasks", pair: null, ...root }, found);
  if (document.kind === "map") walk(document, root, found);
  return found;
}

type Around = Pick<Container, "phase" | "milestone" | "parent">;

function walk(map: Mapping, around: Around, found: Found): void {
  for (const pair of map.pairs) {
    const { key, value } = pair;
    const kind = containerKind(key);
    if (kind !== null && kind !== "steps" && holdsEntries(value)) {
      enter({ node: value, kind, pair, ...around }, found);
      continue;
    }
    const phase = (one: Mapping): Around =>
      hasContainer(one) && !isWrapper(key) ? { ...around, phase: labelOf(one) ?? (value.kind === "map" ? key : around.phase) } : around;
    if (value.kind === "map") walk(value, phase(value), found);
    if (value.kind === "list") for (const item of value.items) if (item.kind === "map") walk(item, phase(item), found);
  }
}

function enter(container: Container, found: Found): void {
  found.containers.push(container);
  for (const entry of entriesOf(container)) {
    switch (container.kind) {
      case "tasks":
      case "parts":
        found.tasks.push(entry);
        insideTask(entry, found);
        break;
      case "risks":
        found.risks.push(entry);
        break;
      case "steps":
        found.tasks.push(entry);
        break;
      default:
        insideGroup(entry, found);
    }
  }
}

/** Tasks may have tasks below them; the steps of a task are its own. */
function insideTask(entry: Entry, found: Found): void {
  const { phase, milestone } = entry.container;
  for (const pair of entry.map.pairs) {
    const kind = containerKind(pair.key);
    if ((kind === "tasks" || kind === "parts") && holdsEntries(pair.value))
      enter({ node: pair.value, kind: "parts", pair, phase, milestone, parent: entry }, found);
  }
}

function insideGroup(entry: Entry, found: Found): void {
  const { container, map } = entry;
  const epic = container.kind === "epics" && idOf(entry) !== "";
  if (epic) found.epics.push(entry);
  else found.groups.push(entry);
  if (container.kind === "milestones") found.milestones.push(entry);
  const around = epic ? { ...container, parent: entry } : { ...container, ...groupOf(entry) };
  for (const pair of map.pairs) {
    const kind = containerKind(pair.key);
    // The steps of a phase are its tasks where they have ids of their own.
    if (kind === null || !holdsEntries(pair.value) || (kind === "steps" && !haveIds(pair.value))) continue;
    const { phase, milestone, parent } = around;
    enter({ node: pair.value, kind: kind === "parts" ? "tasks" : kind, pair, phase, milestone, parent }, found);
  }
}

function groupOf(entry: Entry): Partial<Pick<Container, "phase" | "milestone">> {
  const label = labelOf(entry.map) ?? entry.key?.key ?? null;
  if (label === null) return {};
  return entry.container.kind === "milestones" ? { milestone: idOf(entry) || label } : { phase: label };
}

const labels = ["title", "name", "phase", "stage", "sprint", "epic", "id"];

function labelOf(map: Mapping): string | null {
  for (const name of labels) {
    const pair = map.pairs.find(({ key, value }) => bare(key) === name && (cellOf(value) ?? "") !== "");
    if (pair !== undefined) return cellOf(pair.value);
  }
  return null;
}

/** The id that an entry gives itself, or the key it stands under. */
export function idOf({ map, key }: Entry): string {
  const pair = map.pairs.find((one) => bare(one.key) === "id");
  return (pair === undefined ? null : cellOf(pair.value)) ?? key?.key ?? "";
}

const hasContainer = (map: Mapping): boolean =>
  map.pairs.some(({ key, value }) => ["tasks", "epics", "phases"].includes(containerKind(key) ?? "") && holdsEntries(value));

/** A list with maps in it, or a map of maps. */
function holdsEntries(node: YamlNode): node is List | Mapping {
  if (node.kind === "list") return node.items.length === 0 || node.items.some(({ kind }) => kind === "map");
  return node.kind === "map" && node.pairs.length > 0 && node.pairs.every(({ value }) => value.kind === "map");
}

const haveIds = (node: List | Mapping): boolean =>
  node.kind === "map" || node.items.every((item) => item.kind === "map" && item.pairs.some(({ key }) => bare(key) === "id"));

function entriesOf(container: Container): readonly Entry[] {
  const { node } = container;
  if (node.kind === "list") return node.items.flatMap((map) => (map.kind === "map" ? [{ map, key: null, container }] : []));
  return node.pairs.flatMap((key) => (key.value.kind === "map" ? [{ map: key.value, key, container }] : []));
}
