import { folded } from "./folded.ts";

/** What stands below a heading of a Markdown text, up to the next one; "" where there is no such heading. */
export function sectionOf(markdown: string, heading: string): string {
  const sections = markdown.split(/^#{2,3} /m).slice(1);
  return sections.find((section) => section.startsWith(`${heading}\n`)) ?? "";
}

/** The table row of a section whose first cell begins with this task; "" where there is none. */
export function rowOf(markdown: string, heading: string, id: string): string {
  const rows = rowsOf(sectionOf(markdown, heading));
  return rows.find((row) => nameOf(row) === id) ?? "";
}

/**
 * What a newer text says that the older did not, as Markdown: new paragraphs, new and changed rows of tables below their heading,
 * and which rows and headings are gone. "" where nothing changed.
 */
export function changesBetween(older: string, newer: string): string {
  const before = new Map(partsOf(folded(older)).map((part) => [titleOf(part), part]));
  const after = new Map(partsOf(folded(newer)).map((part) => [titleOf(part), part]));
  const changed = [...after].map(([title, part]) => changedPart(before.get(title) ?? "", part));
  const gone = [...before.keys()].filter((title) => !after.has(title)).map((title) => `No “${title}” any more.`);
  return [...changed, ...gone].filter((part) => part !== "").join("\n\n");
}

/** The text before the first section, the sections, and the line in italics below them. */
const partsOf = (markdown: string): readonly string[] => markdown.split(/\n\n(?=### |_)/).map((part) => part.trim());

/** The heading of a section; of other parts how they begin, which tells the first from the last. */
const titleOf = (part: string): string => /^### (.+)/.exec(part)?.[1] ?? part.slice(0, 5);

function changedPart(before: string, part: string): string {
  const [older, newer] = [rowsOf(before), rowsOf(part)];
  if (older.length === 0 || newer.length === 0) return newBlocks(before, part);
  const names = newer.map(nameOf);
  const gone = older.map(nameOf).filter((name) => !names.includes(name));
  const same = newer.filter((row) => older.includes(row));
  if (same.length === newer.length) return gone.length === 0 ? "" : `**${titleOf(part)}**: no longer ${gone.join(", ")}`;
  const left = part.split("\n").filter((line) => !same.includes(line));
  return [left.join("\n"), ...(gone.length === 0 ? [] : [`No longer: ${gone.join(", ")}`])].join("\n\n");
}

function newBlocks(before: string, part: string): string {
  const known = before.split("\n\n");
  const blocks = part.split("\n\n");
  const fresh = blocks.filter((block) => !known.includes(block));
  // A heading stays above what is new below it.
  return fresh.length === 0 || fresh[0] === blocks[0] || !blocks[0]?.startsWith("### ")
    ? fresh.join("\n\n")
    : [blocks[0], ...fresh].join("\n\n");
}

/** The rows of the tables in a text, without their heads. */
const rowsOf = (markdown: string): readonly string[] => {
  const lines = markdown.split("\n");
  return lines.filter((line, at) => line.startsWith("| ") && !isRuler(line) && !isRuler(lines[at + 1] ?? ""));
};

const isRuler = (line: string): boolean => line.startsWith("| --");

/** What a row is about: the id in its first cell, or all of that cell. */
function nameOf(row: string): string {
  const cell = row.split(" | ")[0]?.slice(2) ?? "";
  return /^\[`([^`]+)`\]/.exec(cell)?.[1] ?? cell;
}
