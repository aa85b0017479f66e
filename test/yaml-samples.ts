/** Plans as people keep them in YAML, of our own writing; by the names their golden files have. */
export const yamlSamples: Readonly<Record<string, string>> = {
  "sprint-status.yaml": `# Sprint status of the boat club's booking site
# Epic Status:
#   - backlog, contexted
generated: 2025-11-20
project: boats
story_location: "{project-root}/docs/sprint"

development_status:
  # ------------------------------------
  # Epic 1: Members and log in
  # ------------------------------------
  epic-1: contexted
  1-1-sign-up-by-invitation: done  # reviewed on Tuesday
  1-2-log-in-and-out: review
    # what the review found stands in the story
  1-3-roles-for-harbour-staff: in-progress
  epic-1-retrospective: optional

  # EPIC-02 — Booking
  epic-02: in-progress
  02-1-calendar-of-berths: ready-for-dev
  02-2-book-a-berth: 'drafted'
  02-10-cancel-a-booking: backlog
  epic-02-retrospective: optional

  # Epic 2.5: Payments, put in later
  epic-2-5: done
  2-5-1-invoice-as-pdf: done
  2-5-2-remind-late-payers: backlog
  epic-2-5-retrospective: completed

  harbour-map-spike: cooking
  02-1-calendar-of-berths: done
`,
  "roadmap.yaml": `# Where the library goes
title: Roadmap
phases:
  - name: Ground work
    status: done
    items:
      - id: 1.9
        title: Parser
        status: done
        owner: ann
      - id: 1.10
        title: "Printer: pretty"
        status: ✅ COMPLETE
        assignees: [ann, bob]
        depends_on: [1.9]
        completed_date: 2025-10-10
  - name: Reach
    items:
      - id: 2.1
        name: Plug-ins
        state: In Progress
        estimate: 3d
        priority: high
        depends_on:
          - 1.10
          - "1.11"
        due: 2026-02-30
        labels: [api, docs]
      - {id: 2.2, name: Web worker, state: planned, depends_on: 2.1}
      - name: Something without an id
      - just a sentence
milestones:
  - id: M1
    title: First public release
    owner: ann
    target: 2026-03-01
    notes: ~
risks:
  - id: R1
    risk: The parser is slow
    impact: high
    likelihood: medium
    mitigation: measure every week
cadence: Mondays 10:00 UTC, plan review
`,
  "epics.yaml": `defaults: &defaults
  owner: team-web
  status: todo

epics:
  - id: E1
    title: Checkout
    stories:
      - <<: *defaults
        id: E1-1
        title: Basket
        status: done
      - <<: *defaults
        id: E1-2
        title: Pay by card
        blocked_by: E1-1
        subtasks:
          - id: 1
            title: Sandbox account
            done: true
          - id: 2
            title: Web hook
            done: false
            depends_on: [1]
  - id: E2
    title: Search
    status: backlog
`,
  "by-id.yaml": `project:
  tasks:
    API-1:
      title: Routes
      status: done
    API-2: {title: Errors, status: doing, parent: API-1}
    'API-3':
      title: Limits
      notes: |
        As agreed:
        no more than ten a second
      optional: true
`,
  "runner.yaml": `version: 1
plan: next
tasks:
  - name: seed-the-database
    tests:
      - npm test -- seed
    edits:
      - add: src/seed.ts
      - update: package.json
    verify: [npm run seed]
    commit: "feat(db): seed on first start"
  - name: readme
    depends_on: [seed-the-database]
    steps:
      - id: outline
        title: Outline
        edits: [README.md]
        commit: "docs: outline"
      - tests: npm run docs
        edits: README.md
        verify: [npm run docs, npx markdownlint README.md]
        commit: "docs: how to start"
      - tidy up
      - id: outline
        edits: [x]
        commit: twice
`,
  "strict.yaml": `tasks:
  - id: AUTH-001
    title: Harden the log in
    status: in-progress
    owner: backend
    priority: P1
    depends_on: []
    estimated_hours: 6
    start: 2026-01-05
    due: 2026-01-16
    phase: MVP
    milestone: M3
    notes: "first line\\nsecond: line"
    artifacts: src/auth.ts
  - id: AUTH-002
    title: "Reset: by mail"
    status: completed
    depends_on: [AUTH-001]
    completed: 2026-01-09
    parent: AUTH-001
milestones:
  - id: M3
    title: Beta
    owner: ann
    start: 2026-01-01
    due: 2026-03-01
    notes: with the harbour
risks:
  - id: R1
    title: Mail provider
    impact: high
    likelihood: low
    mitigation: a second one
`,
  "faults.yaml": `tasks:
  - id: A-1
    title: One
    status: todo
    owner: ann
    owner: bob
  - id: a-01
    title: The same again
    status: cooking
    priority: soonish
  - id: A-3
    title: Round
    status: todo
    depends_on: [A-4]
    due: 07.11.2025
  - id: A-4
    title: About
    status: done
    depends_on: [A-3, A-5]
    hours: 4-6h
`,
  "syntax.yaml": `tasks:
  - id: A-1
    title: Phase 2: the rest
    status: todo
`,
};
