import { expect, test } from "vitest";
import { planPathOf } from "./plan-path-of.ts";

test.each([
  "docs/project-plan.csv",
  "plan.tsv",
  "docs/autorisen_project_plan.csv",
  "data/plan.csv",
  "work.csv",
  "PLAN.md",
  "TODO.md",
  "docs/Master_ProjectPlan.md",
  "docs/Master_Projectplan.md",
  "docs/projectPlan2.md",
  "IMPLEMENTATION_PLAN.md",
  "specs/014-roadmap/tasks.md",
  "docs/next-four-epics.md",
  "docs/PHASE1-PRD.md",
  "docs/PROJECT_PLAYBOOK_TRACKER.md",
  "docs/Integration Plan.md",
  ".kiro/specs/login/tasks.md",
  "packages/web/.kiro/specs/login/tasks.md",
  "openspec/changes/add-login/tasks.md",
  ".taskmaster/tasks/tasks.json",
  "tasks/tasks.json",
  "prd.json",
  "scripts/ralph/prd.json",
  "docs/sprint-status.yaml",
  "sprint-status.yml",
  ".beads/issues.jsonl",
  ".planning/ROADMAP.md",
  "roadmap.yaml",
  "plans/release-plan.yml",
  "backlog/todo.md",
  "backlog/docs/release-plan.md",
  "backlog/tasks/checklist.md",
])("%s is worth reading", (path) => {
  expect(planPathOf(path)).toBe(path);
});

test.each([
  "README.md",
  "CHANGELOG.md",
  "LICENSE.md",
  ".github/plan.md",
  ".github/ISSUE_TEMPLATE/task.md",
  ".vscode/tasks.json",
  ".specify/templates/tasks-template.md",
  ".cursor/plans/plan.md",
  "node_modules/x/PLAN.md",
  "node_modules/x/.planning/ROADMAP.md",
  "node_modules/x/backlog/tasks/task-1 - x.md",
  "packages/a/vendor/plan.csv",
  "dist/plan.csv",
  "data/customers.csv",
  "test/fixtures/project-plan.csv",
  "docs/explanation.md",
  "docs/planets.md",
  "src/plan.ts",
  "plan",
  "",
  "/",
  "package.json",
  "issues.jsonl",
  "mkdocs.yml",
  ".planning/phases/12/12-01-PLAN.md",
  ".kiro/steering/plan.md",
  ".taskmaster/reports/task-complexity-report.json",
  "openspec/changes/archive/2025-01-01-add-login/tasks.md",
  "backlog/archive/tasks/back-1 - Plan-the-release.md",
  "backlog/drafts/draft-1 - Plan-the-release.md",
  "src/config.yml",
])("%s is not", (path) => {
  expect(planPathOf(path)).toBeNull();
});

test.each([
  ["backlog/tasks/back-1 - x.md", "backlog/"],
  ["backlog/tasks/task-12.3 - Feature-(one)-+-etc..md", "backlog/"],
  ["backlog/completed/back-2 - plan.md", "backlog/"],
  ["backlog/milestones/m-1 - Beta.md", "backlog/"],
  ["backlog/config.yml", "backlog/"],
  ["packages/web/backlog/tasks/web-1 - x.md", "packages/web/backlog/"],
  [".backlog/tasks/task-1 - x.md", ".backlog/"],
])("%s belongs to the folder %s", (path, folder) => {
  expect(planPathOf(path)).toBe(folder);
});

test("what the configuration names is read wherever it lies, and a folder with its tasks", () => {
  const named = (path: string) => ["notes.md", ".work/", "test/fixtures/plan.csv"].includes(path);

  expect(planPathOf("notes.md", named)).toBe("notes.md");
  expect(planPathOf("test/fixtures/plan.csv", named)).toBe("test/fixtures/plan.csv");
  expect(planPathOf(".work/tasks/task-1 - x.md", named)).toBe(".work/");
  expect(planPathOf(".work/notes.md", named)).toBeNull();
});

test("a task's file belongs to its folder even where the configuration names the file", () => {
  expect(planPathOf("backlog/tasks/back-1 - x.md", () => true)).toBe("backlog/");
});
