import type { Token } from "../../words.ts";
import { type Change, type FormatEdit, unwritable } from "../change.ts";
import type { Field } from "../columns.ts";
import { onlyTasks } from "../draft.ts";
import { editBeads } from "../json/edit-beads.ts";
import type { Issue } from "../json/issue.ts";
import { type LineSpan, lineSpans } from "../json/line-spans.ts";
import { type Fields, rowOf, wordsOf } from "../json/record.ts";
import { type Json, type JsonObject, type Member, memberOf, readJson } from "../json/tree.ts";
import { noSection, readRow } from "../row.ts";
import { normalise } from "../token.ts";
import { type Format, type FormatReading, mostTasks, type Refusal, type Source } from "./format.ts";

/**
 * The issues of Beads (`.beads/issues.jsonl`): one record a line. An issue waits for those it has an edge of the type `blocks` to; `parent-child`
 * makes it a part of another. Deleted issues, messages, and what else the tool keeps in that file are no tasks.
 */
export const beads: Format = { summary: "the issues of Beads, one JSON record a line", read, edit };

function read(source: Source): FormatReading {
  const issues = find(source);
  if (issues === null || "refusal" in issues) return issues;
  const tasks = issues.flatMap(({ task }) => (task === null ? [] : [task]));
  return { draft: onlyTasks(tasks), because: "a file of issues of Beads" };
}

function edit(source: Source, changes: readonly Change[]): FormatEdit | null {
  const issues = find(source);
  if (issues === null) return null;
  if ("refusal" in issues) return { splices: [], unwritten: changes.map((change) => unwritable(change, issues.refusal.because)) };
  return editBeads({ text: source.text, path: source.path, issues }, changes);
}

function find(source: Source): readonly Issue[] | { readonly refusal: Refusal } | null {
  const { text, named, report } = source;
  if (!looksLikeIssues(text, named)) return null;
  const issues: Issue[] = [];
  let lines = 0;
  for (const line of lineSpans(text)) {
    lines += 1;
    if (lines > mostLines)
      return { refusal: { code: "too-large", at: line.from, because: `the file has more than ${mostLines} lines`, meant: true } };
    const reading = readJson(text, line.from, line.to);
    const object = "root" in reading && reading.root.kind === "object" ? reading.root : null;
    if (object !== null && isAside(object)) continue;
    if (object === null || textOf(object, "id") === "") {
      const at = "wrong" in reading ? reading.at : line.from;
      const message = "wrong" in reading ? `the line cannot be read: ${reading.wrong}` : "the line is no record of an issue: it has no id";
      report("bad-line", () => ({ at, message }));
      continue;
    }
    if (issues.length === mostTasks)
      return { refusal: { code: "too-large", at: line.from, because: `the file has more than ${mostTasks} issues`, meant: true } };
    issues.push(issueOf(object, line, source));
  }
  return issues;
}

// A bad line costs as much as a good one.
const mostLines = 2 * mostTasks;
const looked = 20;
const longestLooked = 1_000_000;

/** Half of the first lines, or more, are records with an id, a title, and what issues of Beads have beside; of a named file one. */
function looksLikeIssues(text: string, named: boolean): boolean {
  if (!/^\s*[{<]/.test(text) || !/"(?:issue_type|created_at)"\s*:/.test(text)) return false;
  let lines = 0;
  let good = 0;
  for (const { from, to } of lineSpans(text)) {
    lines += 1;
    const reading = text[from] === "{" && to - from <= longestLooked ? readJson(text, from, to) : null;
    if (reading !== null && "root" in reading && reading.root.kind === "object" && hasMarks(reading.root)) good += 1;
    if (lines === looked) break;
  }
  return good > 0 && (named || good * 2 >= lines);
}

const hasMarks = (object: JsonObject): boolean =>
  textOf(object, "id") !== "" &&
  textOf(object, "title") !== "" &&
  (textOf(object, "issue_type") !== "" || textOf(object, "created_at") !== "");

const textOf = (object: JsonObject, key: string): string => wordsOf(memberOf(object, key)?.value).trim();

/** Records that `bd export` writes between the issues: memories, a header. */
const isAside = (object: JsonObject): boolean =>
  !["", "issue"].includes(textOf(object, "_type")) ||
  (textOf(object, "id") === "" && object.members.some(({ key }) => key.startsWith("_")));

function isTask(object: JsonObject): boolean {
  const says = (key: string): boolean => textOf(object, key) === "true";
  const deleted = textOf(object, "status") === "tombstone" || textOf(object, "deleted_at") !== "" || says("deleted");
  return !deleted && !says("is_template") && !["message", "event"].includes(textOf(object, "issue_type"));
}

const keys: ReadonlyMap<string, Field> = new Map([
  ["id", "id"],
  ["title", "title"],
  ["description", "detail"],
  ["status", "status"],
  ["priority", "priority"],
  ["assignee", "owner"],
  ["dependencies", "dependencies"],
  ["estimated_minutes", "hours"],
  ["started_at", "start"],
  ["due_at", "due"],
  ["closed_at", "completed"],
  ["notes", "notes"],
]);

/** Statuses that only Beads has: at work by an agent; open for ever. */
const own: ReadonlyMap<string, string> = new Map([
  ["", "open"],
  ["hooked", "in progress"],
  ["pinned", "recurring"],
]);

function issueOf(object: JsonObject, line: LineSpan, { report }: Source): Issue {
  const id = textOf(object, "id");
  const fields: Fields = new Map(object.members.flatMap((member) => [[keys.get(member.key), member] as const]).filter(isField));
  const token = normalise(id);
  if (!isTask(object)) return { object, line, fields, token, task: null };
  const status = textOf(object, "status");
  const minutes = textOf(object, "estimated_minutes");
  const edges = edgesOf(memberOf(object, "dependencies")?.value, token);
  const cells = new Map<Field, string>([
    ["status", own.get(status) ?? status],
    ["hours", minutes === "" ? "" : `${minutes}m`],
    ["dependencies", edges.flatMap(({ type, on }) => (type === "blocks" ? [on] : [])).join(", ")],
    ["parent", edges.find(({ type }) => type === "parent-child")?.on ?? ""],
  ]);
  const task = readRow(rowOf(object, fields, { own: cells }), noSection, report);
  return { object, line, fields, token, task: task && { ...task, writtenStatus: status } };
}

const isField = (pair: readonly [Field | undefined, Member]): pair is readonly [Field, Member] => pair[0] !== undefined;

/** What an issue is tied to, and how; an edge that names another issue as the one it starts from is none of its own. */
function edgesOf(value: Json | undefined, token: Token): readonly { readonly type: string; readonly on: string }[] {
  if (value?.kind !== "array") return [];
  return value.items.flatMap((edge) => {
    if (edge.kind !== "object") return [{ type: "blocks", on: wordsOf(edge) }];
    const from = textOf(edge, "issue_id");
    if (from !== "" && normalise(from) !== token) return [];
    return [{ type: textOf(edge, "type") || "blocks", on: textOf(edge, "depends_on_id") }];
  });
}
