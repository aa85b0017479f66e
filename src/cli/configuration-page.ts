import { z } from "zod";
import { configurationSchema, defaultConfiguration } from "../core/plan/configuration.ts";
import { code, page, table } from "./reference-table.ts";

/** What each key means, in Markdown. A key of the schema without a text stops the making of the page. */
const texts: Readonly<Record<string, string>> = {
  mode: "`observe`: nothing is written to GitHub; what would have been is recorded.",
  "plans[].path":
    "A plan file, a glob such as `specs/*/tasks.md`, or a folder with a file for each task (`backlog/`). Without `plans` the files are found by what is in them.",
  "plans[].snapshot": "A Markdown file that shows this plan as a table between `<!-- PLAN:BEGIN -->` and `<!-- PLAN:END -->`.",
  "plans[].aliases.<name>": "What an old prefix (`TASK: BACK`) or a single old id (`SEC-3: AUTH-009`) means today.",
  "plans[].retired": "Ids that are never used again; citing one is a warning.",
  completion:
    "What a merged pull request needs to complete a task: its id in the title, a label or the branch, or a word such as “completes”.",
  completion_branches: "The branches on which work counts as done, as globs.",
  completion_requires: "Workflows that must pass on the merge commit before the task counts as completed.",
  "gates[].workflow":
    "A workflow, by its name or its file, or a CI service by the name of its app (`circleci-checks`). While it fails on a completion branch the tasks are blocked.",
  "gates[].tasks": "The tasks it blocks: ids, or `*` for a group (`AUTH-*`).",
  dependencies:
    "`block`: a task is blocked as long as one that it depends on is not completed, or an issue that its own issue waits for is open. `show`: it is only said.",
  "verbs.complete":
    "More words that complete a task (`ships AUTH-005`), in any language: each form by itself (`schließt`, `geschlossen`), `erledigt AUTH-005` then does what `closes AUTH-005` does.",
  "verbs.link": "More words that only mention a task. A word of your own replaces what it meant before.",
  "verbs.start": "More words that start a task (`beginnt`).",
  "verbs.reopen": "More words that open a task again (`öffnet`).",
  "verbs.not":
    "More words that deny the verb, up to five words before it, or right behind it or its tasks (`nicht`: “schließt AUTH-005 nicht”). A pair around the verb is written with `…` (`ne … pas`).",
  "verbs.and": "More words that join tasks in a list, as “and” and “or” do (`und`).",
  "labels.todo": "Labels that set this status while they are on a linked issue or pull request.",
  "labels.in-progress": "The same.",
  "labels.completed": "The same.",
  "labels.blocked": "Labels that block the task while they are there.",
  "labels.deferred": "Labels that set this status while they are there.",
  "milestones.<name>.title": "How the milestone is called.",
  "milestones.<name>.due": "The day it is due.",
  "milestones.<name>.tasks": "Its tasks: ids, groups (`AUTH-*`), or `phase:MVP`.",
  "summary.issue": "The issue that holds the plan summary. `auto`: one is made.",
  "summary.schedule": "When the digest of what happened is posted in that issue: the five fields of a cron line, or `off`.",
  "summary.timezone":
    "The time zone of the schedule, and the one in which days begin: for forecasts, and wherever the summary, the digest and comments in issues name a day.",
  "comments.blockers":
    "Whether an open issue that speaks for a blocked task gets a comment: what the task holds up, and what would release it.",
  "comments.milestones":
    "Whether an open issue that belongs to a milestone (by its title, a label, or its milestone on GitHub) gets a comment that is kept true: how far the milestone is, and what stands in its way. One issue for each milestone.",
  "check.fail_on":
    "What lets the check “Plan impact” fail: errors that a pull request brings into a plan or configuration file, work on a blocked task, an id that no plan knows, no task at all.",
  write_back:
    "Whether statuses and days of completion are written into the plan files: in one rolling pull request for each plan, or by commits on the default branch. Needs the permission _Contents: write_.",
  "commands.status": "The least role for `/status`, `/start`, `/done`, `/defer` and `/reopen`.",
  "commands.block": "The least role for `/block` and `/unblock`.",
  "commands.plan": "The least role for `/plan sync`.",
  "backfill.days": "How many days of history are read when the app is installed, and by `/plan sync`.",
  "backfill.since": "The day since which history is read, instead of a number of days.",
  "capacity.hours_per_day": `Hours of work that one person does in a day, for forecasts.`,
  "capacity.owners.<name>": `How many people stand behind an owner's name, letter case aside; one where nothing is said. \`unassigned\`: how many take tasks that name no owner.`,
  "capacity.holidays": `Days without work, beside Saturdays and Sundays.`,
};

/** Everything that `.github/plankeeper.yml` can say. */
export function configurationPage(): string {
  const rows = keysOf(schemaNode.parse(configurationSchema), "").map(({ path, node }) => [
    code(path),
    textOf(path),
    typeOf(node),
    defaultOf(path),
  ]);
  return page(
    "Configuration",
    "Plankeeper works without configuration. What it cannot know stands in `.github/plankeeper.yml` on the default branch. Every key is",
    "optional. Unknown keys and wrong values are shown on the pull request that brings them, and the last valid configuration stays in",
    "force. Editors can check the file with [its JSON Schema](plankeeper.schema.json).",
    "",
    ...table(["Key", "What it means", "Value", "When not set"], rows),
  );
}

/** The JSON Schema as a file. */
export function configurationSchemaFile(): string {
  return `${JSON.stringify(configurationSchema, null, 2)}\n`;
}

type SchemaNode = {
  readonly type?: string | undefined;
  readonly enum?: readonly string[] | undefined;
  readonly anyOf?: readonly SchemaNode[] | undefined;
  readonly items?: SchemaNode | undefined;
  readonly properties?: Readonly<Record<string, SchemaNode>> | undefined;
  readonly additionalProperties?: SchemaNode | false | undefined;
};

const schemaNode: z.ZodType<SchemaNode> = z.lazy(() =>
  z.object({
    type: z.string().optional(),
    enum: z.array(z.string()).optional(),
    anyOf: z.array(schemaNode).optional(),
    items: schemaNode.optional(),
    properties: z.record(z.string(), schemaNode).optional(),
    additionalProperties: z.union([z.literal(false), schemaNode]).optional(),
  }),
);

type Key = { readonly path: string; readonly node: SchemaNode };

function keysOf(node: SchemaNode, path: string): readonly Key[] {
  if (node.properties !== undefined) {
    return Object.entries(node.properties).flatMap(([name, held]) => keysOf(held, path === "" ? name : `${path}.${name}`));
  }
  if (node.additionalProperties) return keysOf(node.additionalProperties, `${path}.<name>`);
  if (node.items?.properties !== undefined) return keysOf(node.items, `${path}[]`);
  return [{ path, node }];
}

function textOf(path: string): string {
  const text = texts[path];
  if (text === undefined) throw new Error(`the configuration's key ${path} has no text for its reference page`);
  return text;
}

function typeOf(node: SchemaNode): string {
  if (node.enum !== undefined) return node.enum.map(code).join(", ");
  if (node.anyOf !== undefined) return node.anyOf.map(typeOf).join(" or ");
  if (node.items !== undefined) return `list of ${typeOf(node.items)}`;
  return node.type === "integer" ? "number" : (node.type ?? "").replace("string", "text");
}

function defaultOf(path: string): string {
  const names = path.split(".").map((name) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase()));
  const value = names.reduce<unknown>((held, name) => fieldOf(held, name), defaultConfiguration);
  if (path === "completion_branches") return "the default branch";
  if (Array.isArray(value)) return value.map((item) => code(String(item))).join(", ");
  return value === undefined || value === null ? "" : code(String(value));
}

function fieldOf(value: unknown, name: string): unknown {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return entries.find(([key]) => key === name)?.[1];
}
