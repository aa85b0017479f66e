import type { Problem } from "../core/words.ts";
import { visible } from "./visible.ts";

/** A problem as one line that an editor can jump to, and its suggestion below. */
export function problemLines({ path, line, column, severity, code, message, suggestion }: Problem): readonly string[] {
  const first = visible(`${path}:${line}:${column} ${severity} ${code} ${message}`);
  return suggestion === undefined ? [first] : [first, visible(`  → ${suggestion}`)];
}

/** A problem in the documented form of `--json`. */
export const problemJson = ({ path, line, column, severity, code, message, suggestion }: Problem): object => ({
  path,
  line,
  column,
  severity,
  code,
  message,
  suggestion: suggestion ?? null,
});

/**
 * A problem as an annotation of a GitHub workflow.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-an-error-message
 */
export function annotation({ path, line, column, severity, code, message, suggestion }: Problem): string {
  const properties = { file: path, line: String(line), col: String(column), title: `Plankeeper: ${code}` };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${property(visible(value))}`);
  const words = suggestion === undefined ? [visible(message)] : [visible(message), visible(`→ ${suggestion}`)];
  return `::${levels[severity]} ${written.join(",")}::${escaped(words.join("\n"))}`;
}

const levels = { error: "error", warning: "warning", note: "notice" } as const;

const escaped = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
