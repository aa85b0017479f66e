import type { Splice } from "../change.ts";
import { isNone } from "../none.ts";
import type { Mapping, Pair, Text } from "./node.ts";
import { breakOf, columnOf, lineEnd, lineStart } from "./places.ts";
import { spell } from "./spell.ts";

/** What could not be written, and why. */
export type Refused = { readonly because: string };

/** Whether a text, once written, would read as itself: not as nothing, and with no blanks at its ends. */
export const readsBack = (value: string): boolean => value.trim() === value && !isNone(value);

/** Puts a value in the place of a pair's own, in its style; null empties it. Only the bytes of the value change. */
export function writeValue(
  pair: Pair,
  value: string | null,
  { text, flow }: { readonly text: string; readonly flow: boolean },
): readonly Splice[] | Refused {
  const { value: node, colon } = pair;
  if (node.shared) return { because: "an anchor or a tag stands before its value" };
  switch (node.kind) {
    case "text":
      if (node.style === "block") return [blockSplice(node, value, text)];
      return [
        {
          from: node.from,
          to: node.to,
          text: value === null ? (node.style === "plain" ? "null" : '""') : spell(value, { like: node.style, flow }),
        },
      ];
    case "alias":
      return [{ from: node.from, to: node.to, text: value === null ? "null" : spell(value, { like: "plain", flow }) }];
    case "nothing":
      if (value === null) return [];
      if (colon === null) return { because: "its key has no colon" };
      return [{ from: colon, to: colon, text: ` ${spell(value, { like: "plain", flow })}` }];
    case "list":
      if (!node.flow) return { because: "its value is a list" };
      return [{ from: node.from, to: node.to, text: value === null ? "[]" : `[${spell(value, { like: "plain", flow: true })}]` }];
    case "map":
      return { because: "its value is a map" };
  }
}

/** A block (`|`, `>`) stays one where the new text can stand in it as it is. */
function blockSplice({ from, to }: Text, value: string | null, text: string): Splice {
  const written = text.slice(from, to).trimEnd();
  const header = lineEnd(text, from) - from;
  const indent = /^[\r\n]+( +)/.exec(written.slice(header))?.[1];
  const end = from + written.length;
  if (value === null) return { from, to: end, text: '""' };
  const lines = value.split("\n");
  const simple =
    indent !== undefined &&
    /^[|>][+-]?\s*(?:#.*)?$/.test(written.slice(0, header)) &&
    lines.every((line) => /^[^\s\p{C}][^\p{C}\p{Zl}\p{Zp}]*$/u.test(line) && line.trimEnd() === line);
  if (!simple || (lines.length > 1 && written.startsWith(">")))
    return { from, to: end, text: spell(value, { like: "double", flow: false }) };
  return { from, to: end, text: [written.slice(0, header), ...lines.map((line) => indent + line)].join(breakOf(text)) };
}

/** Adds a pair behind another one, on a line of its own in a block, behind a comma between braces. `spelt` = its value as YAML. */
export function addPair(
  map: Mapping,
  behind: Pair,
  { key, spelt, text }: { readonly key: string; readonly spelt: string; readonly text: string },
): readonly Splice[] | Refused {
  const { value } = behind;
  if (value.kind !== "text" && value.kind !== "alias") return { because: "there is no simple key to put it beside" };
  if (map.flow) return [{ from: value.to, to: value.to, text: `, ${key}: ${spelt}` }];
  const column = columnBeside(map, text);
  if (column === null || (value.kind === "text" && value.style === "block")) return { because: "there is no simple key to put it beside" };
  const at = lineEnd(text, value.to);
  return [{ from: at, to: at, text: `${breakOf(text)}${" ".repeat(column)}${key}: ${spelt}` }];
}

/** The column at which the keys of a block map stand. */
export function columnBeside({ pairs }: Mapping, text: string): number | null {
  const below = pairs.find(({ from }) => /^ *$/.test(text.slice(lineStart(text, from), from)));
  const [first] = pairs;
  return below !== undefined ? columnOf(text, below.from) : first === undefined ? null : columnOf(text, first.from);
}
