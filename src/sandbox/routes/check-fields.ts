import { refused } from "../acts/refusal.ts";
import { choiceIn, type Fields, fieldsOf, integerIn, listIn, requiredTextIn, textIn, textOrNullIn, timeIn } from "../http/asked.ts";
import type { Annotation } from "../state/world.ts";

/** What a request says about a check run, read and within GitHub's limits. */
export type CheckChange = {
  readonly name: string | undefined;
  readonly externalId: string | undefined;
  readonly detailsUrl: string | undefined;
  readonly status: string | undefined;
  readonly conclusion: string | undefined;
  readonly startedAt: number | undefined;
  readonly completedAt: number | undefined;
  readonly output: Output | undefined;
};

type Output = {
  readonly title: string | null;
  readonly summary: string;
  readonly text: string | null;
  readonly annotations: readonly Annotation[];
};

const longestText = 65_535;
const longestMessage = 64 * 1024;
const mostAnnotations = 50;
const mostActions = 3;
const conclusions = ["action_required", "cancelled", "failure", "neutral", "success", "skipped", "stale", "timed_out"] as const;

export function readCheckChange(fields: Fields): CheckChange {
  checkActions(fields);
  const status = choiceIn(fields, "status", ["queued", "in_progress", "completed"]);
  const conclusion = choiceIn(fields, "conclusion", conclusions);
  if (conclusion === "stale") throw wrong("Only GitHub can set the conclusion to stale.");
  if (status === "completed" && conclusion === undefined) throw wrong('"conclusion" wasn\'t supplied.');
  if (status !== undefined && status !== "completed" && conclusion !== undefined)
    throw wrong('"status" must be completed with a conclusion.');
  return {
    name: textIn(fields, "name"),
    externalId: textIn(fields, "external_id"),
    detailsUrl: textIn(fields, "details_url"),
    status,
    conclusion,
    startedAt: timeIn(fields, "started_at"),
    completedAt: timeIn(fields, "completed_at"),
    output: fields.output === undefined ? undefined : readOutput(fieldsOf(fields.output)),
  };
}

export function requiredName(fields: Fields, name: string): string {
  const value = requiredTextIn(fields, name);
  if (value === "") throw wrong(`For 'properties/${name}', "" is too short.`);
  return value;
}

function readOutput(fields: Fields): Output {
  const annotations = listIn(fields, "annotations") ?? [];
  if (annotations.length > mostAnnotations)
    throw wrong(`No more than ${mostAnnotations} items are allowed; ${annotations.length} were supplied.`);
  const title = textOrNullIn(fields, "title");
  if (title === undefined) throw wrong('"title" wasn\'t supplied.');
  const summary = within(requiredTextIn(fields, "summary"), longestText);
  return { title, summary, text: within(textIn(fields, "text") ?? null, longestText), annotations: annotations.map(readAnnotation) };
}

function readAnnotation(value: unknown): Annotation {
  const fields = fieldsOf(value);
  const startLine = requiredInteger(fields, "start_line");
  const endLine = requiredInteger(fields, "end_line");
  const startColumn = integerIn(fields, "start_column") ?? null;
  const endColumn = integerIn(fields, "end_column") ?? null;
  const level = choiceIn(fields, "annotation_level", ["notice", "warning", "failure"]);
  if (level === undefined) throw wrong('"annotation_level" wasn\'t supplied.');
  if (startLine !== endLine && (startColumn !== null || endColumn !== null)) throw wrong("Columns are allowed only on one line.");
  return {
    path: requiredTextIn(fields, "path"),
    startLine,
    endLine,
    startColumn,
    endColumn,
    level,
    title: within(textIn(fields, "title") ?? null, 255),
    message: within(requiredTextIn(fields, "message"), longestMessage),
    rawDetails: within(textIn(fields, "raw_details") ?? null, longestMessage),
  };
}

function checkActions(fields: Fields): void {
  const actions = listIn(fields, "actions") ?? [];
  if (actions.length > mostActions) throw wrong(`No more than ${mostActions} items are allowed; ${actions.length} were supplied.`);
  for (const action of actions.map(fieldsOf)) {
    within(requiredTextIn(action, "label"), 20);
    within(requiredTextIn(action, "description"), 40);
    within(requiredTextIn(action, "identifier"), 20);
  }
}

function requiredInteger(fields: Fields, name: string): number {
  const value = integerIn(fields, name);
  if (value === undefined) throw wrong(`"${name}" wasn't supplied.`);
  return value;
}

function within<T extends string | null>(text: T, most: number): T {
  const length = text?.length ?? 0;
  if (length > most) throw wrong(`Only ${most} characters are allowed; ${length} were supplied.`);
  return text;
}

const wrong = (message: string) => refused(422, `Invalid request.\n\n${message}`);
