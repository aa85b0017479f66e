import type { Problem, Severity } from "../words.ts";

type Entry = { readonly severity: Severity; readonly explanation: string; readonly example: string };

/** Every kind of problem that plan files and the configuration can have. Reference pages and tests are made from it. */
export const problems = {
  "bad-date": {
    severity: "warning",
    explanation: "A date is not a calendar day in the form YYYY-MM-DD. The task is read without that date.",
    example: "completion_date: 07.11.2025",
  },
  "bad-id": {
    severity: "warning",
    explanation:
      "What stands in the id column cannot be an id: it has spaces or signs that no reference could contain. The row is not a task.",
    example: "| see below | Write the tests | todo |",
  },
  "bad-number": {
    severity: "warning",
    explanation: "An estimate is not a number, nor a number of minutes, hours, days or weeks. The task is read without it.",
    example: "estimated_hours: 4-6h",
  },
  "bad-value": {
    severity: "error",
    explanation: "The configuration gives a key a value it cannot have. The last valid configuration stays in force.",
    example: "mode: sometimes",
  },
  "bad-line": {
    severity: "error",
    explanation: "A line of a file that holds one record a line cannot be read, or is no record of a task. The other lines are read.",
    example: '{"id": "bd-1a", "title": ',
  },
  "bad-step": {
    severity: "warning",
    explanation: "A step of a task that a runner works through is not in the form it must have. It is left out.",
    example: "steps: [run the tests]",
  },
  "cannot-write": {
    severity: "error",
    explanation: "A change cannot be written into this file without losing or moving something else. Nothing of it is written.",
    example: "in-progress, in a file that knows only passes: true and passes: false",
  },
  "case-collision": {
    severity: "warning",
    explanation: "Two files differ only by the case of their letters. On many machines one of them hides the other.",
    example: "docs/Plan.md and docs/plan.md",
  },
  "children-disagree": {
    severity: "warning",
    explanation: "A task is completed while a part of it is not, or all of its parts are done while it is not. Its own status counts.",
    example: "- [x] 2. Login, above - [ ] 2.1 Rate limits",
  },
  "dangling-dependency": {
    severity: "warning",
    explanation: "A task depends on an id that its plan does not hold. The dependency is left out.",
    example: "dependencies: AUTH-0003",
  },
  "dependency-cycle": {
    severity: "error",
    explanation: "Tasks depend on each other in a circle, so none of them can ever be ready.",
    example: "A-1 → A-2 → A-1",
  },
  "done-before-dependency": {
    severity: "warning",
    explanation: "A task is completed although a task that it depends on is not.",
    example: "DEPLOY-2 is done, but BUILD-1, which it depends on, is busy",
  },
  "duplicate-id": {
    severity: "error",
    explanation: "Two rows have the same id (case and zero padding do not tell ids apart). The first row stands, the other is not read.",
    example: "AUTH-005 on line 7 and auth-5 on line 31",
  },
  "duplicate-key": {
    severity: "error",
    explanation: "A map of a YAML file has one key twice. The first counts here; others refuse the file, or take the last.",
    example: "status: todo and, four lines below in the same task, status: done",
  },
  "id-reused": {
    severity: "warning",
    explanation: "Two plans use one id for tasks with different titles, so a mention of that id cannot be told to belong to either.",
    example: "FE-004 is “Login page” in one plan and “Chart colours” in another",
  },
  "json-syntax": {
    severity: "error",
    explanation: "The file is not readable JSON, or is nested deeper than any plan. It is not read.",
    example: '{"tasks": [',
  },
  "missing-id": {
    severity: "warning",
    explanation: "A row has a title but no id. It is not a task, since nothing could refer to it.",
    example: "| | Write the tests | todo |",
  },
  mojibake: {
    severity: "warning",
    explanation:
      "The file was saved after its UTF-8 bytes had been read as another encoding, so that signs turned into several wrong ones.",
    example: "Plan â€” phase 1",
  },
  "no-id-column": {
    severity: "error",
    explanation: "A table of tasks has no column of ids, so nothing could refer to its rows. It is not read.",
    example: "| Task | Status |",
  },
  "no-status-column": {
    severity: "warning",
    explanation: "A table of tasks has no status column. Its tasks are read as todo.",
    example: "| ID | Task | Owner |",
  },
  "no-tasks": {
    severity: "warning",
    explanation: "The file has the form of a plan, but holds no task.",
    example: "a header without rows",
  },
  "not-a-plan": {
    severity: "error",
    explanation: "The configuration or the command names this file as a plan, but no tasks with ids are found in it.",
    example: "notes without a task table",
  },
  "not-utf8": {
    severity: "warning",
    explanation: "The file holds bytes that are not UTF-8; each reads as a replacement sign.",
    example: "a file saved as Latin-1",
  },
  "retired-id-reused": {
    severity: "error",
    explanation: "The configuration retires an id, but the plan gives it to a task. Old references would count for the new task.",
    example: "retired: [AUTH-013]",
  },
  "second-box": {
    severity: "warning",
    explanation: "An item has two boxes, so that nobody can tell which one counts. It is not read as a task.",
    example: "- [ ] - [X] T004 Create the folders",
  },
  "second-header": {
    severity: "warning",
    explanation: "A header stands among the rows. It is not a task; the rows below it are read by it.",
    example: "id,task,status in the middle of a file",
  },
  "section-disagrees": {
    severity: "note",
    explanation: "A row stands under a heading that names one status and says another itself. The row's own word counts.",
    example: "In Progress, under the heading “Completed”",
  },
  "snapshot-drift": {
    severity: "warning",
    explanation: "The table kept between PLAN:BEGIN and PLAN:END no longer says what the plan says that it shows.",
    example: "AUTH-005 is todo in the table and completed in the plan",
  },
  "status-disagrees": {
    severity: "warning",
    explanation: "A task says its status twice, by a word and by a flag such as passes, and the two differ. The flag counts.",
    example: 'passes: false beside status: "done"',
  },
  "table-without-ids": {
    severity: "warning",
    explanation: "Beside the tasks that are read, a table of tasks has no column of ids. It is left aside.",
    example: "| Task | Status |, below a table with ids",
  },
  "too-large": {
    severity: "error",
    explanation:
      "The file is larger than a plan may be: 20 MB or 100 000 tasks, for Markdown 512 KB or 25 000 lines, for YAML 8 MB or 400 000 words and signs. It is not read at all.",
    example: "a data export named plan.csv",
  },
  "unclosed-block": {
    severity: "warning",
    explanation: "A PLAN:BEGIN is not followed by a PLAN:END. The block is read to the end of the file.",
    example: "<!-- PLAN:BEGIN --> alone",
  },
  "unclosed-fence": {
    severity: "warning",
    explanation: "A code fence is opened and never closed, so that all behind it reads as code.",
    example: "```bash without its closing ```",
  },
  "unclosed-quote": {
    severity: "error",
    explanation: "A quoted field has no closing quote and swallows the rest of the file. The file is not read.",
    example: 'AUTH-005,"Harden the login,backend,todo',
  },
  "unknown-key": {
    severity: "error",
    explanation: "The configuration has a key that means nothing here. The last valid configuration stays in force.",
    example: "complation: title",
  },
  "unknown-parent": {
    severity: "warning",
    explanation: "A task says that it is a part of another, which the plan does not hold. It is read as a task of its own.",
    example: "parent_task_id: BACK-404",
  },
  "unknown-priority": {
    severity: "warning",
    explanation: "A priority is none of P0–P4, critical, high, medium, low, or a rank. The task is read without one.",
    example: "priority: soonish",
  },
  "unknown-status": {
    severity: "warning",
    explanation: "A status is none of the spellings that are known. The task is read as todo.",
    example: "status: cooking",
  },
  "unread-lines": {
    severity: "warning",
    explanation:
      "Lines were skipped because they are nested too deep, or stand in one run of text without end. No task is looked for there.",
    example: "a thousand lines of a log without a code fence",
  },
  "wrong-field-count": {
    severity: "error",
    explanation:
      "A row has more or fewer fields than the header, most often for an unquoted comma. It is not read, since its fields cannot be told apart.",
    example: "AUTH-005,Harden login, logout,backend,todo",
  },
  "yaml-syntax": {
    severity: "error",
    explanation: "A file is not readable YAML. It is not read; of a configuration the last valid version stays in force.",
    example: "mode: [live",
  },
} as const satisfies Readonly<Record<string, Entry>>;

export type ProblemCode = keyof typeof problems;

/** Where a problem is: a path and a place in it, counted from 1. */
export type Spot = { readonly path: string; readonly line: number; readonly column: number };

/** A problem with the severity its kind has. `suggestion` is what could stand there instead. */
export function problem(code: ProblemCode, spot: Spot, message: string, suggestion?: string): Problem {
  const { path, line, column } = spot;
  const found = { code, severity: problems[code].severity, message, path, line, column };
  return suggestion === undefined ? found : { ...found, suggestion };
}
