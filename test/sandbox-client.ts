/** A sandbox, an app that only listens, and a caller with the app's credentials: for tests of the sandbox itself. */
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { onTestFinished } from "vitest";
import { type Sandbox, type SandboxOptions, startSandbox } from "../src/sandbox/sandbox.ts";

export const appId = 4711;
export const webhookSecret = "a secret between two";
/** 2026-03-02T10:00:00Z, a Monday. */
export const storyStart = Date.parse("2026-03-02T10:00:00Z");

const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

export type Heard = {
  readonly event: string;
  readonly guid: string;
  readonly signed: boolean;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
  readonly payload: unknown;
};

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: unknown };

export type Client = {
  readonly sandbox: Sandbox;
  /** What the app heard, in the order of arrival. */
  readonly heard: readonly Heard[];
  /** `event.action` of what it heard, and forgets it. */
  takeEvents(): string[];
  /** From now on the app answers so; 0 = it hangs up, -1 = it never answers. */
  answerWith(status: number): void;
  /** Calls as the newest installation, unless `as` is a token, "app" or "nobody". */
  call(request: string, options?: CallOptions): Promise<Reply>;
  token(body?: unknown): Promise<string>;
};

export type CallOptions = { readonly body?: unknown; readonly as?: string; readonly headers?: Readonly<Record<string, string>> };

export async function openSandbox(options: Partial<SandboxOptions> = {}): Promise<Client> {
  const heard: Heard[] = [];
  let answer = 202;
  const app = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    const bytes = Buffer.concat(chunks);
    const signature = `sha256=${createHmac("sha256", webhookSecret).update(bytes).digest("hex")}`;
    heard.push({
      event: String(request.headers["x-github-event"]),
      guid: String(request.headers["x-github-delivery"]),
      signed: request.headers["x-hub-signature-256"] === signature,
      headers: request.headers,
      body: bytes.toString("utf8"),
      payload: parsed(bytes.toString("utf8")),
    });
    if (answer === 0) response.destroy();
    if (answer > 0) response.writeHead(answer).end("heard");
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const address = app.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const sandbox = await startSandbox({
    appId,
    publicKey,
    webhookSecret,
    webhookUrl: `http://127.0.0.1:${port}/hooks`,
    now: storyStart,
    ...options,
  });
  onTestFinished(async () => {
    await sandbox.close();
    app.closeAllConnections();
    await new Promise((resolve) => app.close(resolve));
  });

  const bearer = async (as: string | undefined): Promise<string | null> => {
    if (as === "nobody") return null;
    if (as === "app") return jwt();
    return as ?? (await client.token());
  };

  const client: Client = {
    sandbox,
    heard,
    takeEvents: () =>
      heard.splice(0).map(({ event, payload }) => [event, field(payload, "action")].filter((part) => part !== "").join(".")),
    answerWith(status) {
      answer = status;
    },
    async call(request, { body, as, headers = {} } = {}) {
      const [method = "", path = ""] = request.split(" ");
      const credential = await bearer(as);
      const response = await fetch(`${sandbox.url}${path}`, {
        method,
        redirect: "manual",
        headers: { ...(credential === null ? {} : { authorization: `Bearer ${credential}` }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, body: parsed(await response.text()) };
    },
    async token(body) {
      const list = await client.call("GET /app/installations", { as: "app" });
      const installation = field(listIn(list.body).at(-1), "id");
      const request = `POST /app/installations/${installation}/access_tokens`;
      return field((await client.call(request, { as: "app", body })).body, "token");
    },
  };
  return client;
}

/** What the app signs itself with; the claims can be made wrong. */
export function jwt(claims: Readonly<Record<string, unknown>> = {}, key: string = privateKey): string {
  const now = Math.floor(Date.now() / 1000);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const head = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iss: appId, iat: now - 60, exp: now + 540, ...claims })}`;
  return `${head}.${createSign("RSA-SHA256").update(head).sign(key, "base64url")}`;
}

/** A value inside an answer by its path (`labels.0.name`), as text; empty where there is none. */
export function field(value: unknown, path: string): string {
  const found = inside(value, path);
  return found === undefined || found === null ? "" : String(found);
}

/** A list inside an answer by its path; the answer itself without one. */
export function listIn(value: unknown, path = ""): readonly unknown[] {
  const found = path === "" ? value : inside(value, path);
  return Array.isArray(found) ? found : [];
}

/** The same field of every entry of a list. */
export function fields(list: unknown, path: string): string[] {
  return listIn(list).map((entry) => field(entry, path));
}

function inside(value: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((place, name) => {
    if (typeof place !== "object" || place === null) return undefined;
    return new Map<string, unknown>(Object.entries(place)).get(name);
  }, value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === "" ? null : text;
  }
}
