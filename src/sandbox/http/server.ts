import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { machineNow } from "../clock.ts";
import type { Exchange } from "../words.ts";
import type { Answer } from "./answer.ts";
import { type Counter, type Request, respond } from "./respond.ts";

export type Listening = { readonly server: Server; readonly url: string };

/** A server on loopback that answers 503 until it is given something to answer with. */
export async function listen(port: number): Promise<Listening> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the sandbox has no port");
  return { server, url: `http://127.0.0.1:${address.port}` };
}

/** Answers every request, and tells each exchange once its answer is settled. */
export function serve(server: Server, counter: Counter, tell: (exchange: Exchange) => void): void {
  let requests = 0;
  server.on("request", (incoming, outgoing) => {
    readRequest(incoming).then(
      (request) => {
        requests += 1;
        answer(counter, { request, outgoing, number: requests }, tell);
      },
      () => outgoing.destroy(),
    );
  });
}

type Turn = { readonly request: Request; readonly outgoing: ServerResponse; readonly number: number };

function answer(counter: Counter, { request, outgoing, number }: Turn, tell: (exchange: Exchange) => void): void {
  const { answer, route, page, installation, fault } = safely(counter, request);
  const { authorization: _, ...requestHeaders } = request.headers;
  const { method, path, query } = request;
  const requestBody = request.body instanceof SyntaxError ? null : (request.body ?? null);
  const asked = { at: counter.world.clock.now(), method, path, query, requestHeaders, requestBody, route, installation, fault };
  if (answer === "silence" || answer === "drop") {
    tell({ ...asked, status: 0, responseHeaders: {}, responseBody: null });
    if (answer === "drop") outgoing.destroy();
    return;
  }
  const full = complete(answer);
  const responseHeaders = { ...commonHeaders(counter, { installation, number, path }), ...full.headers };
  if (!page) tell({ ...asked, status: full.status, responseHeaders, responseBody: full.text?.content ?? full.body ?? null });
  outgoing.sendDate = false;
  outgoing.writeHead(full.status, responseHeaders);
  outgoing.end(full.text?.content ?? (full.body === undefined ? undefined : JSON.stringify(full.body)));
}

/** A mistake in the sandbox itself must be seen: the answer says what it was. */
function safely(counter: Counter, request: Request): ReturnType<typeof respond> {
  try {
    return respond(counter, request);
  } catch (error) {
    const message = `The sandbox failed: ${error instanceof Error ? error.stack : String(error)}`;
    return { answer: { status: 500, body: { message }, headers: {} }, route: null, page: false, installation: null, fault: null };
  }
}

/** Errors carry what GitHub puts into all of them; bodies get their type. */
function complete(answer: Answer): Answer {
  if (answer.text !== undefined) return { ...answer, headers: { "content-type": `${answer.text.type}; charset=utf-8`, ...answer.headers } };
  if (answer.body === undefined) return answer;
  const failed = answer.status >= 300 && typeof answer.body === "object" && answer.body !== null;
  const told = { documentation_url: "https://docs.github.com/rest", status: String(answer.status) };
  const body = failed ? { ...answer.body, ...told } : answer.body;
  return { ...answer, body, headers: { "content-type": "application/json; charset=utf-8", ...answer.headers } };
}

function commonHeaders(
  { world }: Counter,
  { installation, number, path }: { readonly installation: number | null; readonly number: number; readonly path: string },
): Record<string, string> {
  const { limit, used, remaining, reset } = world.limits.standing(installation);
  return {
    date: new Date(world.clock.now()).toUTCString(),
    server: "github.com",
    "cache-control": "private, max-age=60, s-maxage=60",
    vary: "Accept, Authorization, Cookie, X-GitHub-OTP",
    "x-content-type-options": "nosniff",
    "x-github-media-type": "github.v3; format=json",
    "x-github-api-version-selected": "2022-11-28",
    "x-github-request-id": `5A4D:${number.toString(16).toUpperCase().padStart(6, "0")}:${machineNow().toString(16).toUpperCase()}`,
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-used": String(used),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(reset),
    "x-ratelimit-resource": path === "/graphql" ? "graphql" : "core",
  };
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const url = new URL(incoming.url ?? "/", "http://loopback");
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value ?? "")]));
  return {
    method: incoming.method ?? "GET",
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers,
    body: readBody(Buffer.concat(chunks).toString("utf8"), headers["content-type"] ?? ""),
  };
}

function readBody(text: string, type: string): unknown {
  if (text === "") return undefined;
  if (type.startsWith("application/x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}
