import type { Answer } from "./answer.ts";
import type { Asked } from "./asked.ts";

export type Route = {
  /** As GitHub's description names it: `GET /repos/{owner}/{repo}`. */
  readonly operation: string;
  /** Whose credentials it wants. */
  readonly by: "app" | "installation" | "anyone";
  /** For people's browsers: not part of the API, and not among the exchanges. */
  readonly page?: true;
  readonly answer: (asked: Asked) => Answer;
};

export type Found = { readonly route: Route; readonly parameters: Readonly<Record<string, string>> };

/** These may contain slashes, written as they are or encoded. */
const wide = new Set(["path", "ref", "branch", "basehead"]);

/** Finds the route of a request: of two that fit, the one with more words of its own (`/issues/comments/{comment_id}`). */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Found | null {
  const words = ({ operation }: Route) => operation.split("/").filter((segment) => !segment.startsWith("{")).length;
  const compiled = [...routes].sort((a, b) => words(b) - words(a)).map((route) => ({ route, pattern: patternOf(route.operation) }));
  return (method, path) => {
    for (const { route, pattern } of compiled) {
      const match = pattern.exec(`${method} ${path}`);
      const parameters = match === null ? null : decoded(match.groups ?? {});
      if (parameters !== null) return { route, parameters };
    }
    return null;
  };
}

function patternOf(operation: string): RegExp {
  const source = operation.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, (_, name: string) => {
    const segment = wide.has(name) ? (name === "path" ? ".*" : ".+") : "[^/]+";
    return `(?<${name}>${segment})`;
  });
  return new RegExp(`^${source}$`);
}

function decoded(groups: Readonly<Record<string, string | undefined>>): Record<string, string> | null {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text ?? "")]));
  } catch {
    return null;
  }
}
