import type { Board } from "../src/core/words.ts";
import { at, board, cause, hold, milestone, problem, task } from "./board.ts";

export const web = "https://github.com/acme/shop";

/** A plan in the middle of things: some work done, some under way, some held. */
export const samplePlan: Board = board(
  [
    task("AUTH-001", {
      title: "Design auth data model",
      status: "completed",
      owner: "backend",
      priority: 1,
      hours: 6,
      milestone: "M1",
      line: 2,
      state: {
        since: at(200),
        evidence: true,
        released: [],
        cause: cause({ rule: "pull-merged", actor: "mira", link: "pull/3", words: "title: AUTH-001" }),
      },
    }),
    task("AUTH-002", {
      title: "Register endpoint and password hashing",
      status: "completed",
      owner: "backend",
      priority: 1,
      hours: 8,
      milestone: "M1",
      dependencies: ["AUTH-1"],
      line: 3,
    }),
    task("AUTH-005", {
      title: "CSRF and rate-limit tests",
      status: "in-progress",
      owner: "backend",
      priority: 1,
      hours: 6,
      milestone: "M1",
      dependencies: ["AUTH-2"],
      line: 4,
      state: {
        since: at(1500),
        evidence: true,
        released: [],
        cause: cause({ rule: "branch-pushed", actor: "jo", link: "tree/auth-005-csrf", words: "auth-005-csrf" }),
        waits: ["#14 is open"],
        findings: [{ code: "partly-merged", token: "AUTH-5", message: "1 of 2 pull requests merged" }],
      },
    }),
    task("ORG-006", {
      title: "Org model and memberships",
      owner: "backend",
      priority: 1,
      hours: 8,
      milestone: "M2",
      dependencies: ["AUTH-1"],
      line: 5,
    }),
    task("ORG-007", {
      title: "CRUD for /orgs and members",
      owner: "backend",
      priority: 2,
      hours: 8,
      milestone: "M2",
      dependencies: ["ORG-6", "AUTH-5"],
      line: 6,
    }),
    task("FE-004", {
      title: "Login page and form",
      owner: "frontend",
      priority: 1,
      hours: 5,
      milestone: "M2",
      dependencies: ["AUTH-5"],
      line: 7,
    }),
    task("DEVOPS-035", {
      title: "Deploy to production",
      status: "blocked",
      owner: "devops",
      priority: 0,
      hours: 12,
      milestone: "M3",
      line: 8,
      state: {
        underneath: "in-progress",
        evidence: true,
        released: [],
        since: at(2900),
        holds: [hold("waiting for prod keys", { key: "command", since: at(2900) })],
        cause: hold("waiting for prod keys").cause,
      },
    }),
    task("OBS-036", {
      title: "Dashboards and alerts",
      owner: "devops",
      priority: 2,
      milestone: "M3",
      dependencies: ["DEVOPS-35"],
      line: 9,
    }),
    task("OPS-001", { title: "Weekly dependency updates", status: "in-progress", recurring: true, owner: "devops", line: 10 }),
    task("AIGW-009", { title: "Provider adapter interface", status: "deferred", owner: "backend", line: 11 }),
  ],
  {
    path: "docs/project-plan.csv",
    milestones: [
      milestone("M1", "Login works", "2026-02-01"),
      milestone("M2", "Beta", "2026-03-01"),
      milestone("M3", "Launch", "2026-04-15"),
      milestone("M4", "Review", "2026-05-01"),
    ],
    risks: [
      { id: "R1", title: "Provider raises prices", impact: "High", likelihood: "Medium", mitigation: "Second adapter by Beta", line: 40 },
      { id: "R2", title: "Keys leak | logs", impact: "High", likelihood: "", mitigation: "", line: 41 },
    ],
    cadence: [{ words: "Plan review: Monday 10:00 UTC, @acme/leads", line: 50 }],
    criteria: { open: 5, done: 3 },
    problems: [
      problem("row has 14 fields, the header 13; the comma in “notes” is not quoted", {
        code: "wrong-field-count",
        severity: "error",
        path: "docs/project-plan.csv",
        line: 12,
      }),
      problem("status “bussy” is not known; read as todo", { path: "docs/project-plan.csv", line: 9, suggestion: "busy" }),
    ],
  },
);

/** One task of the sample by its id. */
export function sampleTask(id: string): Board["tasks"][number] {
  const found = samplePlan.tasks.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the sample plan has no ${id}`);
  return found;
}
