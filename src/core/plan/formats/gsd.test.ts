import { expect, test } from "vitest";
import type { Plan, PlanReading } from "../../words.ts";
import type { Change } from "../change.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";

const path = ".planning/ROADMAP.md";
const scope = path;
const read = (text: string, at = path): PlanReading => readPlan({ path: at, text });
const plan = (text: string): Plan => {
  const { plan: found, because } = read(text);
  if (found === null) throw new Error(because);
  return found;
};
const edit = (changes: readonly Change[]) => editPlan({ path, text: sample }, changes);

const sample = `# Roadmap: Weather kite

## Milestones

- ✅ **v1.0 Lift** — Phases 1-2 (shipped 2026-02-23)
- 🚧 **v1.1 Tail** — Phases 3-5 (in progress)

## Phases

<details>
<summary>✅ v1.0 Lift (Phases 1-2)</summary>

- [x] Phase 1: Frame — bends well (2/2 plans) — completed 2026-02-20
- [x] Phase 2: Sail (1/1 plans) — completed 2026-02-23

</details>

- [ ] **Phase 3: Tail** - Keeps it steady (completed 2026-03-01)
- [x] **Phase 3.1: Knots** (INSERTED) - Hold in storms
- [ ] **Phase 4: String** - Long enough

## Phase Details

### Phase 3: Tail
**Goal**: It flies straight
**Depends on**: Phase 2 (the sail), Phase 1
**Requirements**: TAIL-01, TAIL-02
**Success Criteria** (what must be TRUE):
  1. No spinning
**Plans**: 2 plans

Plans:
- [x] 03-01-PLAN.md — Cut the ribbon (completed 2026-02-28)
- [ ] \`03-02-PLAN.md\` — Tie it [depends on 03-01]

### Phase 3.1: Knots (INSERTED)

**Goal:** Hold
**Depends on:** Phase 3
**Plans:** 1 plan

Plans:
- [ ] 03.1-01: Learn knots
- [ ] TBD

### Phase 4: String
**Depends on**: Nothing

### Phase 5: Reel
**Depends on**: Phases 1-4, Phase 9

- [x] **05-01**: Carve it

## Progress

| Phase | Plans Complete | Status | Completed |
|-------|----------------|--------|-----------|
| 3. Tail | 1/2 | In progress | - |
`;

test("phases and plans are tasks; a plan is a part of its phase", () => {
  const found = plan(sample);

  expect(found).toMatchObject({ format: "gsd", scope: path, criteria: { open: 0, done: 0 } });
  expect(found.tasks.map(({ id, token, title, parent, phase }) => [id, token, title, parent, phase])).toEqual([
    ["1", "1", "Frame", null, "Phase 1: Frame"],
    ["2", "2", "Sail", null, "Phase 2: Sail"],
    ["3", "3", "Tail", null, "Phase 3: Tail"],
    ["3.1", "3.1", "Knots", null, "Phase 3.1: Knots"],
    ["4", "4", "String", null, "Phase 4: String"],
    ["03-01", "3-1", "Cut the ribbon", "3", "Phase 3: Tail"],
    ["03-02", "3-2", "Tie it [depends on 03-01]", "3", "Phase 3: Tail"],
    ["03.1-01", "3.1-1", "Learn knots", "3.1", "Phase 3.1: Knots"],
    ["5", "5", "Reel", null, "Phase 5: Reel"],
    ["05-01", "5-1", "Carve it", "5", "Phase 5: Reel"],
  ]);
});

test("a box says the status and the day of completion; a phase without a box is what its plans are", () => {
  expect(plan(sample).tasks.map(({ id, status, writtenStatus, completed }) => `${id} ${status} ${writtenStatus} ${completed}`)).toEqual([
    "1 completed [x] 2026-02-20",
    "2 completed [x] 2026-02-23",
    "3 todo [ ] 2026-03-01",
    "3.1 completed [x] null",
    "4 todo [ ] null",
    "03-01 completed [x] 2026-02-28",
    "03-02 todo [ ] null",
    "03.1-01 todo [ ] null",
    "5 completed  null",
    "05-01 completed [x] null",
  ]);
});

test("the versions above are milestones of the phases they reach over, and of their plans", () => {
  const found = plan(sample);

  expect(found.milestones.map(({ id, title, notes, line }) => `${line} ${id} ${title} ${notes}`)).toEqual([
    "5 v1.0 v1.0 Lift shipped 2026-02-23",
    "6 v1.1 v1.1 Tail in progress",
  ]);
  expect(found.tasks.map(({ milestone }) => milestone)).toEqual(["v1.0", "v1.0", ...Array.from({ length: 8 }, () => "v1.1")]);
});

test("a phase waits for the phases its section names, brackets aside", () => {
  const { tasks } = plan(sample);

  expect(tasks.map(({ dependencies }) => dependencies.join(" "))).toEqual(["", "", "2 1", "3", "", "", "3-1", "", "1 2 3 4", ""]);
  expect(tasks[2]).toMatchObject({ notes: "Keeps it steady", extra: { Requirements: "TAIL-01, TAIL-02" } });
  expect(tasks[3]?.extra).toEqual({ inserted: "yes" });
});

test("what does not fit together is told at its place", () => {
  expect(read(sample).problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual([
    "19:3 children-disagree",
    "39:17 done-before-dependency",
    "50:17 dangling-dependency",
    "50:17 done-before-dependency",
    "50:17 done-before-dependency",
  ]);
});

test("a phase done or opened again has its day written, moved or taken away as the file writes days", () => {
  const { text, unwritten } = edit([
    { kind: "set", scope, token: "3", to: { status: "completed", completed: "2026-03-02" } },
    { kind: "set", scope, token: "3-2", to: { status: "completed", completed: "2026-03-02" } },
    { kind: "set", scope, token: "2", to: { status: "todo", completed: null } },
    { kind: "set", scope, token: "1", to: { completed: "2026-01-01" } },
    { kind: "set", scope, token: "5", to: { status: "in-progress" } },
  ]);

  expect(text).toBe(
    sample
      .replace("— completed 2026-02-20", "— completed 2026-01-01")
      .replace("- [x] Phase 2: Sail (1/1 plans) — completed 2026-02-23", "- [ ] Phase 2: Sail (1/1 plans)")
      .replace(
        "- [ ] **Phase 3: Tail** - Keeps it steady (completed 2026-03-01)",
        "- [x] **Phase 3: Tail** - Keeps it steady (completed 2026-03-02)",
      )
      .replace(
        "- [ ] `03-02-PLAN.md` — Tie it [depends on 03-01]",
        "- [x] `03-02-PLAN.md` — Tie it [depends on 03-01] (completed 2026-03-02)",
      ),
  );
  expect(unwritten.map(({ field, because }) => `${field}: ${because}`)).toEqual(["status: it has no box of its own"]);
});

test("a new plan joins those of its phase, a new phase the list of phases, written as their neighbours are", () => {
  const { text, unwritten } = edit([
    { kind: "add", scope, after: null, task: { id: "03-03", title: "Paint it", owner: "ada" } },
    { kind: "add", scope, after: "3.1", task: { id: "3.2", title: "Glue", status: "completed", completed: "2026-03-05" } },
    { kind: "add", scope, after: null, task: { id: "6", title: "Rest" } },
    { kind: "add", scope, after: null, task: { id: "04-01", title: "No list of plans is there" } },
  ]);

  expect(text).toBe(
    sample
      .replace("Hold in storms\n", "Hold in storms\n- [x] **Phase 3.2: Glue** (completed 2026-03-05)\n")
      .replace("Long enough\n", "Long enough\n- [ ] **Phase 6: Rest**\n")
      .replace("on 03-01]\n", "on 03-01]\n- [ ] `03-03-PLAN.md` — Paint it\n"),
  );
  expect(unwritten.map(({ change, field }) => `${change.kind === "add" ? change.task.id : ""} ${field}`)).toEqual([
    "03-03 owner",
    "04-01 null",
  ]);
});

test("a plan is taken out; a phase with a section of its own is left to people", () => {
  const { text, unwritten } = edit([
    { kind: "remove", scope, token: "3.1-1" },
    { kind: "remove", scope, token: "4" },
  ]);

  expect(text).toBe(sample.replace("- [ ] 03.1-01: Learn knots\n", ""));
  expect(unwritten.map(({ because }) => because)).toEqual([expect.stringContaining("section")]);
});

test("elsewhere a list of phases is anyone's, unless plans of its phases are files of GSD's", () => {
  expect(read("- [ ] Phase 1: One\n- [ ] Phase 2: Two\n", "docs/ROADMAP.md").plan?.format).not.toBe("gsd");
  expect(read(sample, "docs/ROADMAP.md").plan?.format).toBe("gsd");
  expect(read("# State\n\nPhase: 2 of 5\n\n- [ ] Look again\n").plan?.format).not.toBe("gsd");
});
