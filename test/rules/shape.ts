import { partOf } from "./imports.ts";
import { at, isNode, isTest, type Node, nameOf, type Placed, type Source } from "./source.ts";

/** A rule tells where a file breaks it, as sentences. */
export type Rule = (source: Source) => readonly string[];

const environmentReaders = ["src/settings.ts"];
const clockReaders = ["src/clock.ts", "src/sandbox/clock.ts"];
const defaultExports: readonly string[] = ["vitest.config.ts"];
const vagueNames = /^(utils?|helpers?|managers?|services?|misc|common)$/;
const impure = ["Promise", "process", "console", "globalThis", "performance", "crypto", "fetch", "Buffer"];
const timers = ["setTimeout", "setInterval", "setImmediate", "queueMicrotask"];
const localTime =
  /^(get(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)|set(FullYear|Month|Date|Hours|Minutes)|toLocale(|Date|Time)String)$/;

export const shortFiles: Rule = ({ path, text }) => {
  const lines = text.trimEnd().split("\n").length;
  return lines > 300 ? [`${path} has ${lines} lines`] : [];
};

export const clearNames: Rule = ({ path }) => {
  const parts = path.replace(/\.(test|d)?\.?ts$/, "").split("/");
  const odd = parts.filter((part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.config)?$/.test(part));
  const vague = parts.flatMap((part) => part.split("-")).filter((word) => vagueNames.test(word));
  return [...odd.map((part) => `${path}: ${part} is not kebab-case`), ...vague.map((word) => `${path}: ${word} says nothing`)];
};

export const oneEnvironmentReader: Rule = (source) =>
  environmentReaders.includes(source.path) ? [] : places(source, "reads the environment", readsEnvironment);

export const oneClockReader: Rule = (source) => (clockReaders.includes(source.path) ? [] : places(source, "reads the clock", readsClock));

export const noAny: Rule = (source) => places(source, "says `any`", ({ node }) => node.type === "TSAnyKeyword");

/** Tests may build what a type does not allow, to see it refused; but not by way of `unknown`. */
export const noCasts: Rule = (source) =>
  places(source, "casts", ({ node }) => isCast(node) && (!isTest(source) || (isNode(node.expression) && isCast(node.expression))));

export const noEnums: Rule = (source) => places(source, "declares an enum", ({ node }) => node.type === "TSEnumDeclaration");

export const noDefaultExports: Rule = (source) =>
  defaultExports.includes(source.path) ? [] : places(source, "exports a default", exportsDefault);

/** Core decides and never waits, looks at the clock, the machine or its locale, or rolls dice. */
export const pureCore: Rule = (source) =>
  !source.path.startsWith("src/core/") || isTest(source) ? [] : places(source, "is not pure", isImpure);

/** A file of types: nothing in it runs. */
export const onlyTypes: Rule = (source) =>
  partOf(source.path) === "ports" ? places(source, "runs", ({ node, parent }) => parent?.type === "Program" && !isTypeStatement(node)) : [];

const places = (source: Source, what: string, isOne: (placed: Placed) => boolean): readonly string[] =>
  source.nodes.filter(isOne).map(({ node }) => `${at(source, node)} ${what}`);

function readsEnvironment({ node, parent }: Placed): boolean {
  if (isMember(node, "process", "env")) return true;
  if (node.type === "ImportSpecifier")
    return isNode(parent?.source) && /^(node:)?process$/.test(String(parent.source.value)) && nameOf(node.imported) === "env";
  return node.type === "ObjectPattern" && nameOf(parent?.init) === "process" && hasKey(node, "env");
}

function readsClock({ node }: Placed): boolean {
  if (isMember(node, "Date", "now")) return true;
  const isDate = nameOf(node.callee) === "Date";
  return isDate && (node.type === "CallExpression" || (node.type === "NewExpression" && listOf(node.arguments).length === 0));
}

function isCast(node: Node): boolean {
  if (node.type === "TSTypeAssertion") return true;
  const to = node.typeAnnotation;
  const isConst = isNode(to) && to.type === "TSTypeReference" && nameOf(to.typeName) === "const";
  return node.type === "TSAsExpression" && !isConst;
}

function exportsDefault({ node }: Placed): boolean {
  return node.type === "ExportDefaultDeclaration" || (node.type === "ExportSpecifier" && nameOf(node.exported) === "default");
}

function isImpure(placed: Placed): boolean {
  const { node } = placed;
  if (node.async === true || node.await === true || node.type === "AwaitExpression") return true;
  if (isMember(node, "Math", "random") || (node.type === "MemberExpression" && localTime.test(nameOf(node.property) ?? ""))) return true;
  if (node.type === "NewExpression" && nameOf(node.callee) === "Date" && listOf(node.arguments).length > 1) return true;
  return [...impure, ...timers].includes(nameOf(node) ?? "") && isReference(placed);
}

// Not the name of a property, as in `row.process` or `{ process: 1 }`.
function isReference({ parent, field }: Placed): boolean {
  return parent === null || parent.computed === true || (field !== "property" && field !== "key");
}

function isTypeStatement(node: Node): boolean {
  if (node.type === "ImportDeclaration") return node.importKind === "type";
  if (node.type === "ExportNamedDeclaration") return node.exportKind === "type";
  return node.type === "TSTypeAliasDeclaration" || node.type === "TSInterfaceDeclaration";
}

function isMember(node: Node, object: string, property: string): boolean {
  if (node.type !== "MemberExpression" || nameOf(node.object) !== object) return false;
  return nameOf(node.property) === property || (isNode(node.property) && node.property.value === property);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const hasKey = (node: Node, key: string): boolean =>
  listOf(node.properties).some((property) => isNode(property) && nameOf(property.key) === key);
