import { commandWords } from "../evidence/command-words.ts";
import type { Known } from "../evidence/known.ts";
import { readCommands } from "../evidence/read-commands.ts";
import { readReferences } from "../evidence/read-references.ts";
import { nowhere, type Surroundings, tasksMeant } from "../evidence/settle.ts";
import { defaultConfiguration } from "../plan/configuration.ts";
import {
  type Command,
  type CommentFact,
  type Configuration,
  type ConfigurationVersion,
  mayDo,
  type PullContentFact,
  type PullFact,
  type Role,
  roles,
  type Status,
  statuses,
  type Token,
  unreachable,
} from "../words.ts";
import type { Aliases } from "./aliases.ts";
import { type EventBody, linkTo, ranks, type TaskEvent } from "./event.ts";

/**
 * Something a comment asks to change, with the least role that may. `token` as written by the person, aliases not yet followed; null for an
 * undo of the person's own last command, whatever that was about.
 */
export type Saying = {
  readonly token: Token | null;
  /** The words before `#` that say which of several tasks with this id is meant. */
  readonly scope: string | null;
  readonly least: Role;
  /** Null where it bears on no task. */
  readonly body: EventBody | null;
  readonly rule: string;
  readonly words: string;
};

/** The changes a comment asks for: commands first, then status lines (a comment's edit counts only what is new in it). */
export function sayingsOf(comment: CommentFact, known: Known, configuration: Configuration): readonly Saying[] {
  const commands = commandsIn(comment, configuration);
  const before = comment.before === null ? [] : statusLines(comment.before, known, configuration).map((line) => line.words);
  const lines = statusLines(comment.text, known, configuration).filter((line) => !before.includes(line.words));
  return [...commands, ...lines];
}

/** The commands of a comment that ask to change something. Which tasks there are makes no difference to them. */
export const commandsIn = (comment: CommentFact, configuration: Configuration): readonly Saying[] =>
  readCommands(comment.text, comment.before).flatMap((command) =>
    command.kind === "link" ? linkIn(comment, command, configuration) : sayingOf(command, configuration),
  );

/** Roles whose comments may state something, by any of these configurations or by the defaults. */
export function speakingRoles(configurations: readonly ConfigurationVersion[]): readonly Role[] {
  const all = [defaultConfiguration, ...configurations.flatMap((version) => version.configuration ?? [])];
  return roles.filter((role) => all.some((configuration) => maySpeak(role, configuration)));
}

const maySpeak = (role: Role, { commands }: Configuration): boolean => Object.values(commands).some((least) => mayDo(role, least));

/** A word on a pull request is about the work there. `pulls` oldest first, `contents` by number and head. */
export function aroundComment(
  comment: CommentFact,
  known: { readonly pulls: readonly PullFact[]; readonly contents: ReadonlyMap<string, PullContentFact> },
): Surroundings {
  const pull = comment.onPull ? known.pulls.findLast(({ number }) => number === comment.issue) : undefined;
  if (pull === undefined) return nowhere;
  return { branches: [pull.branch], files: known.contents.get(`${pull.number}:${pull.headSha}`)?.files ?? [], said: [] };
}

/** A comment as events of tasks (by `rowKey`), for someone whose role is known. Null role: it has not been read yet, so nothing is stated. */
export function commentEvents(input: {
  readonly comment: CommentFact;
  readonly known: Known;
  readonly aliases: Aliases;
  readonly configuration: Configuration;
  readonly role: Role | null;
  readonly around: Surroundings;
}): readonly (readonly [string, TaskEvent])[] {
  const { comment, role } = input;
  // A stranger may write as much as he likes: what he may not say anyway is not even read.
  if (role === null || !maySpeak(role, input.configuration)) return [];
  return sayingsOf(comment, input.known, input.configuration)
    .filter((saying) => mayDo(role, saying.least))
    .flatMap((saying, index): readonly (readonly [string, TaskEvent])[] => {
      if (saying.token === null || saying.body === null) return [];
      const event: TaskEvent = {
        ...aliased(saying.body, input.aliases),
        at: comment.at,
        rank: ranks.comment,
        id: `${comment.id}:${String(index).padStart(3, "0")}`,
        cause: { fact: comment.id, rule: saying.rule, actor: comment.author.login, link: linkTo(comment), words: saying.words },
      };
      const token = input.aliases.follow(saying.token);
      return tasksMeant({ token, scope: saying.scope }, input.known, input.around).map((task) => [task, event] as const);
    });
}

/** A body whose other task, where it names one, is the task meant. */
function aliased(body: EventBody, aliases: Aliases): EventBody {
  return body.kind === "block" && body.on !== null ? { ...body, on: aliases.follow(body.on) } : body;
}

/** A pull request is linked by what it says itself. */
function linkIn(comment: CommentFact, command: Extract<Command, { kind: "link" }>, configuration: Configuration): readonly Saying[] {
  if (comment.onPull) return [];
  const body = { kind: "link", number: comment.issue, linked: command.linked } as const;
  return [
    {
      token: command.token,
      scope: command.scope ?? null,
      least: configuration.commands.status,
      body,
      rule: "command",
      words: commandWords(command),
    },
  ];
}

function sayingOf(command: Exclude<Command, { kind: "link" }>, configuration: Configuration): readonly Saying[] {
  switch (command.kind) {
    case "status":
      return command.token === null || command.status === null
        ? []
        : [
            {
              token: command.token,
              scope: command.scope ?? null,
              least: command.status === "blocked" ? configuration.commands.block : configuration.commands.status,
              body: stating(command.status, command.reason),
              rule: "command",
              words: commandWords(command),
            },
          ];
    case "block":
      return [
        {
          token: command.token,
          scope: command.scope ?? null,
          least: configuration.commands.block,
          body: { kind: "block", on: command.on, reason: command.reason },
          rule: "command",
          words: commandWords(command),
        },
      ];
    case "unblock":
      return [
        {
          token: command.token,
          scope: command.scope ?? null,
          least: configuration.commands.block,
          body: { kind: "unblock" },
          rule: "command",
          words: commandWords(command),
        },
      ];
    case "undo":
      return [
        {
          token: command.token,
          scope: command.scope ?? null,
          least: configuration.commands.status,
          body: { kind: "undo" },
          rule: "command",
          words: commandWords(command),
        },
      ];
    case "sync":
      return [{ token: null, scope: null, least: configuration.commands.plan, body: null, rule: "command", words: commandWords(command) }];
    case "why":
    case "explain":
    case "help":
    case "unknown":
      return [];
    default:
      return unreachable(command);
  }
}

/** "blocked" said by a person is a hold, so that the status beneath it is kept. */
function stating(status: Status, reason: string): EventBody {
  return status === "blocked" ? { kind: "block", on: null, reason } : { kind: "stated", status, person: true };
}

function statusLines(text: string, known: Known, configuration: Configuration): readonly Saying[] {
  return readReferences(text, "comment", known, configuration.verbs).references.flatMap((reference) => {
    const status = statuses.find((each) => reference.verb === `status:${each}`);
    if (status === undefined) return [];
    return [
      {
        token: reference.token,
        scope: reference.scope,
        least: configuration.commands.status,
        body: stating(status, ""),
        rule: "status-line",
        words: reference.words,
      },
    ];
  });
}
