import type { Token } from "../../words.ts";
import { type Change, type FormatEdit, type Splice, type Unwritten, unwritable } from "../change.ts";
import { quoted } from "../quoted.ts";
import { normalise } from "../token.ts";
import type { Issue } from "./issue.ts";
import { type IssueManner, issuePuts, keyOrder, likelyWords, newIssue } from "./issue-puts.ts";
import { quoteLike } from "./layout.ts";
import { ownWords } from "./own-words.ts";
import { lastOfAll } from "./removals.ts";
import { memberSplices } from "./splices.ts";
import type { Told } from "./values.ts";

/** The records of a file of Beads. */
export type IssueFile = { readonly text: string; readonly path: string; readonly issues: readonly Issue[] };

/** Writes changes into the issues of Beads, one line each, so that `bd` takes them over when it imports the file. */
export function editBeads({ text, path, issues }: IssueFile, changes: readonly Change[]): FormatEdit {
  const rows = issues.flatMap(({ task }) => task ?? []);
  const manner: IssueManner = { text, quote: quoteLike(text), word: ownWords(rows, likelyWords) };
  const first = new Map<Token, Issue>();
  const twice = new Set<Token>();
  for (const issue of issues) {
    if (first.has(issue.token)) twice.add(issue.token);
    else first.set(issue.token, issue);
  }
  const unwritten: Unwritten[] = [];
  const splices: Splice[] = [];
  const removed = new Set<Issue>();
  const added = new Map<Token, { readonly below: Issue | null; readonly line: string }>();
  for (const change of changes) {
    const issue = change.kind === "add" ? null : (first.get(change.token) ?? null);
    const because = change.scope === path ? write(change, issue) : "there is no such scope in this file";
    if (because !== null) unwritten.push(unwritable(change, because, issue?.object.from));
  }
  return { splices: [...splices, ...lineSplices()], unwritten };

  /** Answers why nothing of the change can be written. */
  function write(change: Change, issue: Issue | null): string | null {
    if (change.kind === "add") {
      const token = normalise(change.task.id);
      const below = change.after === null ? null : first.get(change.after);
      const sample = below ?? issues.findLast(({ task }) => task !== null);
      if (first.has(token) || added.has(token)) return "there is an issue with this id already";
      if (below === undefined || sample === undefined) return `there is no ${quoted(change.after ?? "issue")} to stand below`;
      const made = newIssue(change.task, sample, manner);
      if (typeof made === "string") return made;
      added.set(token, { below, line: made.line });
      tell(change, made.told, sample);
      return null;
    }
    if (issue === null || issue.task === null) return "it is not in this plan";
    if (change.kind === "remove") {
      if (twice.has(change.token)) return "its id stands twice, and the other would come to count";
      if (removed.size + 1 === rows.length) return lastOfAll;
      removed.add(issue);
      return null;
    }
    const { puts, told } = issuePuts(issue, issue.task, { to: change.to, manner });
    splices.push(...memberSplices(text, issue.object, puts, keyOrder));
    tell(change, told, issue);
    return null;
  }

  function tell(change: Change, told: readonly Told[], { object }: Issue): void {
    for (const { field, because } of told) unwritten.push({ change, field, because, at: object.from });
  }

  function lineSplices(): readonly Splice[] {
    const end = issues.map(({ line }) => text.slice(line.to, line.next)).find((one) => one !== "") ?? "\n";
    const lines = new Map<number, string[]>();
    for (const { below, line } of added.values()) {
      const at = below?.line.next ?? text.length;
      const some = lines.get(at);
      if (some === undefined) lines.set(at, [line]);
      else some.push(line);
    }
    const open = !/[\r\n]$/.test(text);
    const lastGoes = [...removed].some(({ line }) => line.to === text.length);
    const insertions = [...lines].map(([at, some]) => {
      const unended = open && at === text.length;
      const words = some.join(end);
      return { from: at, to: at, text: unended ? (lastGoes ? words : end + words) : words + end };
    });
    return [...[...removed].map(({ line }) => ({ from: line.from, to: line.next, text: "" })), ...insertions];
  }
}
