import type { Configuration, Status } from "../words.ts";

export const commandNames = [
  "status",
  "block",
  "unblock",
  "start",
  "done",
  "defer",
  "reopen",
  "link",
  "unlink",
  "undo",
  "why",
  "explain",
  "plan",
  "help",
] as const;
export type CommandName = (typeof commandNames)[number];

/** What people can write at the beginning of a line of a comment. Help, reference pages and tests are made from this. */
export type CommandRule = {
  readonly usage: string;
  readonly does: string;
  /** Whose setting (`commands:` in the configuration) says which role may change something with it; null where everyone may. */
  readonly least: keyof Configuration["commands"] | null;
  /** The status that the command sets whatever follows; null where it sets none, or the one that is written. */
  readonly sets: Status | null;
  readonly examples: readonly string[];
  /** Lines that look like this command but do nothing, or are answered with what is wrong. */
  readonly nearMisses: readonly string[];
};

export const commands = {
  status: {
    usage: "/status [task] [status] [reason]",
    does: "Shows the plan or one task and why it stands so; with a status, sets it.",
    least: "status",
    sets: null,
    examples: [
      "/status",
      "/status AUTH-005",
      "/status AUTH-005 in progress",
      "/status AUTH-005 blocked waiting for keys",
      "/status 014-roadmap#T012 done",
    ],
    nearMisses: ["/status AUTH-005 finnished", "/status done", "/statsu AUTH-005", "please run /status"],
  },
  block: {
    usage: "/block <task> [on <task>] [reason]",
    does: "Holds a task as blocked until it is unblocked, or until the other task is completed.",
    least: "block",
    sets: null,
    examples: ["/block AUTH-005 waiting for keys", "/block AUTH-005 on AUTH-003", "/block AUTH-005 on AUTH-003 needs its schema"],
    nearMisses: ["/block", "/block AUTH-005 on AUTH-005", "/lock"],
  },
  unblock: {
    usage: "/unblock <task>",
    does: "Ends what `/block` began.",
    least: "block",
    sets: null,
    examples: ["/unblock AUTH-005"],
    nearMisses: ["/unblock", "/unlock AUTH-005"],
  },
  start: {
    usage: "/start <task>",
    does: "Sets a task in progress.",
    least: "status",
    sets: "in-progress",
    examples: ["/start AUTH-005", "/start AUTH-005, AUTH-006"],
    nearMisses: ["/start", "/restart AUTH-005"],
  },
  done: {
    usage: "/done <task>",
    does: "Completes a task.",
    least: "status",
    sets: "completed",
    examples: ["/done AUTH-005", "/done AUTH-005 and AUTH-006"],
    nearMisses: ["/done", "/done with it", "`/done AUTH-005`"],
  },
  defer: {
    usage: "/defer <task> [reason]",
    does: "Puts a task off: pull requests do not complete it until it is reopened.",
    least: "status",
    sets: "deferred",
    examples: ["/defer AUTH-005", "/defer AUTH-005 not this quarter"],
    nearMisses: ["/defer", "> /defer AUTH-005"],
  },
  reopen: {
    usage: "/reopen <task>",
    does: "Sets a finished task in progress again.",
    least: "status",
    sets: "in-progress",
    examples: ["/reopen AUTH-005"],
    // Alone it is another bot's command for the issue itself.
    nearMisses: ["/reopen", "/open AUTH-005"],
  },
  link: {
    usage: "/link <task>",
    does: "Links this issue to a task: from now on its labels and its closing speak for the task.",
    least: "status",
    sets: null,
    examples: ["/link AUTH-005", "/link AUTH-005 and AUTH-006"],
    nearMisses: ["/link", "/links AUTH-005", "see /link AUTH-005"],
  },
  unlink: {
    usage: "/unlink <task>",
    does: "Ends what `/link` began.",
    least: "status",
    sets: null,
    examples: ["/unlink AUTH-005"],
    nearMisses: ["/unlink", "`/unlink AUTH-005`"],
  },
  undo: {
    usage: "/undo [task]",
    does: "Takes back your own last command here or, with a task, whatever set its status last; once more brings it back.",
    least: "status",
    sets: null,
    examples: ["/undo", "/undo AUTH-005"],
    nearMisses: ["/undo that, please", "/undone AUTH-005"],
  },
  why: {
    usage: "/why <task>",
    does: "Shows every change of a task's status with its cause, what holds it, and what would change it.",
    least: null,
    sets: null,
    examples: ["/why AUTH-005"],
    nearMisses: ["/why", "/why not AUTH-005", "/what AUTH-005"],
  },
  explain: {
    usage: "/explain <text>",
    does: "Shows how a text is read: the tasks it names, the verb of each, and what is passed over.",
    least: null,
    sets: null,
    examples: ["/explain fixes AUTH-005, part of AUTH-006"],
    nearMisses: ["/explain", "/complain fixes AUTH-005"],
  },
  plan: {
    usage: "/plan sync",
    does: "Reads what happened before Plankeeper was here, or while it was away, and shows how far that is.",
    least: "plan",
    sets: null,
    examples: ["/plan sync"],
    // Alone it is another bot's command.
    nearMisses: ["/plan", "/plan snyc", "/plan the next sprint"],
  },
  help: {
    usage: "/help",
    does: "Shows these commands.",
    least: null,
    sets: null,
    examples: ["/help"],
    nearMisses: ["/helm upgrade", "/hold"],
  },
} as const satisfies Record<CommandName, CommandRule>;

/** Commands of other bots that are a slip of the pen away from ours, or that a person surely meant for another bot. */
export const othersCommands: ReadonlySet<string> = new Set(
  `approve, area, assign, cc, close, deploy, hold, kind, label, lgtm, lock, merge, milestone, ok-to-test, open, priority, rebase,
   remove, rerun, restart, retest, retitle, run, stop, test, unassign, unlock`.split(/,\s+/),
);
