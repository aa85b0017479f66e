import { CST, Lexer } from "yaml";

const deepest = 20;

/**
 * Whether a YAML text nests deeper than any configuration needs. Its parser works by recursion, and some ten thousand open
 * brackets end not in an exception but in the end of the process; the lexer, which this asks, has no such depth.
 */
export function tooDeep(text: string): boolean {
  let brackets = 0;
  let inLine = 0;
  for (const source of new Lexer().lex(text)) {
    switch (CST.tokenType(source)) {
      case "flow-map-start":
      case "flow-seq-start":
        brackets += 1;
        break;
      case "flow-map-end":
      case "flow-seq-end":
        brackets = Math.max(0, brackets - 1);
        break;
      case "map-value-ind":
        if (brackets === 0) inLine += 1;
        break;
      case "seq-item-ind":
      case "explicit-key-ind":
        inLine += 1;
        break;
      case "newline":
        inLine = 0;
        break;
    }
    if (brackets > deepest || inLine > deepest) return true;
  }
  return false;
}
