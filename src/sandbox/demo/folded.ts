/** A text of the app with what it folds away left folded: of each `<details>` only the line that a person sees before opening it. */
export function folded(markdown: string): string {
  const kept: string[] = [];
  let depth = 0;
  for (const line of markdown.split("\n")) {
    if (line.startsWith("<details>")) depth += 1;
    else if (line.startsWith("</details>")) depth -= 1;
    else if (depth === 0) kept.push(line);
    else if (depth === 1 && line.startsWith("<summary>")) kept.push(`▸ ${line.replace(/<\/?summary>/g, "")}`);
  }
  return kept.join("\n");
}
