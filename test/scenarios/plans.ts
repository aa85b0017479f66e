/** The plan that scenarios are played on: a strict CSV, a Markdown file that shows it, and a configuration with a gate. */

const header = "id,phase,task,owner,status,priority,dependencies,estimated_hours,completion_date,artifacts,verification,notes,codex_hints";

export type Row = {
  readonly id: string;
  readonly title: string;
  readonly owner?: string;
  readonly status?: string;
  readonly dependencies?: string;
  readonly hours?: number;
};

export const rows: readonly Row[] = [
  { id: "AUTH-001", title: "Design auth data model", status: "completed", hours: 6 },
  { id: "AUTH-002", title: "Implement /auth/register + hashing", status: "completed", dependencies: "AUTH-001", hours: 8 },
  { id: "AUTH-003", title: "Implement /auth/login + JWT", status: "completed", dependencies: "AUTH-002", hours: 8 },
  { id: "AUTH-004", title: "/auth/me and refresh flow", dependencies: "AUTH-003", hours: 6 },
  { id: "AUTH-005", title: "Security hardening & tests", dependencies: "AUTH-003", hours: 6 },
  { id: "ORG-006", title: "Org model + memberships", dependencies: "AUTH-001", hours: 8 },
  { id: "FE-004", title: "Login page + form", owner: "frontend", dependencies: "AUTH-005", hours: 5 },
  { id: "DEVOPS-035", title: "Prod deploy", owner: "devops", dependencies: "AUTH-005,FE-004", hours: 6 },
];

/** The plan as CSV, with other statuses for some rows. */
export function csvPlan(change: Readonly<Record<string, string>> = {}, list: readonly Row[] = rows): string {
  const lines = list.map((row) =>
    [
      row.id,
      "M1",
      `"${row.title}"`,
      row.owner ?? "backend",
      change[row.id] ?? row.status ?? "todo",
      "P1",
      `"${row.dependencies ?? ""}"`,
      String(row.hours ?? ""),
      "",
      "",
      "",
      "",
      "",
    ].join(","),
  );
  return `${[header, ...lines].join("\n")}\n`;
}

export const planPath = "docs/project-plan.csv";

export const masterPlan = `# Master plan

| ID | Milestone | Owner | Start | Target | Notes |
|---|---|---|---|---|---|
| M1 | Login for everyone | backend | 2026-03-02 | 2026-03-20 | first release |
| M2 | In production | devops | 2026-03-20 | 2026-04-03 | |

<!-- PLAN:BEGIN -->

| Id | Task | Status |
| --- | --- | --- |
${rows.map((row) => `| ${row.id} | ${row.title} | ${row.status ?? "todo"} |`).join("\n")}

<!-- PLAN:END -->
`;

export const configuration = `plans:
  - path: ${planPath}
    snapshot: docs/master-plan.md
gates:
  - workflow: backend-tests
    tasks: [FE-004, DEVOPS-035]
`;

export const files = {
  [planPath]: csvPlan(),
  "docs/master-plan.md": masterPlan,
  ".github/plankeeper.yml": configuration,
  "README.md": "# Plans\n",
};
export const people = { mira: "maintain", dev: "write", tess: "triage" } as const;
