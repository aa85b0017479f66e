import { expect, test } from "vitest";
import { folded } from "./folded.ts";

test("what is folded away is shown as the line one would click, whatever it holds", () => {
  const inner = "<details>\n<summary>The same as a table</summary>\n\n| A |\n| --- |\n\n</details>";
  const text = `Above\n\n<details>\n<summary>The plan over time</summary>\n\n\`\`\`mermaid\ngantt\n\`\`\`\n\n${inner}\n\n</details>\n\nBelow`;

  expect(folded(text).split(/\n+/)).toEqual(["Above", "▸ The plan over time", "Below"]);
});
