import { expect, test } from "vitest";
import { mayBePlan } from "./may-be-plan.ts";

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
  ".planning/ROADMAP.md",
  "docs/Integration Plan.md",
])("%s is worth reading", (path) => {
  expect(mayBePlan(path)).toBe(true);
});

test.each([
  "README.md",
  "CHANGELOG.md",
  "LICENSE.md",
  ".github/plan.md",
  ".github/ISSUE_TEMPLATE/task.md",
  "node_modules/x/PLAN.md",
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
  "plan.json",
])("%s is not", (path) => {
  expect(mayBePlan(path)).toBe(false);
});
