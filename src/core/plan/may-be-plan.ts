/**
 * Whether a file's path makes it worth reading as a plan; whether it is one, its content decides. CSV files count unless their
 * folder says that they hold records, Markdown files only by a plan-like name. Paths are relative to the repository, with `/`.
 */
export function mayBePlan(path: string): boolean {
  const folders = path.toLowerCase().split("/");
  const name = folders.pop() ?? "";
  const [, stem = "", extension = ""] = /^(.*)\.([a-z]+)$/.exec(name) ?? [];
  if (folders.some((folder) => foreign.has(folder)) || tests.has(folders.at(-1) ?? "")) return false;
  const planLike = hasPlanWord(path.slice(-name.length));
  if (extension === "csv" || extension === "tsv") return planLike || !folders.some((folder) => records.has(folder));
  return (extension === "md" || extension === "markdown") && planLike && !notPlans.has(stem);
}

// What other people wrote, what machines made, and what exists to be read by tests.
const foreign = new Set(
  "node_modules bower_components vendor third_party dist build out target coverage site-packages venv __pycache__ .git .github .venv .tox .cache .next .idea .vscode fixtures __fixtures__ testdata test-data __snapshots__".split(
    " ",
  ),
);
const tests = new Set(["__tests__", "__mocks__"]);
const records = new Set("data dataset datasets seeds samples sample locales i18n translations migrations results benchmarks".split(" "));
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
