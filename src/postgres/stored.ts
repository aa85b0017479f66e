import { z } from "zod";
import {
  type Cause,
  type Finding,
  type FindingCode,
  type FoldedTask,
  type History,
  isFindingCode,
  type LinkedIssue,
  type PlannedTask,
  type PlanRow,
  type Problem,
  type RowStatement,
  statuses,
  type Track,
} from "../core/words.ts";

/** Schemas of the JSON columns: whatever comes back from a row is read by one of these. */

const status = z.enum(statuses);

export const causeSchema: z.ZodType<Cause> = z.object({
  fact: z.string(),
  rule: z.string(),
  actor: z.string().nullable(),
  link: z.string().nullable(),
  words: z.string(),
});

export const declaredSchema: z.ZodType<PlannedTask> = z.object({
  id: z.string(),
  token: z.string(),
  scope: z.string(),
  parent: z.string().nullable(),
  title: z.string(),
  status,
  writtenStatus: z.string(),
  recurring: z.boolean(),
  owner: z.string().nullable(),
  priority: z.number().nullable(),
  dependencies: z.array(z.string()),
  hours: z.number().nullable(),
  start: z.string().nullable(),
  due: z.string().nullable(),
  completed: z.string().nullable(),
  phase: z.string().nullable(),
  milestone: z.string().nullable(),
  notes: z.string().nullable(),
  optional: z.boolean(),
  steps: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      tests: z.array(z.string()),
      edits: z.array(z.string()),
      verify: z.array(z.string()),
      commit: z.string().nullable(),
      line: z.number(),
    }),
  ),
  extra: z.record(z.string(), z.string()),
  file: z.string(),
  line: z.number(),
});

export const historySchema: z.ZodType<History> = z.array(
  z.object({ at: z.number(), before: status.nullable(), after: status, cause: causeSchema }),
);

export const trackSchema: z.ZodType<Track> = z.array(z.object({ at: z.number(), finished: z.boolean() }));

const linkedIssueSchema: z.ZodType<LinkedIssue> = z.object({
  number: z.number(),
  open: z.boolean(),
  assignees: z.array(z.string()),
  milestone: z.string().nullable(),
  waitsFor: z.array(z.object({ repository: z.string().nullable(), number: z.number() })),
  parts: z.object({ all: z.number(), closed: z.number(), unknown: z.number() }),
});
const finding: z.ZodType<Finding> = z
  .object({ code: z.custom<FindingCode>(isFindingCode), token: z.string(), message: z.string(), link: z.string().optional() })
  .transform(({ link, ...rest }) => (link === undefined ? rest : { ...rest, link }));

/** A task's `folded` column; its history stands in `transitions`. */
export const foldedSchema: z.ZodType<Omit<FoldedTask, "history"> & { readonly present: boolean }> = z.object({
  present: z.boolean(),
  state: z.object({
    status,
    since: z.number(),
    cause: causeSchema,
    underneath: status,
    holds: z.array(z.object({ key: z.string(), since: z.number(), reason: z.string(), cause: causeSchema })),
    waits: z.array(z.string()).default([]),
    findings: z.array(finding),
    touched: z.object({ at: z.number(), cause: causeSchema, landed: z.boolean() }).nullable().default(null),
    evidence: z.boolean(),
    released: z.array(z.object({ environment: z.string(), at: z.number() })).default([]),
    issues: z.array(linkedIssueSchema).default([]),
  }),
  track: trackSchema,
  waitsFor: z.array(z.string()),
});

export const statementSchema: z.ZodType<RowStatement> = z.object({
  fact: z.string(),
  scope: z.string(),
  token: z.string(),
  at: z.number(),
  commit: z.string(),
  status,
  written: z.string(),
  line: z.number(),
});

const problem: z.ZodType<Problem> = z
  .object({
    code: z.string(),
    severity: z.enum(["error", "warning", "note"]),
    message: z.string(),
    path: z.string(),
    line: z.number(),
    column: z.number(),
    suggestion: z.string().optional(),
  })
  .transform(({ suggestion, ...rest }) => (suggestion === undefined ? rest : { ...rest, suggestion }));

export const planRowSchema: z.ZodType<PlanRow> = z.object({
  path: z.string(),
  format: z.string(),
  role: z.enum(["plan", "snapshot", "removed"]),
  of: z.string().nullable(),
  fact: z.string(),
  watchedSince: z.number(),
  milestones: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      owner: z.string().nullable(),
      start: z.string().nullable(),
      due: z.string().nullable(),
      notes: z.string().nullable(),
      line: z.number(),
    }),
  ),
  risks: z.array(
    z.object({ id: z.string(), title: z.string(), impact: z.string(), likelihood: z.string(), mitigation: z.string(), line: z.number() }),
  ),
  roles: z.array(z.object({ what: z.string(), people: z.record(z.string(), z.string()), line: z.number() })),
  cadence: z.array(z.object({ words: z.string(), line: z.number() })),
  criteria: z.object({ open: z.number(), done: z.number() }),
  problems: z.array(problem),
  unreadable: z.string().nullable(),
});
