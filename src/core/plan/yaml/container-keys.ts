/** What a key says of the maps that stand below it, in a list or each under its id. */
export type ContainerKind = "tasks" | "parts" | "epics" | "phases" | "milestones" | "risks" | "steps";

/** The kind that a key names, case, blanks, `_` and `-` aside; null where it says nothing of tasks. */
export const containerKind = (key: string): ContainerKind | null => kinds.get(bare(key)) ?? null;

/** A key in the form in which keys are compared. */
export const bare = (key: string): string =>
  key
    .slice(0, 80)
    .toLowerCase()
    .replace(/[\s_-]+/g, "");

/** Keys that only hold the plan together and name no part of it. */
export const isWrapper = (key: string): boolean => wrappers.has(bare(key));

const names: Readonly<Record<ContainerKind, string>> = {
  tasks: "tasks items stories userstories tickets todos issues features workitems backlog cards entries deliverables actionitems actions",
  parts: "subtasks subitems children parts substories",
  epics: "epics initiatives themes",
  phases: "phases stages sprints iterations tracks releases workstreams sections waves quarters months weeks categories groups streams",
  milestones: "milestones",
  risks: "risks",
  steps: "steps",
};

const kinds = new Map<string, ContainerKind>();
for (const kind of ["tasks", "parts", "epics", "phases", "milestones", "risks", "steps"] as const)
  for (const name of names[kind].split(" ")) kinds.set(name, kind);

const wrappers = new Set("roadmap plan project masterplan projectplan spec data root".split(" "));

/** Whether a text has, anywhere, the key of a list of tasks: what has not is no plan, and need not be parsed. Linear. */
export const mayHoldTasks = (text: string): boolean => keyOfTasks.test(text);

const keyOfTasks = new RegExp(
  `(?:^|[\\s{,])["']?(?:${[...Object.values(names)].join(" ").split(" ").join("|")}|user[_ -]stories|work[_ -]items|sub[_ -]?tasks|action[_ -]items|id)["']?[ \\t]*:`,
  "i",
);
