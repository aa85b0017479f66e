import { refused } from "../acts/refusal.ts";
import type { App, Repository, Token, World } from "../state/world.ts";

/** One request, read and admitted. */
export type Asked = {
  readonly world: World;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly path: string;
  /** Who asks: the app itself, or one of its installations. */
  readonly app: App | null;
  readonly token: Token | null;
};

export type RepositoryAsked = Asked & { readonly repository: Repository; readonly token: Token };

/** A part of the path. */
export function parameter({ parameters }: Asked, name: string): string {
  const value = parameters[name];
  if (value === undefined) throw new Error(`the route has no {${name}}`);
  return value;
}

/** A part of the path that is a number; what is none stands for nothing that exists. */
export function numberParameter(asked: Asked, name: string): number {
  const value = parameter(asked, name);
  return /^\d{1,15}$/.test(value) ? Number(value) : -1;
}

// ── fields of a request body ──────────────────────────────────────────────────────────────────

export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  if (value === undefined || value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return Object.fromEntries(Object.entries(value));
  throw refused(400, "Body should be a JSON object");
}

export function textIn(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || typeof value === "string") return value;
  throw wrongType(name, value, "a string");
}

/** Null is a value here: it empties the field. */
export function textOrNullIn(fields: Fields, name: string): string | null | undefined {
  return fields[name] === null ? null : textIn(fields, name);
}

export function requiredTextIn(fields: Fields, name: string): string {
  const value = textIn(fields, name);
  if (value === undefined) throw refused(422, `Invalid request.\n\n"${name}" wasn't supplied.`);
  return value;
}

export function integerIn(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw wrongType(name, value, "an integer");
}

export function listIn(fields: Fields, name: string): readonly unknown[] | undefined {
  const value = fields[name];
  if (value === undefined || Array.isArray(value)) return value;
  throw wrongType(name, value, "an array");
}

/** Labels come as names, or as objects with a name. */
export function namesIn(fields: Fields, name: string): string[] | undefined {
  return listIn(fields, name)?.map((item) => (typeof item === "string" ? item : requiredTextIn(fieldsOf(item), "name")));
}

export function choiceIn<const T extends string>(fields: Fields, name: string, choices: readonly T[]): T | undefined {
  const value = textIn(fields, name);
  const choice = choices.find((one) => one === value);
  if (value === undefined || choice !== undefined) return choice;
  throw refused(422, `Invalid request.\n\nFor 'properties/${name}', ${value} is not one of ${choices.join(", ")}.`);
}

/** An ISO 8601 time, in ms. */
export function timeIn(fields: Fields, name: string): number | undefined {
  const value = textIn(fields, name);
  if (value === undefined) return undefined;
  const at = Date.parse(value);
  if (Number.isNaN(at)) throw wrongType(name, value, "a date-time");
  return at;
}

function wrongType(name: string, value: unknown, wanted: string) {
  return refused(422, `Invalid request.\n\nFor 'properties/${name}', ${JSON.stringify(value)} is not ${wanted}.`);
}
