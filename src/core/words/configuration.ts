/** What `.github/plankeeper.yml` can say. */
import type { IsoDate, Status } from "./basic.ts";

export const roles = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof roles)[number];
/** Whether someone with role `held` may do what asks for at least `least`. */
export const mayDo = (held: Role, least: Role): boolean => roles.indexOf(held) >= roles.indexOf(least);

export type Mode = "live" | "observe";

export type Gate = { readonly workflow: string; readonly tasks: readonly string[] };
export type PlanSetting = {
  readonly path: string;
  readonly snapshot: string | null;
  readonly aliases: Readonly<Record<string, string>>;
  readonly retired: readonly string[];
};
export type MilestoneSetting = { readonly title: string | null; readonly due: IsoDate | null; readonly tasks: readonly string[] };

/** A repository's own words beside the built-in ones; in `not` a phrase around the verb is written with `…` (`ne … pas`). */
export type OwnVerbs = {
  readonly complete: readonly string[];
  readonly link: readonly string[];
  readonly start: readonly string[];
  readonly reopen: readonly string[];
  readonly not: readonly string[];
  /** What joins ids in a list, as “and” does. */
  readonly and: readonly string[];
};

/** `.github/plankeeper.yml`, every key filled in. Read by `readConfiguration`. */
export type Configuration = {
  readonly mode: Mode;
  readonly plans: readonly PlanSetting[];
  readonly completion: "title" | "keyword";
  /** Globs; empty means the default branch alone. */
  readonly completionBranches: readonly string[];
  readonly completionRequires: readonly string[];
  readonly gates: readonly Gate[];
  readonly dependencies: "show" | "block";
  readonly verbs: OwnVerbs;
  /** Label names (lower case) that set a status while they are on a linked issue or pull request; `blocked` ones hold. */
  readonly labels: Readonly<Partial<Record<Status, readonly string[]>>>;
  readonly milestones: Readonly<Record<string, MilestoneSetting>>;
  /** `schedule` = the five fields of a cron line in that time zone, or `off`: when the digest is posted. */
  readonly summary: { readonly issue: number | "auto" | "off"; readonly schedule: string; readonly timezone: string };
  /** What is said in issues of people beside replies. */
  readonly comments: { readonly blockers: "on" | "off"; readonly milestones: "on" | "off" };
  readonly check: { readonly failOn: readonly string[] };
  readonly writeBack: "off" | "pull-request" | "commit";
  readonly commands: Readonly<Record<"status" | "block" | "plan", Role>>;
  /** `owners`: people behind each owner's name; `unassigned`: behind tasks that name none. Saturdays, Sundays and `holidays` are free. */
  readonly capacity: {
    readonly hoursPerDay: number;
    readonly owners: Readonly<Record<string, number>>;
    readonly holidays: readonly IsoDate[];
  };
  /** How far back the history is read when the app is installed: so many days, or since a day. */
  readonly backfill: { readonly days: number; readonly since: IsoDate | null };
};
