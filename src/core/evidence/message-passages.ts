import { gap } from "./characters.ts";
import { type Passage, prose } from "./passage.ts";

/** The readable passages of a commit message: plain text, without trailers that name people, without quoted mail. */
export function messagePassages(message: string): readonly Passage[] {
  const lines = linesOf(message);
  const first = lines.findIndex((line) => line.text.trim() !== "");
  const subject = lines[first];
  if (subject === undefined || draft.test(subject.text)) return [];
  const end = subject.at + subject.text.length;
  const made = madePassages(subject.text, subject.at);
  const body = paragraphs(readable(lines.slice(made === null ? first : first + 1)));
  if (made === null) return body.map((passage) => (passage.at < end ? { ...passage, role: "subject" } : passage));
  const whole = made[0]?.bound ?? null;
  if (whole === null) return [...made, ...body];
  // What a merge or a revert says of other tasks is no deed of its own.
  return [...made, ...body.map((passage) => ({ ...passage, bound: whole === "merge" ? ("merge" as const) : ("mention" as const) }))];
}

/** A title; merges and reverts made by git and GitHub are told apart as in messages. */
export function titlePassages(title: string): readonly Passage[] {
  return madePassages(title, 0) ?? [{ ...prose(0, title), role: "subject" }];
}

/** A subject that git or GitHub made, for a merge or a revert; null for one that a person wrote. */
function madePassages(subject: string, at: number): readonly Passage[] | null {
  return revertPassages(subject, at) ?? mergePassages(subject, at);
}

// Commits that an interactive rebase will swallow.
const draft = /^\s*(?:fixup|squash|amend)! /i;

const mergedPull = /^\s*Merge pull request #\d+ from ([^\s/]+\/)(\S+)/;
const mergedBranch = /^\s*Merge (?:remote-tracking )?branch(?:es)? (')([^']+)'/;

function mergePassages(subject: string, at: number): readonly Passage[] | null {
  const match = mergedPull.exec(subject) ?? mergedBranch.exec(subject);
  const [all, before, branch] = match ?? [];
  if (all === undefined || before === undefined || branch === undefined) return null;
  const start = all.lastIndexOf(before + branch) + before.length;
  const rest = subject.slice(0, start - before.length) + gap.repeat(before.length + branch.length) + subject.slice(start + branch.length);
  return [
    { ...prose(at, rest), bound: "merge" },
    { ...prose(at + start, branch), as: "branch", bound: "merge" },
  ];
}

const deepest = 20;
const wrapped = /^\s*(Revert|Reapply) "/;

/** `Revert "…"` speaks of what stands in the quotes; each further `Revert "` inside turns the meaning, `Reapply "` leaves it. */
function revertPassages(subject: string, at: number): readonly Passage[] | null {
  let inner = { at: 0, text: subject };
  let reverts = 0;
  for (let depth = 0; depth < deepest; depth += 1) {
    const match = wrapped.exec(inner.text);
    if (match === null) break;
    const start = match[0].length;
    const close = inner.text.lastIndexOf('"');
    inner = { at: inner.at + start, text: inner.text.slice(start, close < start ? undefined : close) };
    if (match[1] === "Revert") reverts += 1;
  }
  if (inner.at === 0) return null;
  const passage: Passage = { ...prose(at + inner.at, inner.text), role: "subject", bound: reverts % 2 === 1 ? "revert" : null };
  return [passage];
}

type Line = { readonly at: number; readonly text: string };

function linesOf(text: string): readonly Line[] {
  return [...text.matchAll(/[^\n]*\n?/g)].map((match) => ({ at: match.index, text: match[0] }));
}

// `Blocked-by:` names a task.
const people = /^(?!blocked-)(?:[a-z]+-)*by:|^(?:git-svn-id|change-id|reviewed-on|cc):/i;
const quoted = /^\s*>/;

/** Lines with trailers (and the indented lines that continue them) and quoted mail emptied. */
function readable(lines: readonly Line[]): readonly Line[] {
  let inTrailer = false;
  return lines.filter((line) => {
    inTrailer = people.test(line.text.slice(0, 60)) || (inTrailer && /^[ \t]+\S/.test(line.text));
    return !inTrailer && !quoted.test(line.text);
  });
}

const bullet = /^\s*(?:[-*+]|\d{1,9}[.)])\s+/;

/** Lines joined to paragraphs; each item of a list is one of its own, so that no verb and no negation crosses items. */
function paragraphs(lines: readonly Line[]): readonly Passage[] {
  const groups: Line[][] = [];
  let end = -1;
  for (const line of lines) {
    if (line.text.trim() === "") continue;
    if (line.at === end && !bullet.test(line.text)) groups.at(-1)?.push(line);
    else groups.push([line]);
    end = line.at + line.text.length;
  }
  return groups.map(paragraphOf);
}

function paragraphOf(lines: readonly Line[]): Passage {
  const text = lines.map((line) => line.text).join("");
  const mark = bullet.exec(text)?.[0] ?? "";
  const todo = mark !== "" && text.startsWith("[ ]", mark.length);
  const passage = prose((lines[0]?.at ?? 0) + mark.length, text.slice(mark.length));
  return { ...passage, role: mark === "" ? "text" : "item", bound: todo ? "todo" : null };
}
