import { Refusal, refused } from "../acts/refusal.ts";
import { findRenamed, findRepository, fullName } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import type { FaultKind } from "../words.ts";
import { type Answer, conditional } from "./answer.ts";
import { authenticate, type Credentials } from "./credentials.ts";
import { exhausted, type Faults, faultyAnswer, isApplied } from "./faults.ts";
import type { Found } from "./router.ts";

export type Request = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed; undefined for none, a SyntaxError where it is not JSON. */
  readonly body: unknown;
};

export type Response = {
  readonly answer: Answer | "silence" | "drop";
  readonly route: string | null;
  readonly page: boolean;
  readonly installation: number | null;
  readonly fault: FaultKind | null;
};

export type Counter = {
  readonly world: World;
  readonly find: (method: string, path: string) => Found | null;
  readonly faults: Faults;
};

/** One request from routing to answer: fault, credentials, limit, the route's own work, ETag. */
export function respond(counter: Counter, request: Request): Response {
  const { world } = counter;
  const path = byName(world, request.path);
  const found = counter.find(request.method, path);
  const page = found?.route.page ?? false;
  const route = found === null || page ? null : found.route.operation;
  const fault = page ? null : counter.faults.take(route);
  let installation: number | null = null;
  const work = (): Answer => {
    const credentials = authenticate(world, request.headers.authorization);
    installation = credentials.token?.installation.id ?? null;
    return admitted(counter, { request: { ...request, path }, found, credentials });
  };
  if (fault !== null) {
    if (isApplied(fault.kind)) refusing(work);
    return { answer: faultyAnswer(world, fault), route, page: false, installation, fault: fault.kind };
  }
  const answer = refusing(work);
  // A path that only looks like a page's is a call that went wrong, and is to be seen among the exchanges.
  return { answer, route, page: page && answer.status < 400, installation, fault: null };
}

type Admission = { readonly request: Request; readonly found: Found | null; readonly credentials: Credentials };

function admitted({ world }: Counter, { request, found, credentials }: Admission): Answer {
  const { app, token } = credentials;
  if (request.headers["user-agent"] === undefined)
    throw refused(403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent header");
  if (found === null) throw refused(404, "Not Found");
  const { route, parameters } = found;
  if (route.by === "app" && app === null) throw refused(401, "A JSON web token could not be decoded");
  if (route.by === "installation" && app !== null) throw refused(403, "Resource not accessible by integration");
  if (route.by === "installation" && token === null) throw refused(401, "Requires authentication");
  if (request.body instanceof SyntaxError) throw refused(400, "Problems parsing JSON");

  const installation = token?.installation.id ?? null;
  const limit = world.limits.standing(installation);
  if (limit.remaining === 0 && route.operation !== "GET /rate_limit") return exhausted(limit);
  const moved = movedTo(world, request);
  if (moved !== null) return moved;
  const answer = route.answer({ ...request, world, parameters, app, token });
  const final = request.method === "GET" ? conditional(answer, request.headers["if-none-match"]) : answer;
  if (final.status !== 304 && route.operation !== "GET /rate_limit") world.limits.count(installation);
  return final;
}

function refusing(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: error.body, headers: error.headers };
    throw error;
  }
}

/** `/repositories/7/…` is the address that outlives a change of name. */
function byName(world: World, path: string): string {
  const match = /^\/repositories\/(\d{1,15})(\/.*)?$/.exec(path);
  const repository = match === null ? undefined : world.repositories.get(Number(match[1]));
  return repository === undefined ? path : `/repos/${fullName(repository)}${match?.[2] ?? ""}`;
}

/** A renamed repository sends readers and writers on; only for writers the method must not change on the way. */
function movedTo(world: World, { method, path, query }: Request): Answer | null {
  const [, root, owner = "", name = ""] = path.split("/");
  if (root !== "repos" || findRepository(world, owner, name) !== null) return null;
  const repository = findRenamed(world, owner, name);
  if (repository === null) return null;
  const rest = path.split("/").slice(4).join("/");
  const search = new URLSearchParams(query).toString();
  const url = `${world.url}/repositories/${repository.id}${rest === "" ? "" : `/${rest}`}${search === "" ? "" : `?${search}`}`;
  const read = method === "GET";
  return {
    status: read ? 301 : 307,
    body: { message: read ? "Moved Permanently" : "Temporary Redirect", url },
    headers: { location: url },
  };
}
