import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { parseSync } from "oxc-parser";

/** A node of the syntax tree, as far as the rules look at it. */
export type Node = { readonly type: string; readonly start: number; readonly [field: string]: unknown };
/** A node with the place it has in its parent. */
export type Placed = { readonly node: Node; readonly parent: Node | null; readonly field: string };

export type Import = {
  /** As written; for a file of ours its path from the project's root. */
  readonly from: string;
  readonly ours: boolean;
  /** Only types are imported, so nothing of it runs. */
  readonly typesOnly: boolean;
};

/** A source file as the rules see it. `path` is from the project's root, with slashes. */
export type Source = {
  readonly path: string;
  readonly text: string;
  readonly nodes: readonly Placed[];
  readonly imports: readonly Import[];
};

export const isTest = ({ path }: Source): boolean => path.endsWith(".test.ts");

/** Every TypeScript file below the folders. */
export function readSources(root: string, folders: readonly string[]): readonly Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => posix.join(folder, ...name.split(/[\\/]/)))
      .map((path) => parseSource(path, readFileSync(join(root, path), "utf8"))),
  );
}

export function parseSource(path: string, text: string): Source {
  const parsed = parseSync(path, text);
  if (parsed.errors.length > 0) throw new Error(`${path} does not parse: ${parsed.errors[0]?.message}`);
  const nodes = isNode(parsed.program) ? [...walk({ node: parsed.program, parent: null, field: "" })] : [];
  return { path, text, nodes, imports: nodes.flatMap((placed) => importOf(path, placed.node)) };
}

/** Where a node stands, for a person. */
export const at = (source: Source, node: Node): string => `${source.path}:${source.text.slice(0, node.start).split("\n").length}`;

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The name of an identifier; null of anything else. */
export const nameOf = (value: unknown): string | null =>
  isNode(value) && value.type === "Identifier" && typeof value.name === "string" ? value.name : null;

function* walk(placed: Placed): Generator<Placed> {
  yield placed;
  for (const [field, value] of Object.entries(placed.node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* walk({ node: child, parent: placed.node, field });
    }
  }
}

// Every way in which one file can name another: statements, `import()` as expression and as type, `require`.
function importOf(path: string, node: Node): readonly Import[] {
  const asked = askedBy(node);
  if (asked === undefined) return [];
  const from = isNode(asked) && typeof asked.value === "string" ? asked.value : "(computed)";
  const ours = from.startsWith(".");
  return [{ from: ours ? posix.join(dirname(path), from) : from, ours, typesOnly: isTypesOnly(node) }];
}

function askedBy(node: Node): unknown {
  switch (node.type) {
    case "ImportDeclaration":
    case "ImportExpression":
    case "ExportAllDeclaration":
      return node.source;
    case "ExportNamedDeclaration":
      return node.source ?? undefined;
    case "TSImportType":
      return node.source ?? node.argument;
    case "TSExternalModuleReference":
      return node.expression;
    case "CallExpression":
      return nameOf(node.callee) === "require" && Array.isArray(node.arguments) ? node.arguments[0] : undefined;
    default:
      return undefined;
  }
}

function isTypesOnly(node: Node): boolean {
  if (node.type === "TSImportType" || node.importKind === "type" || node.exportKind === "type") return true;
  const parts = Array.isArray(node.specifiers) ? node.specifiers : [];
  return parts.length > 0 && parts.every((part) => isNode(part) && (part.importKind === "type" || part.exportKind === "type"));
}
