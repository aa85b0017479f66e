/** What lies in the demo's repository before the app is installed: a plan, a document that shows it, and a configuration. */

type Row = {
  readonly id: string;
  readonly title: string;
  readonly owner?: string;
  readonly phase?: string;
  readonly needs?: readonly string[];
  readonly hours: number;
  /** The day it was completed; absent = still to do. */
  readonly done?: string;
};

const rows: readonly Row[] = [
  { id: "AUTH-001", title: "Design auth data model", hours: 6, done: "2026-02-11" },
  { id: "AUTH-002", title: "Implement /auth/register + hashing", needs: ["AUTH-001"], hours: 8, done: "2026-02-18" },
  { id: "AUTH-003", title: "Implement /auth/login + JWT", needs: ["AUTH-002"], hours: 8, done: "2026-02-26" },
  { id: "AUTH-004", title: "/auth/me and refresh flow", needs: ["AUTH-003"], hours: 6 },
  { id: "AUTH-005", title: "Security hardening & tests", needs: ["AUTH-003"], hours: 6 },
  { id: "ORG-006", title: "Org model + memberships", needs: ["AUTH-001"], hours: 8 },
  { id: "ORG-007", title: "/orgs CRUD + /orgs/{id}/members", needs: ["ORG-006", "AUTH-004"], hours: 8 },
  { id: "AIGW-009", title: "Provider adapter interface", phase: "V1", hours: 6 },
  { id: "AIGW-010", title: "OpenAI adapter + quotas", phase: "V1", needs: ["AIGW-009", "AUTH-003"], hours: 10 },
  { id: "AIGW-011", title: "/ai/complete & /ai/chat routes", phase: "V1", needs: ["AIGW-010"], hours: 8 },
  { id: "ORCH-012", title: "Run model + state machine", phase: "V1", needs: ["AIGW-011"], hours: 10 },
  { id: "ORCH-013", title: "POST /flows/{name}/run", phase: "V1", needs: ["ORCH-012"], hours: 8 },
  { id: "FE-004", title: "Login page + form", owner: "frontend", needs: ["AUTH-003", "AUTH-005"], hours: 5 },
  { id: "DEVOPS-035", title: "Prod deploy", owner: "devops", needs: ["FE-004"], hours: 6 },
];

const header = "id,phase,task,owner,status,priority,dependencies,estimated_hours,completion_date,artifacts,verification,notes,codex_hints";

const statusOf = ({ done }: Row): string => (done === undefined ? "todo" : "completed");

const csvLine = (row: Row): string => {
  const { id, phase = "MVP", title, owner = "backend", needs = [], hours, done = "" } = row;
  return [id, phase, title, owner, statusOf(row), "P1", needs.join(";"), hours, done, "", "", "", ""].join(",");
};

export const planPath = "docs/project-plan.csv";

const masterPlan = `# Master plan

The portal in one spring: sign in, work together in organisations, ask a model, run flows.
The tasks live in [project-plan.csv](project-plan.csv); the table at the end shows them.

## Milestones

| ID | Milestone | Owner | Start | Target | Notes |
| --- | --- | --- | --- | --- | --- |
| M1 | Accounts | backend | 2026-02-09 | 2026-03-06 | register, sign in, stay signed in |
| M2 | Safe login | frontend | 2026-03-02 | 2026-03-13 | hardened, with a page in front |
| M3 | Organisations | backend | 2026-03-09 | 2026-03-27 | |
| M4 | AI gateway | backend | 2026-03-23 | 2026-04-10 | one provider first |
| M5 | Flows | backend | 2026-04-06 | 2026-04-24 | |
| M6 | In production | devops | 2026-04-20 | 2026-05-08 | needs the production keys |

## Tasks

<!-- PLAN:BEGIN -->

| Id | Task | Owner | Status |
| --- | --- | --- | --- |
${rows.map((row) => `| ${row.id} | ${row.title} | ${row.owner ?? "backend"} | ${statusOf(row)} |`).join("\n")}

<!-- PLAN:END -->
`;

const configuration = `plans:
  - path: ${planPath}
    snapshot: docs/master-plan.md
gates:
  - workflow: backend-tests
    tasks: [FE-004, DEVOPS-035]
milestones:
  M1: {tasks: [AUTH-001, AUTH-002, AUTH-003, AUTH-004]}
  M2: {tasks: [AUTH-005, FE-004]}
  M3: {tasks: [ORG-*]}
  M4: {tasks: [AIGW-*]}
  M5: {tasks: [ORCH-*]}
  M6: {tasks: [DEVOPS-*]}
`;

/** The repository's files by path. */
export const planFiles: Readonly<Record<string, string>> = {
  [planPath]: `${[header, ...rows.map(csvLine)].join("\n")}\n`,
  "docs/master-plan.md": masterPlan,
  ".github/plankeeper.yml": configuration,
  "README.md": "# Portal\n",
};
