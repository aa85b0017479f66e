import type { Draft } from "../draft.ts";
import { mostTasks, type Refusal, type Source } from "../formats/format.ts";
import { quoted } from "../quoted.ts";
import { readCadence, readMilestones, readRisks } from "./around-tasks.ts";
import { mayHoldTasks } from "./container-keys.ts";
import { type Container, type Found, findEntries } from "./entries.ts";
import { doubtAbout } from "./looks-like-plan.ts";
import { parseYaml } from "./parse.ts";
import { candidatesOf, isRunnerPlan, readTasks, type YamlTask } from "./read-tasks.ts";

/** What a YAML file says as a plan, with what is needed to write it. */
export type YamlPlan = {
  readonly draft: Draft;
  readonly because: string;
  readonly tasks: readonly YamlTask[];
  readonly containers: readonly Container[];
};

/** A YAML file as a plan; null where it is not meant to be YAML. */
export function readYamlPlan(source: Source): YamlPlan | { readonly refusal: Refusal } | null {
  const { text, named, report } = source;
  if (!mayBeYaml(source)) return null;
  // Most YAML files are no plans, and parsing is slow.
  if (!named && !mayHoldTasks(text)) return { refusal: { code: "not-a-plan", at: 0, because: "no list in it holds tasks", meant: false } };
  const reading = parseYaml(source, looksWritten(text));
  if (reading.kind === "refused") return { refusal: reading.refusal };

  const parts = reading.documents.map(findEntries);
  const candidates = parts.flatMap(candidatesOf);
  const containers = parts.flatMap((part) => part.containers);
  const empty = candidates.length === 0 && named && containers.some(({ kind }) => kind === "tasks");
  const doubt = empty ? null : doubtAbout(candidates, { named, at: 0 });
  if (doubt !== null) return { refusal: doubt };
  if (candidates.length > mostTasks) return { refusal: { code: "too-large", at: 0, because: `more than ${mostTasks} tasks`, meant: true } };

  for (const { key, from } of reading.twice)
    report("duplicate-key", () => ({
      at: from,
      message: `the key ${quoted(key)} stands already above, in the same map. The first counts`,
    }));
  reportWords(containers, source);
  const tasks = readTasks(candidates, source);
  const read = new Set(candidates.map(({ entry }) => entry));
  const runner = isRunnerPlan(candidates);
  const [first] = tasks;
  if (first !== undefined && !runner && candidates.every(({ cells }) => !cells.cells.has("status")))
    report("no-status-column", () => ({ at: first.draft.place(null), message: "no task has a status; all are read as todo" }));
  return {
    draft: {
      tasks: tasks.map(({ draft }) => draft),
      milestones: readMilestones(
        gathered(parts, "milestones").filter((entry) => !read.has(entry)),
        source,
      ),
      risks: readRisks(gathered(parts, "risks"), source),
      roles: [],
      cadence: reading.documents.flatMap((document) => readCadence(document, source)),
      criteria: { open: 0, done: 0 },
      block: false,
    },
    because: runner ? "a YAML file of tasks with steps for a runner" : `a YAML file with ${listsOf(containers)}`,
    tasks,
    containers,
  };
}

/** Sentences among the tasks of a list. */
function reportWords(containers: readonly Container[], { report }: Source): void {
  for (const { node, kind } of containers) {
    if (node.kind !== "list" || (kind !== "tasks" && kind !== "parts")) continue;
    for (const item of node.items)
      if (item.kind === "text") report("missing-id", () => ({ at: item.from, message: `${quoted(item.value)} has no id` }));
  }
}

/** By its name; a file with a name of no kind where a list of tasks begins a line. */
function mayBeYaml({ path, text }: Source): boolean {
  if (/\.ya?ml$/i.test(path)) return true;
  const name = path.slice(path.lastIndexOf("/") + 1);
  return !name.includes(".") && /^(?:tasks|milestones|phases|epics):[ \t]*$/m.test(text);
}

/** Whether a file that cannot be parsed was meant as a plan. */
const looksWritten = (text: string): boolean =>
  /^[ \t]*(?:-[ \t]+)?["']?id["']?[ \t]*:/im.test(text) && /^[ \t]*(?:-[ \t]+)?["']?status["']?[ \t]*:/im.test(text);

const gathered = (parts: readonly Found[], which: "milestones" | "risks"): Found["milestones"] => parts.flatMap((part) => part[which]);

function listsOf(containers: readonly Container[]): string {
  const keys = new Set(containers.filter(({ kind, node }) => kind in heads && sizeOf(node) > 0).map(({ pair }) => pair?.key ?? ""));
  const shown = [...keys].slice(0, 3).map((key) => (key === "" ? "a list of tasks" : quoted(key)));
  return shown.length === 0 ? "phases or milestones as tasks" : shown.join(", ");
}

const heads = { tasks: true, epics: true };
const sizeOf = (node: Container["node"]): number => (node.kind === "list" ? node.items : node.pairs).length;
