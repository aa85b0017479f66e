/** Blocks of Markdown, made of parts that are safe already (`escape.ts`). An empty string is no block. */

/**
 * A table; its cells hold no raw `|` or line end, because nothing that `escape.ts` makes does.
 * A column that has nothing to say in any row (`–`) is left out.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const telling = head.map((_, column) => rows.some((cells) => cells[column] !== nothing));
  const line = (cells: readonly string[]): string => `| ${cells.filter((_, column) => telling[column]).join(" | ")} |`;
  return [head, head.map(() => "---"), ...rows].map(line).join("\n");
}

/** A cell without a value. */
export const nothing = "–";

export const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

/** A heading and what stands under it, or nothing where there is nothing. */
export const section = (heading: string, ...blocks: readonly string[]): string => {
  const body = page(...blocks);
  return body === "" ? "" : `### ${heading}\n\n${body}`;
};

export const page = (...blocks: readonly string[]): string => blocks.filter((block) => block !== "").join("\n\n");

/** Blocks behind a line that opens them. */
export const details = (line: string, ...blocks: readonly string[]): string => {
  const body = page(...blocks);
  return body === "" ? "" : `<details>\n<summary>${line}</summary>\n\n${body}\n\n</details>`;
};

/** Says how many were not shown, or nothing: `… and 12 more tasks.` */
export const more = (all: number, shown: number, of: string): string => (all > shown ? `… and ${count(all - shown, `more ${of}`)}.` : "");

/** `1 task`, `2 tasks`. */
export const count = (number: number, thing: string): string => `${number} ${number === 1 ? thing : plural(thing)}`;

const plural = (thing: string): string => (thing.endsWith("y") ? `${thing.slice(0, -1)}ies` : `${thing}s`);

/** `a`, `a and b`, `a, b and c`; of more than `most`, the rest as a number. */
export function series(parts: readonly string[], most = parts.length, joint: "and" | "or" = "and"): string {
  const shown = parts.length > most ? [...parts.slice(0, most), `${parts.length - most} more`] : parts;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} ${joint} ${shown.at(-1)}`;
}
