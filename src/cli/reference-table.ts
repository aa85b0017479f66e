/** A reference page: made by `npm run docs`, never by hand. */
export function page(title: string, ...lines: readonly string[]): string {
  return [`# ${title}`, "", "<!-- Made by `npm run docs` from the code. Changes here are lost. -->", "", ...lines, ""].join("\n");
}

/** The lines of a Markdown table whose cells are Markdown already. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`.replace(/ +(?=\|)/g, " ");
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)];
}

/** Markdown for a cell: the registries' texts may have code and emphasis, but a bar would end the cell. */
export function prose(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

/** Code for a cell. GitHub takes `\|` for a bar even inside code, and a text with backticks needs longer fences. */
export function code(text: string): string {
  const fence = "`".repeat(1 + Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length)));
  const padded = /^[ `]|[ `]$/.test(text) ? ` ${text} ` : text;
  return `${fence}${padded.replaceAll("|", "\\|").replaceAll("\n", " ")}${fence}`;
}
