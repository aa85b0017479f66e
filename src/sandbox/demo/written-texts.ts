import { changesBetween } from "./markdown-parts.ts";
import type { Check, Comment, Written } from "./received.ts";
import type { Seen } from "./seen.ts";

/** Something the app wrote in a step, for a person to read: what it is, and its Markdown. */
export type WrittenText = { readonly what: string; readonly markdown: string };

const faces: Readonly<Record<string, string>> = { rocket: "🚀", confused: "😕", "+1": "👍", eyes: "👀" };

/** What a step's writing came to: of what was written several times the last, and of what stood there before only what is new in it. */
export function writtenTexts(wrote: readonly Written[], before: Seen): readonly WrittenText[] {
  const last = new Map(wrote.map((one) => [keyOf(one), one]));
  const own = [...before.issues, ...wrote.filter((one) => one.kind === "issue")].map(({ number }) => number);
  return [...last.values()].flatMap((one) => textOf(one, { before, own }) ?? []);
}

const keyOf = (one: Written): string => ("id" in one ? `${one.kind}:${one.id}` : JSON.stringify(one));

type Context = { readonly before: Seen; readonly own: readonly number[] };

function textOf(one: Written, { before, own }: Context): WrittenText | null {
  switch (one.kind) {
    case "issue":
      return { what: `issue #${one.number} “${one.title}”, labelled ${one.labels.join(", ")}`, markdown: "" };
    case "comment":
      return own.includes(one.issue) ? summaryText(one, before) : { what: `a reply in #${one.issue}`, markdown: one.body };
    case "check":
      return checkText(one, before);
    case "reaction":
      return { what: `${faces[one.content] ?? one.content} on the comment`, markdown: "" };
    case "other":
      return null;
  }
}

function summaryText({ id, issue, body }: Comment, before: Seen): WrittenText | null {
  const older = before.summaries.find((one) => one.id === id)?.body;
  if (older === undefined) return { what: `the plan summary, in #${issue}`, markdown: body };
  const changes = changesBetween(older, body);
  return changes === "" ? null : { what: "the plan summary, rewritten; new in it:", markdown: changes };
}

function checkText({ id, sha, title, conclusion, summary }: Check, before: Seen): WrittenText {
  const again = before.checks(sha).some((one) => one.id === id);
  return { what: `the check run “Plan impact”${again ? ", rewritten" : ""}: ${conclusion}`, markdown: `**${title}**\n\n${summary}` };
}
