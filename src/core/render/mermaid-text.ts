import { clean } from "./clean.ts";

/**
 * Text of people as the label of a node, between quotes; or, below, as a name in a gantt chart. They may stand nowhere else in a diagram,
 * and even there never first: before them comes a sign of ours, because a gantt line that starts with `click`, `section`, a date or `%%` is
 * no name, and a label that starts with `1.` or `-` is a list. They hold no sign that Mermaid, Markdown or HTML gives a meaning, and so no
 * quote, line end, directive, comment, link, icon, formula, mention or reference. At most `max` characters as a person counts them, and
 * `8 * max` code units as written. Entity codes: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export const nodeText = (text: string, max: number): string =>
  fitting({ text, max, room: max * longestEntity, special: /["#$%&*:;<>[\\\]_`~]/g });

/** A gantt chart knows no Markdown, and measures a name with its entities as written: too many of them push it out of the picture. */
export const barText = (text: string, max: number): string => fitting({ text, max, room: max * longestEntity, special: /["#%&:;<>]/g });

/**
 * A diagram as GitHub draws it: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/creating-diagrams
 * GitHub names no limits of its own. Mermaid's hold, which no diagram can lift (`secure`): 50 000 code units (`maxTextSize`), fewer than 500
 * arrows (`maxEdges`), neither scripts nor links nor HTML (`securityLevel: strict`). https://mermaid.js.org/config/schema-docs/config.html
 */
export const mermaidBlock = (lines: readonly string[]): string => ["```mermaid", ...lines, "```"].join("\n");

// By name, not by number: `#35;` would itself look like an issue. `~` has no name in HTML and is shown as the sign that looks the same.
const entities: Readonly<Record<string, string>> = {
  '"': "quot",
  "#": "num",
  $: "dollar",
  "%": "percnt",
  "&": "amp",
  "*": "ast",
  ":": "colon",
  ";": "semi",
  "<": "lt",
  ">": "gt",
  "[": "lbrack",
  "\\": "bsol",
  "]": "rbrack",
  _: "lowbar",
  "`": "grave",
  "~": "sim",
};
const longestEntity = 8;

type Asked = { readonly text: string; readonly max: number; readonly room: number; readonly special: RegExp };

function fitting(asked: Asked): string {
  const { text, max, room, special } = asked;
  const written = broken(clean(text, max)).replace(special, (sign) => `#${entities[sign]};`);
  // Emoji take many code units, and few of them would fill the diagram.
  return written.length <= room ? written : fitting({ ...asked, max: Math.floor((max * room) / written.length) });
}

// A zero-width space inside what is looked for in the text as it is seen: a mention, an address, and the two pairs of letters that mark
// entities while Mermaid reads (`encodeEntities` in its `utils.ts`).
const broken = (text: string): string => text.replace(/@|www(?=\.)|ﬂ(?=°)|¶(?=ß)/gi, "$&\u200B");
