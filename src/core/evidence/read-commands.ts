import { editDistance } from "../plan/nearest.ts";
import { normalise } from "../plan/token.ts";
import { type Command, type Status, statuses, type Token, unreachable } from "../words.ts";
import { type CommandId, idsAtStart } from "./command-ids.ts";
import { commandLines } from "./command-lines.ts";
import { type CommandName, commandNames, commands, othersCommands } from "./commands.ts";
import { statusMeant, statusNear } from "./status-words.ts";

const mostCommands = 20;

/**
 * The commands of a comment, in order, 20 at most. Of an edited comment (`before` = the text it had) only those on new lines.
 * A line that is ours but cannot be carried out has kind "unknown" and a sentence that says why; a line for another bot is left out.
 * `written` is the task's id as written, for "unknown" the whole line. Whether the task exists is for the caller to see.
 */
export function readCommands(text: string, before: string | null): readonly Command[] {
  return commandLines(text, before).flatMap(readLine).slice(0, mostCommands);
}

function readLine(line: string): readonly Command[] {
  const [all, word = ""] = /^\/([a-z][a-z-]*):?(?:\s|$)/i.exec(line) ?? [];
  if (all === undefined) return [];
  const typed = word.toLowerCase();
  const name = commandNames.find((each) => each === typed);
  if (name !== undefined) return readArguments(name, { line, rest: line.slice(all.length).trim() });
  const meant = othersCommands.has(typed) ? undefined : nearestName(typed);
  return meant === undefined ? [] : [unknown(line, `there is no command /${typed}; did you mean /${meant}?`)];
}

// A short name is near to half the words there are, so it must be nearly right.
function nearestName(typed: string): CommandName | undefined {
  return commandNames
    .map((name) => ({ name, steps: editDistance(typed.slice(0, 20), name) }))
    .filter(({ name, steps }) => steps <= (name.length < 5 ? 1 : 2))
    .sort((a, b) => a.steps - b.steps)[0]?.name;
}

type Asked = { readonly line: string; readonly rest: string };

function readArguments(name: CommandName, asked: Asked): readonly Command[] {
  switch (name) {
    case "help":
      return [{ kind: "help" }];
    case "explain":
      if (asked.rest !== "") return [{ kind: "explain", text: asked.rest }];
      return [unknown(asked.line, `it has no text; write it like ${commands.explain.examples[0]}`)];
    case "plan":
      return planCommand(asked);
    case "undo":
      return asked.rest === "" ? [{ kind: "undo", token: null, written: "" }] : forEach(name, asked, (task) => ({ kind: "undo", ...task }));
    case "why":
      return forEach(name, asked, (task) => ({ kind: "why", ...task }));
    case "status":
      return asked.rest === "" ? [{ kind: "status", token: null, written: "", status: null, reason: "" }] : forEach(name, asked, setStatus);
    case "reopen":
      return asked.rest === "" ? [] : forEach(name, asked, set(commands.reopen.sets));
    case "start":
    case "done":
    case "defer":
      return forEach(name, asked, set(commands[name].sets));
    case "block":
      return forEach(name, asked, block);
    case "unblock":
      return forEach(name, asked, (task) => ({ kind: "unblock", ...task }));
    case "link":
    case "unlink":
      return forEach(name, asked, (task) => ({ kind: "link", ...task, linked: name === "link" }));
    default:
      return unreachable(name);
  }
}

/** Other bots have a `/plan` too, with words of their own behind it. */
function planCommand({ line, rest }: Asked): readonly Command[] {
  const said = rest.toLowerCase();
  if (said === "sync") return [{ kind: "sync" }];
  return said.length < longestStatus && said !== "" && editDistance(said, "sync") <= 2
    ? [unknown(line, `${quoted(rest)} is nothing that /plan knows; did you mean /plan sync?`)]
    : [];
}

type Task = { readonly token: Token; readonly scope?: string; readonly written: string };
type Read = (task: Task, rest: string, line: string) => Command;

/** One command for each task that the line names first. */
function forEach(name: CommandName, { line, rest }: Asked, read: Read): readonly Command[] {
  const { ids, behind } = idsAtStart(rest);
  if (ids.length > 0) return ids.map((id) => read(taskOf(id), behind, line));
  const example = commands[name].examples.find((each) => /\d/.test(each)) ?? commands[name].usage;
  const said = rest === "" ? "it names no task" : `${quoted(rest)} is no task id`;
  return [unknown(line, `${said}; write it like ${example}`)];
}

const taskOf = ({ id, scope, written }: CommandId): Task => ({
  token: normalise(id),
  ...(scope === null ? {} : { scope }),
  written,
});

const set =
  (status: Status): Read =>
  (task, rest) => ({ kind: "status", ...task, status, reason: asReason(rest) });

const setStatus: Read = (task, rest, line) => {
  if (rest === "") return { kind: "status", ...task, status: null, reason: "" };
  const said = statusAtStart(rest) ?? statusAtStart(rest.replace(/^(?:as|to|is|:|=|->|→)\s*/i, ""));
  if (said !== null) return { kind: "status", ...task, ...said };
  const words = rest.split(" ");
  const near = statusNear(words);
  const all = `${statuses.slice(0, -1).join(", ")} or ${statuses.at(-1)}`;
  return unknown(line, `${quoted(rest)} is no status; ${near === null ? `it can be ${all}` : `did you mean ${near}?`}`);
};

const mostWords = 3;
const longestStatus = 40;

function statusAtStart(rest: string): { readonly status: Status; readonly reason: string } | null {
  const words = rest.split(" ");
  for (let count = Math.min(mostWords, words.length); count > 0; count -= 1) {
    const written = words.slice(0, count).join(" ");
    const status = written.length > longestStatus ? null : statusMeant(written.replace(/[.,:;!?]+$/, ""));
    if (status !== null) return { status, reason: asReason(words.slice(count).join(" ")) };
  }
  return null;
}

const block: Read = (task, rest, line) => {
  const other = /^on\s+/i.test(rest) ? idsAtStart(rest.replace(/^on\s+/i, "")) : null;
  const waitedFor = other?.ids[0];
  const written = waitedFor?.id;
  // "on third-party keys" is a reason; an id has a number or is written large.
  if (other === null || written === undefined || !(/\d/.test(written) || written === written.toUpperCase())) {
    return { kind: "block", ...task, on: null, reason: asReason(rest) };
  }
  const on = normalise(written);
  if (waitedFor?.scope != null && waitedFor.scope.toLowerCase() !== task.scope?.toLowerCase())
    return unknown(line, `${task.written} can wait only for a task of its own plan, so ${written} is enough`);
  if (on === task.token) return unknown(line, `${task.written} cannot wait for itself`);
  return { kind: "block", ...task, on, reason: asReason(other.behind) };
};

const asReason = (rest: string): string => rest.replace(/^[\s:,;–—-]+/, "").trim();

/** The first word, cut where it is no word any more. */
const quoted = (rest: string): string => {
  const word = rest.split(" ", 1)[0] ?? "";
  return word.length > longestStatus ? `“${word.slice(0, longestStatus)}…”` : `“${word}”`;
};

const unknown = (line: string, problem: string): Command => ({ kind: "unknown", written: line, problem });
