import { clean } from "./clean.ts";

/**
 * Text of people, to stand in a table cell or list item of a GitHub comment: it reads as they wrote it, and mentions nobody, links to
 * nothing, closes nothing, and holds neither HTML nor Markdown. `max` counts characters as a person does.
 * What GitHub turns into links: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
export function inline(text: string, max = 120): string {
  return broken(clean(text, max))
    .replace(/[\\`*_[\]~$]/g, "\\$&")
    .replace(/&/g, entities["&"])
    .replace(/</g, entities["<"])
    .replace(/>/g, entities[">"])
    .replace(/\|/g, entities["|"])
    .replace(/\u200B/g, entities["\u200B"])
    .replace(/^(?:[+=-]|#(?=[#\s]|$))/, "\\$&")
    .replace(/^(\d{1,9})([.)])/, "$1\\$2");
}

/** Text of people for places that GitHub shows as plain text: titles, annotations. */
export const plain = (text: string, max = 120): string => broken(clean(text, max));

/** Text of people as inline code, in a table or out of it. */
export function code(text: string, max = 120): string {
  // In a table `|` must be written `\|` even inside code, and out of one that shows the backslash: so it stands between two pieces of code.
  return clean(text, max)
    .split("|")
    .map((piece) => piece.replace(/\S(?:.*\S)?/, fenced))
    .join(entities["|"]);
}

/** A link with people's text on it. */
export const link = (label: string, url: string): string => linkAround(inline(label), url);

/** As `link`, with the text as code. */
export const codeLink = (label: string, url: string): string => linkAround(code(label), url);

/** A link around Markdown that is safe already; without an http address only that is shown. */
export function linkAround(label: string, url: string): string {
  const address = clean(url, 2000);
  if (!/^https?:\/\/[^/]/.test(address)) return label;
  const target = address.replace(/[^\w\-.~:/?#@!$'*+,;=%]/gu, (character) => encodeURIComponent(character).replace(/[()]/g, percent));
  return `[${label === "" ? "link" : label}](${target})`;
}

const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "\u200B": "&#8203;" } as const;

// A zero-width space inside what GitHub would make into a mention, a reference, a link, an emoji or a formula. `clean` has removed all others,
// and entities or backslashes would not do: GitHub looks for these in the text after Markdown has been read.
function broken(text: string): string {
  return (
    text
      .replace(/@/g, "@\u200B")
      .replace(/#(?=\d)/g, "#\u200B")
      .replace(/(?:GHSA|GH|CVE)-(?=[0-9A-Za-z])/gi, "$&\u200B")
      .replace(/:(?=\/\/)/g, ":\u200B")
      // An emoji's name may be closed by a colon of ours that follows.
      .replace(/:(?=[\w+-]+(?::|$))/g, ":\u200B")
      .replace(/www(?=\.)/gi, "$&\u200B")
      .replace(/\$/g, "\u200B$")
      .replace(/(?<![0-9A-Za-z])[0-9a-f]{7,}(?![0-9A-Za-z])/gi, (sha) => sha.replace(/.{6}(?=.)/g, "$&\u200B"))
  );
}

function fenced(content: string): string {
  const fence = "`".repeat(longestRun(content) + 1);
  const gap = content.startsWith("`") || content.endsWith("`") ? " " : "";
  return `${fence}${gap}${content}${gap}${fence}`;
}

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
