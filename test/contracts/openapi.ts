/** Judges HTTP exchanges and webhook payloads by the cut of GitHub's OpenAPI description in `test/fixtures/openapi`. */
import { readFileSync } from "node:fs";
import { Ajv, type AnySchema, type ValidateFunction } from "ajv";
import ajvFormats from "ajv-formats";

/** One request and what was answered. `status` 0 = no answer came; bodies are parsed JSON, or null (undefined) for none. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseBody: unknown;
};

type Branch = Readonly<Record<string, unknown>>;
type Operation = { readonly name: string; readonly segments: readonly string[]; readonly pointer: string; readonly description: Branch };

const operationsCut = readCut("github");
const webhooksCut = readCut("webhooks");
const strict = validator(false);
const coercing = validator(true);
const known = listOperations();

/** The operations of the cut, as `METHOD /path/{parameter}`. */
export const operations: readonly string[] = known.map(({ name }) => name);
/** The payloads of the cut, as `event.action`, or `event` where there is no action. */
export const webhooks: readonly string[] = Object.keys(branch(webhooksCut.webhooks));

/**
 * What is wrong with one exchange by GitHub's description: an operation, query parameter, body field or status that is not in it, or a value
 * of the wrong shape. Empty = nothing. Answers that every operation can give (401, 403, 404, 429, 5xx …) are judged as GitHub's plain error.
 * GraphQL is not part of the description: there only the envelope is judged.
 */
export function validateExchange(exchange: Exchange): string[] {
  if (exchange.path === "/graphql") return graphqlComplaints(exchange);
  const operation = findOperation(exchange.method, exchange.path);
  if (operation === null) return [`${exchange.method} ${exchange.path} is not in the cut`];
  const complaints = [...queryComplaints(operation, exchange.query), ...requestComplaints(operation, exchange.requestBody)];
  if (exchange.status !== 0) complaints.push(...answerComplaints(operation, exchange));
  return complaints.map((complaint) => `${operation.name}: ${complaint}`);
}

/** What is wrong with a webhook's payload by GitHub's description. An event that is not in the cut is a complaint. */
export function validateWebhook(event: string, action: string | null, payload: unknown): string[] {
  const name = `${event}${action === null ? "" : `-${action}`}`.replaceAll("_", "-");
  if (branch(webhooksCut.webhooks)[name] === undefined) return [`${name} is not in the cut`];
  const schema = `webhooks#/webhooks/${pointerStep(name)}/content/${pointerStep("application/json")}/schema`;
  return complaintsOf(strict, schema, payload).map((complaint) => `${name}: ${complaint}`);
}

function queryComplaints(operation: Operation, query: Exchange["query"]): string[] {
  const complaints: string[] = [];
  const parameters = parametersOf(operation).filter(({ description }) => description.in === "query");
  for (const [name, value] of Object.entries(query)) {
    const parameter = parameters.find(({ description }) => description.name === name);
    if (parameter === undefined) complaints.push(`there is no query parameter "${name}"`);
    else complaints.push(...complaintsOf(coercing, `${parameter.pointer}/schema`, value).map((text) => `query "${name}"${text}`));
  }
  for (const { description } of parameters)
    if (description.required === true && query[String(description.name)] === undefined)
      complaints.push(`query parameter "${String(description.name)}" is missing`);
  return complaints;
}

function requestComplaints(operation: Operation, body: unknown): string[] {
  const empty = body === null || body === undefined;
  const request = operation.description.requestBody;
  if (!isBranch(request)) return empty || isEmpty(body) ? [] : ["takes no request body"];
  if (empty) return request.required === true ? ["the request body is missing"] : [];
  const pointer = `${operation.pointer}/requestBody/content/${pointerStep("application/json")}/schema`;
  const fields = fieldsOf(resolve(pointer));
  const unknown = isBranch(body) && fields.size > 0 ? Object.keys(body).filter((key) => !fields.has(key)) : [];
  return [
    ...complaintsOf(strict, pointer, body).map((text) => `request${text}`),
    ...unknown.map((key) => `request has an unknown field "${key}"`),
  ];
}

function answerComplaints(operation: Operation, { status, responseBody }: Exchange): string[] {
  const answers = branch(operation.description.responses);
  if (answers[String(status)] === undefined) {
    if (!everywhere.has(status) && status < 500) return [`status ${status} is not described`];
    if (status === 304 || status === 307) return [];
    return complaintsOf(strict, "operations#/components/schemas/basic-error", responseBody).map((text) => `answer ${status}${text}`);
  }
  const { pointer, description } = follow(`${operation.pointer}/responses/${status}`);
  const content = isBranch(description.content) ? description.content : {};
  const types = Object.keys(content);
  if (types.length === 0) return responseBody === null || isEmpty(responseBody) ? [] : [`answer ${status} should have no body`];
  const attempts = types.map((type) => complaintsOf(strict, `${pointer}/content/${pointerStep(type)}/schema`, responseBody));
  const best = attempts.some(({ length }) => length === 0) ? [] : (attempts[types.indexOf("application/json")] ?? []);
  return best.map((text) => `answer ${status}${text}`);
}

/** GitHub answers so on any operation, described there or not. */
const everywhere = new Set([301, 304, 307, 400, 401, 403, 404, 409, 422, 429]);

function graphqlComplaints({ method, requestBody, status, responseBody }: Exchange): string[] {
  const complaints: string[] = [];
  if (method !== "POST") complaints.push("graphql: only POST");
  if (!isBranch(requestBody) || typeof requestBody.query !== "string") complaints.push("graphql: the request has no query");
  if (status !== 200) return complaints;
  if (!isBranch(responseBody) || !("data" in responseBody || "errors" in responseBody))
    return [...complaints, "graphql: neither data nor errors"];
  const errors = responseBody.errors ?? [];
  if (!Array.isArray(errors) || !errors.every((error) => isBranch(error) && typeof error.message === "string"))
    complaints.push("graphql: errors are not a list of messages");
  return complaints;
}

// ── finding things in the cut ─────────────────────────────────────────────────────────────────

function listOperations(): Operation[] {
  return Object.entries(branch(operationsCut.paths)).flatMap(([path, methods]) =>
    Object.entries(branch(methods)).map(([method, description]) => ({
      name: `${method.toUpperCase()} ${path}`,
      segments: path.split("/"),
      pointer: `operations#/paths/${pointerStep(path)}/${method}`,
      description: branch(description),
    })),
  );
}

/** The operation with the most literal segments wins. A renamed repository is also reached as `/repositories/{id}`. */
function findOperation(method: string, path: string): Operation | null {
  const segments = path.replace(/^\/repositories\/\d+/, "/repos/any/any").split("/");
  const fitting = known.filter((operation) => operation.name.startsWith(`${method} `) && fits(operation, segments));
  const literals = ({ segments: own }: Operation) => own.filter((segment) => !segment.startsWith("{")).length;
  return fitting.sort((a, b) => literals(b) - literals(a))[0] ?? null;
}

function fits(operation: Operation, segments: readonly string[]): boolean {
  const parameters = parametersOf(operation);
  const parameter = (name: string) => parameters.find(({ description }) => `{${String(description.name)}}` === name)?.description ?? {};
  const wide = operation.segments.findIndex((segment) => segment.startsWith("{") && parameter(segment)["x-multi-segment"] === true);
  const spare = segments.length - operation.segments.length;
  if (spare < 0 || (spare > 0 && wide < 0)) return false;
  return operation.segments.every((segment, index) => {
    const found = segments[index <= wide || wide < 0 ? index : index + spare] ?? "";
    if (!segment.startsWith("{")) return segment === found;
    const schema = parameter(segment).schema;
    return isBranch(schema) && schema.type === "integer" ? /^\d+$/.test(found) : true;
  });
}

function parametersOf(operation: Operation): { readonly pointer: string; readonly description: Branch }[] {
  const list = operation.description.parameters;
  return Array.isArray(list) ? list.map((_, index) => follow(`${operation.pointer}/parameters/${index}`)) : [];
}

/** What stands at a pointer, and where, after following one `$ref`. */
function follow(pointer: string): { readonly pointer: string; readonly description: Branch } {
  const description = resolve(pointer);
  const reference = description.$ref;
  return typeof reference === "string" ? follow(`operations${reference}`) : { pointer, description };
}

function resolve(pointer: string): Branch {
  let place: unknown = operationsCut;
  for (const step of pointer.split("#/")[1]?.split("/") ?? []) {
    const name = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
    place = Array.isArray(place) ? place[Number(name)] : branch(place)[name];
  }
  return branch(place);
}

/** The names a request body may use, over all alternatives; empty where any name may be used. */
function fieldsOf(schema: Branch): Set<string> {
  const own = isBranch(schema.properties) ? Object.keys(schema.properties) : [];
  const reference = typeof schema.$ref === "string" ? [follow(`operations${schema.$ref}`).description] : [];
  const parts = [schema.oneOf, schema.anyOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? list.filter(isBranch) : []));
  return new Set([...own, ...[...parts, ...reference].flatMap((part) => [...fieldsOf(part)])]);
}

// ── validating ────────────────────────────────────────────────────────────────────────────────

function complaintsOf(by: Ajv, schema: string, value: unknown): string[] {
  const validate: ValidateFunction | undefined = by.getSchema(schema);
  if (validate === undefined) throw new Error(`no schema at ${schema}`);
  if (validate(value ?? null)) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

function validator(coerceTypes: boolean): Ajv {
  // Written for compiling fast: most schemas are used once or twice, and inlining them takes five times as long as it saves.
  const ajv = new Ajv({ strict: false, coerceTypes, validateSchema: false, inlineRefs: false, code: { optimize: false } });
  ajvFormats.default(ajv);
  // Addresses of bots have brackets in them (`77+app[bot]@users.noreply.github.com`), which the usual rule forbids.
  ajv.addFormat("email", /^[^@\s]+@[^@\s]+$/);
  ajv.addFormat("repo.nwo", /^[^/\s]+\/[^/\s]+$/);
  ajv.addSchema(operationsCut, "operations");
  ajv.addSchema(webhooksCut, "webhooks");
  return ajv;
}

function readCut(name: string): Branch & AnySchema {
  return branch(inJsonSchema(JSON.parse(readFileSync(new URL(`../fixtures/openapi/${name}.json`, import.meta.url), "utf8"))));
}

/** OpenAPI 3.0 writes `nullable` where JSON Schema has a type of its own. */
function inJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inJsonSchema);
  if (!isBranch(value)) return value;
  const { nullable, ...rest } = value;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, inJsonSchema(corrected(key, item))]));
  return nullable === true ? { anyOf: [{ type: "null" }, schema] } : schema;
}

/** Two places where GitHub's description contradicts itself and what GitHub sends. */
function corrected(key: string, value: unknown): unknown {
  if (!isBranch(value)) return value;
  // `GET /app/installations` says that an account is a user *and* an enterprise; everywhere else it is one of them.
  if (key === "account" && "allOf" in value) return { nullable: value.nullable, anyOf: value.allOf };
  // One list of an app's events has not heard of newer ones (`merge_group`).
  if (key === "events" && isBranch(value.items)) return { type: "array", items: { type: "string" } };
  return value;
}

function pointerStep(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (isBranch(value) && Object.keys(value).length === 0);
}

function branch(value: unknown): Branch {
  if (!isBranch(value)) throw new Error("the cut is not as expected");
  return value;
}

function isBranch(value: unknown): value is Branch {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
