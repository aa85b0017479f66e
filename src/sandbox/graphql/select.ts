import type { Selection } from "./parse.ts";

/** Something with fields. A field is worked out only when it is asked for. */
export type Node = {
  readonly type: string;
  readonly fields: Readonly<Record<string, (inputs: Readonly<Record<string, unknown>>) => Value>>;
};
export type Value = string | number | boolean | null | Node | readonly Value[];

export type Problem = { readonly type?: string; readonly path: readonly string[]; readonly message: string };

/** A field that cannot be given: it becomes null, and the answer says why. `kind` is GitHub's error type. */
export class FieldProblem extends Error {
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** Gives of a node what was asked for, under the names that were asked for. */
export function select(
  node: Node,
  selections: readonly Selection[],
  problems: Problem[],
  path: readonly string[] = [],
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const selection of selections) {
    if (selection.kind === "fragment") {
      if (selection.on === node.type) Object.assign(result, select(node, selection.selections, problems, path));
      continue;
    }
    const here = [...path, selection.alias];
    try {
      result[selection.alias] = give(fieldValue(node, selection), selection.selections, problems, here);
    } catch (error) {
      if (!(error instanceof FieldProblem)) throw error;
      problems.push({ type: error.kind, path: here, message: error.message });
      result[selection.alias] = null;
    }
  }
  return result;
}

function fieldValue(node: Node, { name, inputs }: Extract<Selection, { kind: "field" }>): Value {
  if (name === "__typename") return node.type;
  const field = node.fields[name];
  if (field === undefined) throw new FieldProblem("undefinedField", `Field '${name}' doesn't exist on type '${node.type}'`);
  return field(inputs);
}

function give(value: Value, selections: readonly Selection[], problems: Problem[], path: readonly string[]): unknown {
  if (isList(value)) return value.map((one, index) => give(one, selections, problems, [...path, String(index)]));
  return isNode(value) ? select(value, selections, problems, path) : value;
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const isNode = (value: Value): value is Node => typeof value === "object" && value !== null && "fields" in value;
