import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type FastifyInstance, fastify } from "fastify";
import type { Logger } from "pino";
import { securityHeaders } from "./security-headers.ts";

export type WebSettings = { readonly host: string; readonly port: number; readonly publicUrl: string | null };

export type WebServer = {
  /** Where it listens, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  readonly port: number;
  /** Stops accepting, lets requests under way finish, and gives up on them after `lastCall`. */
  close(): Promise<void>;
};

/** Milliseconds. A sender that drips its headers or body is cut off; GitHub itself gives up after 10 s. */
const limits = { headers: 10_000, request: 30_000, silence: 30_000, keepAlive: 72_000, checkEvery: 5_000, lastCall: 10_000 };

/**
 * Starts an HTTP server with `routes` and `/alive` (the process answers), hardened: time limits against slow senders, security headers on every answer,
 * JSON errors that tell nothing of the inside. Faults: the address is taken or may not be used.
 */
export async function openServer(
  parts: { readonly settings: WebSettings; readonly log: Logger },
  routes: (app: FastifyInstance) => void,
): Promise<WebServer> {
  const headers = securityHeaders(parts.settings.publicUrl);
  const app = fastify({
    logger: false,
    trustProxy: false,
    serverFactory: (answer) => hardened(headers, answer),
    frameworkErrors: (_error, _request, reply) => {
      reply.raw.writeHead(400, { "content-type": "application/json; charset=utf-8" }).end('{"error":"bad request"}');
    },
  });
  app.removeAllContentTypeParsers();
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: "not found" }));
  app.setErrorHandler((error, request, reply) => {
    const status = statusOf(error);
    if (status >= 500) parts.log.error({ err: error, method: request.method, route: request.routeOptions.url }, "request failed");
    return reply.code(status).send({ error: status >= 500 ? "internal error" : "bad request" });
  });
  closeConnectionsOnceClosing(app);
  app.get("/alive", async () => ({ status: "alive" }));
  routes(app);
  const url = await app.listen({ host: parts.settings.host, port: parts.settings.port });
  return { url, port: Number(new URL(url).port || 80), close: () => closeSoon(app) };
}

// Headers are set here and not in a hook of the framework, because some answers never reach its hooks:
// an address that cannot be decoded, a server that is closing, an expectation that cannot be met.
function hardened(headers: Readonly<Record<string, string>>, answer: (request: IncomingMessage, response: ServerResponse) => void): Server {
  const lines = Object.entries(headers);
  const answerSafely = (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of lines) response.setHeader(name, value);
    answer(request, response);
  };
  const server = createServer(
    {
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      keepAliveTimeout: limits.keepAlive,
      connectionsCheckingInterval: limits.checkEvery,
      maxHeaderSize: 16_384,
      // Else Node answers such a request itself, without our headers.
      requireHostHeader: false,
    },
    answerSafely,
  );
  server.setTimeout(limits.silence);
  server.on("checkExpectation", answerSafely);
  server.on("clientError", (error, socket) => refuseUnreadable(error, socket, headers));
  return server;
}

// What Node could not read as a request has no response object: the answer is written by hand.
function refuseUnreadable(error: Error & { code?: string }, socket: Duplex, headers: Readonly<Record<string, string>>): void {
  if (error.code === "ECONNRESET" || !socket.writable) return;
  const status = unreadable.get(error.code ?? "") ?? "400 Bad Request";
  const body = JSON.stringify({ error: status.slice(4).toLowerCase() });
  const lines = Object.entries({ ...headers, "content-type": "application/json", "content-length": body.length, connection: "close" });
  socket.end([`HTTP/1.1 ${status}`, ...lines.map(([name, value]) => `${name}: ${value}`), "", body].join("\r\n"));
}

const unreadable: ReadonlyMap<string, string> = new Map([
  ["HPE_HEADER_OVERFLOW", "431 Request Header Fields Too Large"],
  ["ERR_HTTP_REQUEST_TIMEOUT", "408 Request Timeout"],
]);

// A request that was under way when closing began would otherwise leave its connection open, and closing waits for that.
function closeConnectionsOnceClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook("preClose", (done) => {
    closing = true;
    done();
  });
  app.addHook("onSend", (_request, reply, _payload, done) => {
    if (closing) reply.header("connection", "close");
    done();
  });
}

async function closeSoon(app: FastifyInstance): Promise<void> {
  const giveUp = setTimeout(() => app.server.closeAllConnections(), limits.lastCall);
  try {
    await app.close();
  } finally {
    clearTimeout(giveUp);
  }
}

function statusOf(error: unknown): number {
  return error instanceof Error && "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500;
}
