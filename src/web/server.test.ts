import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, test } from "vitest";
import { Fault } from "../core/words.ts";
import { createLog } from "../logging.ts";
import { createMetrics } from "../metrics.ts";
import type { Delivery, Receipt } from "../ports.ts";
import type { Health } from "./health.ts";
import type { WebServer } from "./http-server.ts";
import { startWeb } from "./server.ts";

const secrets = ["the newest secret of them", "an older secret of them"] as const;
const path = "/api/github/webhooks";
const up: Health = { database: "up", inbox: { waiting: 2, oldestSeconds: 9, parked: 1 } };

const running: WebServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

describe("a webhook", () => {
  test("that GitHub signed is stored byte for byte and then accepted", async () => {
    const app = await start();
    const body = Buffer.from('{"text":"ünïcode \\u0000 \\ud800"}');

    const answer = await send(app, { body, id: "d-1", event: "push" });

    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ ok: true });
    expect(app.stored).toEqual([{ id: "d-1", event: "push", body }]);
  });

  test("whose bytes are not valid UTF-8 is verified over exactly those bytes", async () => {
    const app = await start();
    const body = Buffer.concat([
      Buffer.from('{"message":"'),
      Buffer.from([0x00, 0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80]),
      Buffer.from('"}'),
    ]);

    expect((await send(app, { body })).status).toBe(202);
    expect(app.stored[0]?.body.equals(body)).toBe(true);
  });

  test("of several megabytes arrives whole", async () => {
    const app = await start();
    const body = randomBytes(7_654_321);

    expect((await send(app, { body })).status).toBe(202);
    expect(app.stored[0]?.body.equals(body)).toBe(true);
  });

  test("sent in chunks of unknown length arrives whole", async () => {
    const app = await start();
    const body = Buffer.from(JSON.stringify({ list: Array.from({ length: 3000 }, (_, index) => index) }));
    const chunks = [...body].map((byte) => Buffer.from([byte]));
    const socket = await open(app);
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n${headerLines(headersFor({ body }))}\r\n`,
    );
    for (const chunk of chunks) socket.write(Buffer.concat([Buffer.from("1\r\n"), chunk, Buffer.from("\r\n")]));
    socket.write("0\r\n\r\n");

    expect(await text(socket)).toMatch(/^HTTP\/1\.1 202 /);
    expect(app.stored[0]?.body.equals(body)).toBe(true);
  });

  test("signed with the older secret is accepted while the secret is being replaced", async () => {
    const app = await start();

    expect((await send(app, { secret: secrets[1] })).status).toBe(202);
  });

  test("that was stored before is accepted again", async () => {
    const app = await start({ add: async () => "known" });

    expect((await send(app, {})).status).toBe(202);
  });

  test("is answered only after it is stored", async () => {
    const arrived = deferred<void>();
    const commit = deferred<"stored">();
    const app = await start({
      add: () => {
        arrived.resolve();
        return commit.promise;
      },
    });
    let answered = false;
    const answer = send(app, {}).then((response) => {
      answered = true;
      return response;
    });
    await arrived.promise;
    expect((await fetch(`${app.url}/alive`)).status).toBe(200);
    expect(answered).toBe(false);

    commit.resolve("stored");

    expect((await answer).status).toBe(202);
  });

  test("that is a ping is accepted and not kept", async () => {
    const app = await start();

    expect((await send(app, { event: "ping" })).status).toBe(202);
    expect(app.stored).toEqual([]);
  });
});

describe("a webhook is refused and not stored", () => {
  const good = headersFor({});
  const cases: readonly (readonly [string, number, Record<string, string>])[] = [
    ["without a signature", 401, without(good, "x-hub-signature-256")],
    [
      "with the signature of another body",
      401,
      { ...good, "x-hub-signature-256": headersFor({ body: Buffer.from("{ }") })["x-hub-signature-256"] },
    ],
    ["with the signature of another secret", 401, headersFor({ secret: "some other secret here" })],
    ["with the old SHA-1 signature alone", 401, { ...without(good, "x-hub-signature-256"), "x-hub-signature": `sha1=${"0".repeat(40)}` }],
    ["with a signature in capitals", 401, { ...good, "x-hub-signature-256": good["x-hub-signature-256"].toUpperCase() }],
    ["with something long in place of the signature", 401, { ...good, "x-hub-signature-256": "sha256=".repeat(500) }],
    ["without a delivery id", 400, without(good, "x-github-delivery")],
    ["without an event", 400, without(good, "x-github-event")],
    ["with a delivery id that could be one of our own readings", 400, { ...good, "x-github-delivery": "reading:1" }],
    ["with an endless delivery id", 400, { ...good, "x-github-delivery": "a".repeat(101) }],
    ["with an event that could be one of our own readings", 400, { ...good, "x-github-event": "reading.pull" }],
    ["as a form", 415, { ...good, "content-type": "application/x-www-form-urlencoded" }],
    ["as something that only begins like JSON", 415, { ...good, "content-type": "application/jsonp" }],
    ["without a content type", 415, without(good, "content-type")],
  ];

  test.each(cases)("%s", async (_, status, headers) => {
    const app = await start();

    const answer = await exchange(app, { headers });

    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).toMatch(/\{"error":"[^"]+"\}$/);
    expect(app.stored).toEqual([]);
  });

  test("when it says that it is over 25 MB, before any of it is read", async () => {
    const app = await start();
    const socket = await open(app);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${25 * 1024 * 1024 + 1}\r\n${headerLines(good)}\r\n`);

    expect(await text(socket)).toMatch(/^HTTP\/1\.1 413 /);
    expect(app.stored).toEqual([]);
  });

  test("when it turns out to be over 25 MB", async () => {
    const app = await start();
    const socket = await open(app);
    const answer = text(socket);
    socket.on("error", () => {});
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n${headerLines(good)}\r\n`);
    const megabyte = Buffer.alloc(1024 * 1024, "a");
    for (let sent = 0; sent < 26 && socket.writable; sent++)
      socket.write(Buffer.concat([Buffer.from("100000\r\n"), megabyte, Buffer.from("\r\n")]));

    expect(await answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(app.stored).toEqual([]);
  });

  test("when the sender leaves in the middle", async () => {
    const app = await start();
    const socket = await open(app);
    socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n${headerLines(good)}\r\n{"half`);
    socket.end();
    await text(socket);

    await app.close();
    expect(app.stored).toEqual([]);
  });

  test("with the same answer whether the signature or more is missing", async () => {
    const app = await start();
    const answer = await exchange(app, { headers: { "content-type": "application/json" } });

    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  });
});

describe("while the database is away", () => {
  test("a delivery is answered with 503, so that it can be sent again", async () => {
    const away = new Fault("connection refused", { next: { kind: "retry", at: null } });
    const app = await start({ add: () => Promise.reject(away) });

    const answer = await send(app, { id: "d-9" });

    expect(answer.status).toBe(503);
    expect(answer.headers.get("retry-after")).toBe("30");
    expect(app.lines.join("")).toContain("connection refused");
    expect(await answer.text()).not.toContain("connection refused");
  });

  test("a delivery does not wait for ever", async () => {
    const app = await start({ add: () => new Promise(() => {}) }, { patience: 20 });

    expect((await send(app, {})).status).toBe(503);
  });

  test.each<[string, () => Promise<Health>]>([
    ["says so", async () => ({ database: "down", inbox: null })],
    ["fails", () => Promise.reject(new Error("gone"))],
    ["hangs", () => new Promise(() => {})],
  ])("health is 503 when the database %s, and the process is alive", async (_, health) => {
    const app = await start({}, { health, patience: 20 });

    const answer = await fetch(`${app.url}/api/health`);

    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ status: "not ready", version: "1.2.3", database: "down", inbox: null });
    expect((await fetch(`${app.url}/alive`)).status).toBe(200);
  });
});

describe("what can be asked of the app", () => {
  test("its health tells version, database and inbox", async () => {
    const app = await start();

    const answer = await fetch(`${app.url}/api/health`);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ status: "ready", version: "1.2.3", ...up });
  });

  test("its health costs the database one question, however many ask at a time", async () => {
    let asked = 0;
    const arrived = deferred<void>();
    const known = deferred<Health>();
    const health = () => {
      asked += 1;
      arrived.resolve();
      return known.promise;
    };
    const app = await start({}, { health });
    const request = "GET /api/health HTTP/1.1\r\nHost: x\r\n";
    const answers = raw(app, `${request}\r\n${request}\r\n${request}Connection: close\r\n\r\n`);
    await arrived.promise;
    known.resolve(up);

    expect((await answers).match(/HTTP\/1\.1 200 /g)).toHaveLength(3);
    expect(asked).toBe(1);
  });

  test("its metrics count what came in", async () => {
    const app = await start();
    await send(app, { event: "push" });
    await exchange(app, { headers: headersFor({ secret: "some other secret here", event: "push" }) });

    const answer = await fetch(`${app.url}/metrics`);

    expect(answer.headers.get("content-type")).toContain("text/plain");
    const metrics = await answer.text();
    expect(metrics).toContain('plankeeper_deliveries_total{event="push",outcome="stored"} 1');
    expect(metrics).toContain('plankeeper_deliveries_total{event="push",outcome="bad-signature"} 1');
  });

  test("people who come from installing it are told what will happen, whatever their address carries", async () => {
    const app = await start();

    const answer = await fetch(`${app.url}/installed?installation_id=1&setup_action=<script>`);

    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
    const page = await answer.text();
    expect(page).toContain("Plankeeper is installed");
    expect(page).not.toContain("script");
  });

  test.each(["/alive", "/api/health", "/metrics"])("HEAD %s answers without a body", async (asked) => {
    const app = await start();
    const answer = await fetch(`${app.url}${asked}`, { method: "HEAD" });

    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("");
  });

  test.each(["/", "/api/github/webhooks", "/.env", "/..%2f..%2fetc%2fpasswd"])("GET %s is not found", async (asked) => {
    const app = await start();
    const answer = await fetch(`${app.url}${asked}`);

    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ error: "not found" });
  });
});

describe("every answer carries the security headers:", () => {
  const requests: readonly (readonly [string, string])[] = [
    [
      "a stored delivery",
      `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headerLines(headersFor({}))}content-length: 2\r\n\r\n{}`,
    ],
    ["a refused delivery", `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`],
    ["a page", "GET /alive HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"],
    ["a missing page", "GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"],
    ["an address that cannot be decoded", "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"],
    ["a request without a host", "GET /alive HTTP/1.1\r\nConnection: close\r\n\r\n"],
    ["an expectation nobody knows", "GET /alive HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close\r\n\r\n"],
    ["headers that are too long", `GET /alive HTTP/1.1\r\nHost: x\r\nA: ${"a".repeat(20_000)}\r\n\r\n`],
    ["something that is not HTTP", "\u0016\u0003\u0001 hello\r\n\r\n"],
  ];

  test.each(requests)("%s", async (_, request) => {
    const app = await start();
    const answer = await raw(app, request);

    const headers = answer.slice(0, answer.indexOf("\r\n\r\n")).toLowerCase();
    expect(headers).toContain("content-security-policy: default-src 'none'");
    expect(headers).toContain("frame-ancestors 'none'");
    expect(headers).toContain("x-content-type-options: nosniff");
    expect(headers).toContain("referrer-policy: no-referrer");
    expect(headers).not.toContain("x-powered-by");
    expect(headers).not.toContain("strict-transport-security");
  });

  test("and asks for TLS once the public address has it", async () => {
    const app = await start({}, { publicUrl: "https://plankeeper.example.com" });

    expect((await fetch(`${app.url}/alive`)).headers.get("strict-transport-security")).toContain("max-age=");
  });
});

describe("the log", () => {
  test("has one line for each delivery", async () => {
    const app = await start();
    await send(app, { id: "d-1", event: "push" });
    await exchange(app, { headers: { ...headersFor({}), "x-hub-signature-256": `sha256=${"0".repeat(64)}` } });

    const lines = app.lines.map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { level: "info", delivery: "d-1", event: "push", outcome: "stored", ms: expect.any(Number) },
      { level: "warn", outcome: "bad-signature" },
    ]);
  });

  test("never holds a signature, secret, cookie or token that a request carried", async () => {
    const app = await start({ add: () => Promise.reject(new Error(`could not store for ${secrets[0]}`)) });
    const headers = { ...headersFor({}), cookie: "session=hunter2hunter2", authorization: "Bearer hunter2hunter2" };
    await exchange(app, { headers });
    await exchange(app, { headers: { ...headers, "x-github-delivery": "ghs_0123456789abcdef0123456789" } });
    await raw(app, `GET /setup?code=hunter2hunter2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);

    const log = app.lines.join("");
    expect(log).toContain("could not store for");
    for (const secret of [secrets[0], headers["x-hub-signature-256"].slice(7), "hunter2", "ghs_0123"]) expect(log).not.toContain(secret);
  });
});

test("closing lets a delivery under way finish and takes no new ones", async () => {
  const arrived = deferred<void>();
  const commit = deferred<"stored">();
  const app = await start({
    add: () => {
      arrived.resolve();
      return commit.promise;
    },
  });
  const answer = send(app, {});
  await arrived.promise;

  const closed = app.close();
  const late = await fetch(`${app.url}/alive`).then(
    (response) => response.status,
    () => "refused",
  );
  commit.resolve("stored");

  expect((await answer).status).toBe(202);
  expect(["refused", 503]).toContain(late);
  await closed;
});

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

type Started = WebServer & { readonly stored: Delivery[]; readonly lines: string[] };
type Options = { publicUrl?: string; patience?: number; health?: () => Promise<Health> };

async function start(receipt: Partial<Receipt> = {}, options: Options = {}): Promise<Started> {
  const stored: Delivery[] = [];
  const lines: string[] = [];
  const server = await startWeb({
    settings: { host: "127.0.0.1", port: 0, publicUrl: options.publicUrl ?? null, webhookSecrets: secrets },
    log: createLog("info", { write: (line) => lines.push(line) }, secrets),
    metrics: createMetrics(async () => null),
    receipt: {
      add: async (delivery) => {
        stored.push(delivery);
        return "stored";
      },
      ...receipt,
    },
    health: options.health ?? (async () => up),
    version: "1.2.3",
    patience: options.patience,
  });
  running.push(server);
  return { ...server, stored, lines };
}

type Sent = { body?: Buffer; secret?: string; id?: string; event?: string };

function headersFor({
  body = Buffer.from("{}"),
  secret = secrets[0],
  id = "72d3162e-cc78-11e3-81ab-4c9367dc0958",
  event = "issues",
}: Sent) {
  return {
    "content-type": "application/json",
    "x-github-delivery": id,
    "x-github-event": event,
    "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  };
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([each]) => each !== name));
}

function headerLines(headers: Record<string, string>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
}

function send(app: WebServer, sent: Sent): Promise<Response> {
  return fetch(`${app.url}${path}`, { method: "POST", headers: headersFor(sent), body: new Uint8Array(sent.body ?? Buffer.from("{}")) });
}

/** Sends `{}` with exactly these headers and gives the whole answer as text. */
function exchange(app: WebServer, { headers }: { headers: Record<string, string> }): Promise<string> {
  return raw(app, `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n${headerLines(headers)}\r\n{}`);
}

async function raw(app: WebServer, request: string): Promise<string> {
  const socket = await open(app);
  socket.write(request);
  return text(socket);
}

async function open(app: WebServer): Promise<Socket> {
  const socket = connect(app.port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}
