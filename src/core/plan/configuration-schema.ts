import { z } from "zod";
import { type Configuration, statuses } from "../words.ts";
import { isSchedule } from "./cron.ts";
import { isCalendarDate } from "./iso-date.ts";

const word = z.string().trim().min(1).max(200);
const words = z.array(word).max(500);
// YAML reads `12` as a number; `1.10` would lose its zero, so that only whole numbers pass without quotes.
const id = z.union([word, z.int()], { error: "expected an id (in quotes if it is a number with a dot)" }).transform(String);
const ids = z.array(id).max(2000);
const path = word.transform((written) => written.replace(/^(?:\.\/)+/, ""));
const date = z.string().refine(isCalendarDate, "expected a day written as YYYY-MM-DD");
const role = z.enum(["read", "triage", "write", "maintain", "admin"]);
const cronWanted = "expected the five fields of a cron line that comes some time, such as “0 10 * * 1”, or off";
const schedule = z
  .string()
  .regex(/^(?:off|(?:[\d*,/A-Za-z-]+ +){4}[\d*,/A-Za-z-]+)$/, { error: cronWanted, abort: true })
  .refine((text) => text === "off" || isSchedule(text), cronWanted);
const timezone = z.string().refine(isTimeZone, "expected the name of a time zone, such as Europe/Berlin");
const issue = z.union([z.int().positive(), z.enum(["auto", "off"])], { error: "expected the number of an issue, auto or off" });
const hours = z.number().positive().max(24);

/** `.github/plankeeper.yml` as it may be written. Every key is optional, an unknown one is refused. */
export const writtenConfiguration = z.strictObject({
  mode: z.enum(["live", "observe"]).optional(),
  plans: z
    .array(z.strictObject({ path, snapshot: path.optional(), aliases: z.record(word, id).optional(), retired: ids.optional() }))
    .max(200)
    .optional(),
  completion: z.enum(["title", "keyword"]).optional(),
  completion_branches: words.optional(),
  completion_requires: words.optional(),
  gates: z.array(z.strictObject({ workflow: word, tasks: ids })).optional(),
  dependencies: z.enum(["show", "block"]).optional(),
  verbs: z.strictObject({ complete: words, link: words, start: words, reopen: words, not: words, and: words }).partial().optional(),
  labels: z.strictObject({ todo: words, "in-progress": words, completed: words, blocked: words, deferred: words }).partial().optional(),
  milestones: z.record(word, z.strictObject({ title: word.optional(), due: date.optional(), tasks: ids.optional() })).optional(),
  summary: z.strictObject({ issue, schedule, timezone }).partial().optional(),
  comments: z
    .strictObject({ blockers: z.enum(["on", "off"]), milestones: z.enum(["on", "off"]) })
    .partial()
    .optional(),
  check: z.strictObject({ fail_on: z.array(z.enum(["plan-errors", "blocked-task", "unknown-task", "no-task"])).optional() }).optional(),
  write_back: z.enum(["off", "pull-request", "commit"]).optional(),
  commands: z.strictObject({ status: role, block: role, plan: role }).partial().optional(),
  capacity: z
    .strictObject({ hours_per_day: hours, owners: z.record(word, z.number().positive()), holidays: z.array(date).max(500) })
    .partial()
    .optional(),
  backfill: z
    .strictObject({ days: z.int().min(0).max(3650), since: date })
    .partial()
    .optional(),
});

export type WrittenConfiguration = z.infer<typeof writtenConfiguration>;

/** The JSON Schema of the configuration file, for editors. */
export const configurationSchema = z.toJSONSchema(writtenConfiguration, { io: "input" });

/** What holds where the file says nothing. */
export const defaultConfiguration: Configuration = {
  mode: "live",
  plans: [],
  completion: "title",
  completionBranches: [],
  completionRequires: [],
  gates: [],
  dependencies: "show",
  verbs: { complete: [], link: [], start: [], reopen: [], not: [], and: [] },
  labels: {
    todo: [],
    "in-progress": ["in progress", "status: in progress"],
    completed: [],
    blocked: ["blocked", "plan: blocked"],
    deferred: [],
  },
  milestones: {},
  summary: { issue: "auto", schedule: "0 10 * * 1", timezone: "UTC" },
  comments: { blockers: "on", milestones: "on" },
  check: { failOn: ["plan-errors"] },
  writeBack: "off",
  commands: { status: "triage", block: "triage", plan: "maintain" },
  capacity: { hoursPerDay: 6, owners: {}, holidays: [] },
  backfill: { days: 90, since: null },
};

/** The configuration in force: what is written, and the defaults for the rest. */
export function filled(written: WrittenConfiguration): Configuration {
  const none = defaultConfiguration;
  return {
    mode: written.mode ?? none.mode,
    plans: (written.plans ?? []).map((plan) => ({
      path: plan.path,
      snapshot: plan.snapshot ?? null,
      aliases: plan.aliases ?? {},
      retired: plan.retired ?? [],
    })),
    completion: written.completion ?? none.completion,
    completionBranches: written.completion_branches ?? none.completionBranches,
    completionRequires: written.completion_requires ?? none.completionRequires,
    gates: written.gates ?? none.gates,
    dependencies: written.dependencies ?? none.dependencies,
    verbs: {
      complete: written.verbs?.complete ?? none.verbs.complete,
      link: written.verbs?.link ?? none.verbs.link,
      start: written.verbs?.start ?? none.verbs.start,
      reopen: written.verbs?.reopen ?? none.verbs.reopen,
      not: written.verbs?.not ?? none.verbs.not,
      and: written.verbs?.and ?? none.verbs.and,
    },
    labels: labelsOf(written.labels ?? {}),
    milestones: Object.fromEntries(
      Object.entries(written.milestones ?? {}).map(([key, { title, due, tasks }]) => [
        key,
        { title: title ?? null, due: due ?? null, tasks: tasks ?? [] },
      ]),
    ),
    summary: {
      issue: written.summary?.issue ?? none.summary.issue,
      schedule: written.summary?.schedule ?? none.summary.schedule,
      timezone: written.summary?.timezone ?? none.summary.timezone,
    },
    comments: {
      blockers: written.comments?.blockers ?? none.comments.blockers,
      milestones: written.comments?.milestones ?? none.comments.milestones,
    },
    check: { failOn: written.check?.fail_on ?? none.check.failOn },
    writeBack: written.write_back ?? none.writeBack,
    commands: {
      status: written.commands?.status ?? none.commands.status,
      block: written.commands?.block ?? none.commands.block,
      plan: written.commands?.plan ?? none.commands.plan,
    },
    backfill: { days: written.backfill?.days ?? none.backfill.days, since: written.backfill?.since ?? none.backfill.since },
    capacity: {
      hoursPerDay: written.capacity?.hours_per_day ?? none.capacity.hoursPerDay,
      owners: written.capacity?.owners ?? none.capacity.owners,
      holidays: written.capacity?.holidays ?? none.capacity.holidays,
    },
  };
}

/** GitHub compares label names without case. */
function labelsOf(written: NonNullable<WrittenConfiguration["labels"]>): Configuration["labels"] {
  return Object.fromEntries(
    statuses.map((status) => [status, (written[status] ?? defaultConfiguration.labels[status] ?? []).map((name) => name.toLowerCase())]),
  );
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    // The one way a runtime answers "I know no such zone".
    return false;
  }
}
