import { commands } from "../core/evidence/commands.ts";
import { formats } from "../core/plan/formats/registry.ts";
import { problems } from "../core/plan/problems.ts";
import { spellings } from "../core/plan/status-spelling.ts";
import { findings, statuses } from "../core/words.ts";
import { code, page, prose, table } from "./reference-table.ts";

export type VariableTexts = Readonly<
  Record<string, { readonly about: string; readonly fallback: string | null; readonly secret: boolean }>
>;

/** What people can write in comments. */
export function commandsPage(): string {
  const rows = Object.values(commands).map(({ usage, does, least, examples }) => [
    code(usage),
    prose(does),
    least === null ? "everyone" : code(`commands.${least}`),
    examples.map(code).join("<br>"),
  ]);
  return page(
    "Commands",
    "A command is a line of its own in a comment on an issue or a pull request. Who may use it to change something is set in the",
    "[configuration](configuration.md), under the key that stands beside it.",
    "",
    ...table(["Write", "What it does", "Who", "For example"], rows),
  );
}

/** What plans can be written in. */
export function formatsPage(): string {
  const rows = Object.entries(formats).map(([name, { summary }]) => [code(name), prose(summary)]);
  return page(
    "Plan formats",
    "What a file is, its content tells, not its name alone; the formats look at it in this order. `npx plankeeper check` says what was taken and",
    "why, `show` every task as it is read. All of them can be written, too (`set`, `write_back`); what one of them has no way to say is told.",
    "",
    ...table(["Format", "What it is"], rows),
  );
}

/** How the five statuses are spelled in plan files. */
export function statusesPage(): string {
  const rows = statuses.map((status) => {
    const { words, boxes, emojis } = spellings[status];
    const signs = [...[...boxes].map((box) => code(`[${box}]`)), ...emojis];
    return [code(status), words.map(prose).join(", "), signs.join(" ")];
  });
  return page(
    "Statuses",
    "A task has one of five statuses. Plan files may spell them in many ways; the spelling that a file uses is kept when it is written back.",
    "Capitals, an emoji before the word, and `_`, `-` or spaces between words do not matter. `recurring`, `ongoing` and 🔁 mean in progress",
    "for ever.",
    "",
    ...table(["Status", "Words", "Signs"], rows),
  );
}

/** Everything that can be wrong in a plan file or the configuration. */
export function problemsPage(): string {
  const rows = Object.entries(problems).map(([name, { severity, explanation, example }]) => [
    code(name),
    severity,
    prose(explanation),
    code(example),
  ]);
  return page(
    "Problems",
    "What Plankeeper finds wrong in plan files and in its configuration: on the lines of a pull request's check, in the plan summary, and",
    "with `npx plankeeper check`.",
    "",
    ...table(["Code", "Severity", "What it means", "For example"], rows),
  );
}

/** Everything odd that is said of tasks without changing their status. */
export function findingsPage(): string {
  const rows = Object.entries(findings).map(([name, { severity, explanation, example, mend }]) => [
    code(name),
    severity,
    prose(explanation),
    prose(mend),
    code(example),
  ]);
  return page(
    "Findings",
    "What Plankeeper finds odd about tasks: in the plan summary, the most important first as here, in the answer to `/status ID`, and on the",
    "checks of pull requests that name the task, as far as it does not come about by waiting. A finding never changes a status.",
    "",
    ...table(["Code", "Severity", "What it means", "What to do", "For example"], rows),
  );
}

/** The environment variables of the app. */
export function environmentPage(variables: VariableTexts): string {
  const rows = Object.entries(variables).map(([name, { about, fallback, secret }]) => [
    code(name),
    prose(about) + (secret ? " **Secret.**" : ""),
    fallback === null ? "" : code(fallback),
  ]);
  return page(
    "Environment",
    "What the app is told when it starts, by its environment or by the file `.env` in its working directory. The environment wins; an empty",
    "value counts as not set. Everything that is missing or wrong is said at once. Without `APP_ID` and a key the app offers to register",
    "itself at GitHub and keeps what it gets in `.env`.",
    "",
    ...table(["Variable", "What it is for", "When not set"], rows),
  );
}
