import { memberOf } from "./backlog/members.ts";

/**
 * The plan that a file may belong to, by its path: itself, or the folder of task files that it lies in (`backlog/tasks/back-1 - x.md`
 * → `backlog/`); null where reading it is not worth while. Whether it is a plan its content decides. `named` answers which paths the
 * configuration, a command or an earlier reading says to be plans, those of folders with `/` at their end. A task's file is never a plan
 * by itself. Of other files count: CSV unless its folder says that it holds records, Markdown, YAML and JSON by a plan-like name, and in
 * hidden folders only what the tools that make them keep their plans in. Paths are relative to the repository, with `/`.
 */
export function planPathOf(path: string, named: (path: string) => boolean = () => false): string | null {
  const folder = taskFolderOf(path);
  if (folder !== null && (named(folder) || isTaskFolder(folder))) return folder;
  return named(path) || isLikely(path) ? path : null;
}

/** The folder that a file is a task, or the configuration, of, if it is one at all. */
function taskFolderOf(path: string): string | null {
  const names = path.split("/");
  for (const depth of [1, 2]) {
    const folder = names.slice(0, -depth);
    if (folder.length > 0 && memberOf(names.slice(-depth).join("/")) !== null) return `${folder.join("/")}/`;
  }
  return null;
}

function isTaskFolder(path: string): boolean {
  const folders = path.slice(0, -1).split("/");
  const last = folders.pop();
  return (last === "backlog" || last === ".backlog") && !folders.some(isElsewhere);
}

function isLikely(path: string): boolean {
  const folders = path.toLowerCase().split("/");
  const name = folders.pop() ?? "";
  const [, stem = "", extension = ""] = /^(.*)\.([a-z]+)$/.exec(name) ?? [];
  const hidden = folders.findIndex((folder) => folder.startsWith("."));
  if (hidden >= 0) return !folders.slice(0, hidden).some(isElsewhere) && inHidden.test([...folders.slice(hidden), name].join("/"));
  if (folders.some(isElsewhere) || tests.has(folders.at(-1) ?? "") || isPutAway(folders)) return false;
  const planLike = hasPlanWord(path.slice(-name.length));
  if (extension === "csv" || extension === "tsv") return planLike || !folders.some((folder) => records.has(folder));
  return byName.has(extension) && planLike && !notPlans.has(stem);
}

/** Hidden folders that can hold plans. */
export const hiddenPlanFolders: readonly string[] = [".backlog", ".beads", ".kiro", ".planning", ".taskmaster"];

/** Where tools keep their plans in them. */
const inHidden =
  /^(?:\.kiro\/specs\/(?:[^/]+\/)+tasks\.md|\.taskmaster\/tasks\/tasks\.json|\.beads\/issues\.jsonl|\.planning\/roadmap\.md)$/;

/** Changes that are done with, and tasks that are drafts or deleted. */
const isPutAway = (folders: readonly string[]): boolean =>
  folders.some(
    (folder, index) =>
      (folder === "archive" && ["backlog", "changes"].includes(folders[index - 1] ?? "")) ||
      (folder === "drafts" && folders[index - 1] === "backlog"),
  );

// What other people wrote, what machines made, and what exists to be read by tests.
const foreign = new Set(
  "node_modules bower_components vendor third_party dist build out target coverage site-packages venv __pycache__ fixtures __fixtures__ testdata test-data __snapshots__".split(
    " ",
  ),
);
const isElsewhere = (folder: string): boolean => foreign.has(folder.toLowerCase()) || folder.startsWith(".");
const tests = new Set(["__tests__", "__mocks__"]);
const records = new Set("data dataset datasets seeds samples sample locales i18n translations migrations results benchmarks".split(" "));
const byName = new Set("md markdown yaml yml json".split(" "));
const notPlans = new Set("readme changelog license licence contributing code_of_conduct security history".split(" "));

const planWords = new Set(
  "plan plans planning task tasks todo todos roadmap roadmaps backlog tracker tracking milestone milestones epic epics checklist checklists prd master sprint sprints kanban wbs workplan".split(
    " ",
  ),
);
const endings = ["plan", "plans", "tasks", "todo", "todos", "roadmap", "backlog", "tracker", "milestones", "checklist"];

/** Words of a file name, also in `projectPlan` and `Projectplan2`. */
function hasPlanWord(name: string): boolean {
  const words = name
    .replace(/\.[a-z]+$/i, "")
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return words.some((word) => planWords.has(word) || endings.some((ending) => word.endsWith(ending)));
}
