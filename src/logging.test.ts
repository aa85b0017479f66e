import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createLog, type Log } from "./logging.ts";

const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const part = (fill: string, length: number) => fill.repeat(length).slice(0, length);

/** How each kind of secret is written, and the piece that must not be readable afterwards. */
const secrets: readonly (readonly [string, string, string])[] = [
  ["a classic installation token", `ghs_${part("Ab1", 36)}`, part("Ab1", 20)],
  ["a stateless installation token", `ghs_12345_eyJhbGciOiJSUzI1NiJ9.${part("Xy-9_", 300)}.${part("Zz8", 80)}`, part("Xy-9_", 20)],
  ["a personal token", `ghp_${part("Cd2", 36)}`, part("Cd2", 20)],
  ["a user's token", `ghu_${part("Ef3", 36)}`, part("Ef3", 20)],
  ["a refresh token", `ghr_${part("Gh4", 36)}`, part("Gh4", 20)],
  ["a fine-grained token", `github_pat_${part("Ij5_", 80)}`, part("Ij5_", 20)],
  ["an app's JWT", `eyJhbGciOiJSUzI1NiJ9.${part("Kl6", 60)}.${part("Mn7", 300)}`, part("Kl6", 20)],
  ["a signature", `sha256=${part("0a1b", 64)}`, part("0a1b", 20)],
  ["an old signature", `sha1=${part("2c3d", 40)}`, part("2c3d", 20)],
  [
    "a PKCS#8 key",
    key.export({ type: "pkcs8", format: "pem" }).toString(),
    lineOf(key.export({ type: "pkcs8", format: "pem" }).toString()),
  ],
  [
    "a PKCS#1 key",
    key.export({ type: "pkcs1", format: "pem" }).toString(),
    lineOf(key.export({ type: "pkcs1", format: "pem" }).toString()),
  ],
  [
    "a key with escaped line breaks",
    key.export({ type: "pkcs1", format: "pem" }).toString().replaceAll("\n", "\\n"),
    lineOf(key.export({ type: "pkcs1", format: "pem" }).toString()),
  ],
  ["a database address", "postgres://me:Op8Op8@db.example.com/plan", "Op8Op8"],
  ["a database address with odd characters", "postgresql://me:Qr/9@Qr9@db.example.com/plan", "Qr9"],
  ["a proxy's address", "http://me:St0St0@proxy.example.com:3128", "St0St0"],
  ["a bearer header", "Authorization: Bearer Uv1Uv1", "Uv1Uv1"],
  ["a bearer token alone", `sent Bearer ${part("Ij8", 24)}`, part("Ij8", 20)],
  ["a basic login alone", `sent Basic ${part("Kl9", 24)}`, part("Kl9", 20)],
  ["a header in JSON", '{"authorization":"token Wx2Wx2"}', "Wx2Wx2"],
  ["a cookie header", "cookie: plankeeper=Yz3; other=Yz3Yz3", "Yz3"],
  ["a setting cookie header", '"set-cookie": "plankeeper=Ab4Ab4; HttpOnly"', "Ab4Ab4"],
  ["a form field", "grant=x&client_secret=Cd5Cd5&y=z", "Cd5Cd5"],
  ["a registration code in an address", "GET /setup?code=Ef6Ef6&state=Gh7Gh7 failed", "Ef6Ef6"],
  ["a registration state in an address", "GET /setup?code=Ef6Ef6&state=Gh7Gh7 failed", "Gh7Gh7"],
  ["a literal secret without any form", "correct horse battery staple", "battery"],
  ["a literal secret that JSON escapes", 'say "friend" \\ enter', "friend"],
];

/** Every way a value can get into a log line. */
const ways: readonly (readonly [string, (log: Log, secret: string) => void])[] = [
  ["as the message", (log, secret) => log.info(secret)],
  ["inside the message", (log, secret) => log.warn(`request failed (${secret}), trying again`)],
  ["as a placeholder's value", (log, secret) => log.info("sent %s and %j", secret, { secret })],
  ["as a field", (log, secret) => log.info({ note: secret }, "a field")],
  ["as a field's name", (log, secret) => log.info({ [secret]: 1 }, "a name")],
  ["nested in fields and lists", (log, secret) => log.info({ a: { b: [{ c: { d: [secret] } }] } }, "nested")],
  [
    "as JSON in a string in JSON",
    (log, secret) => log.info({ body: JSON.stringify({ inner: JSON.stringify({ note: secret }) }) }, "twice"),
  ],
  ["in an error's message and stack", (log, secret) => log.error(new Error(`refused: ${secret}`))],
  ["in an error's cause", (log, secret) => log.error({ err: new Error("outer", { cause: new Error(secret) }) }, "with cause")],
  ["in a field of an error", (log, secret) => log.error(Object.assign(new Error("bad"), { request: { headers: { note: secret } } }))],
  ["in an aggregate error", (log, secret) => log.error(new AggregateError([new Error(secret)], "several"))],
  ["in the fields of a child", (log, secret) => log.child({ where: secret }).info("from a child")],
  ["as bytes", (log, secret) => log.info({ body: Buffer.from(secret) }, "bytes")],
  ["in something circular", (log, secret) => log.info({ loop: loopWith(secret) }, "circular")],
  ["nested too deeply to walk", (log, secret) => log.info({ deep: deepWith(secret) }, "deep")],
];

describe.each(secrets)("%s", (_, secret, readable) => {
  test.each(ways)("is struck out when logged %s", (_way, write) => {
    const line = logged((log) => write(log, secret));

    expect(line).toContain("\n");
    expect(line).not.toContain(readable);
    expect(line).not.toContain([...Buffer.from(readable)].join(","));
  });
});

describe("a field with a telling name", () => {
  test.each([
    "authorization",
    "Authorization",
    "proxy-authorization",
    "cookie",
    "set-cookie",
    "x-hub-signature",
    "x-hub-signature-256",
    "token",
    "accessToken",
    "secret",
    "webhookSecrets",
    "client_secret",
    "private_key",
    "privateKey",
    "password",
    "pem",
  ])("%s is struck out at any depth, whatever it holds", (name) => {
    const line = logged((log) =>
      log.info({ [name]: "hunter2", a: { b: { c: { d: { [name]: ["hunter2", { e: "hunter2" }] } } } } }, "told"),
    );

    expect(line).not.toContain("hunter2");
    expect(JSON.parse(line)).toMatchObject({ [name]: "[redacted]", msg: "told" });
  });
});

describe("what is no secret", () => {
  test.each([
    "password authentication failed for user plankeeper",
    "task AUTH-005: token bucket is empty",
    "https://api.github.com/repos/octo/plan/check-runs/42",
    "commit 0a1b2c3d4e5f60718293a4b5c6d7e8f901234567 read",
    "http://127.0.0.1:3000/api/health",
    "delivery 72d3162e-cc78-11e3-81ab-4c9367dc0958 stored",
  ])("stays readable: %s", (text) => {
    expect(JSON.parse(logged((log) => log.info({ text }, text)))).toMatchObject({ text, msg: text });
  });

  test("keeps its level, time and order", () => {
    const line = logged((log) => log.info({ delivery: "d-1", ms: 4 }, "stored"));

    expect(line).toMatch(/^\{"level":"info","time":"\d{4}-[^"]+Z","delivery":"d-1","ms":4,"msg":"stored"\}\n$/);
  });
});

test("a text that is far too long is cut", () => {
  expect(logged((log) => log.info("x".repeat(1_000_000)))).toHaveLength(
    10_000 + '{"level":"info","time":"2026-01-01T00:00:00.000Z","msg":"… (990000 more characters)"}\n'.length,
  );
});

test.each([
  "eyJ",
  "eyJa.",
  "ghs_",
  "://a:",
  "postgres://",
  "-----BEGIN PRIVATE KEY-----",
  "cookie:",
  "token=",
  "\\",
  "bearer ",
  "?code=",
  "sha256=",
])("hostile repetition of %s costs no more than its length", (piece) => {
  const long = piece.repeat(1_000_000 / piece.length);

  // A quadratic pattern would need minutes here and run into the test's time limit.
  expect(logged((log) => log.info({ long }, "hostile"))).toContain("hostile");
});

function logged(write: (log: Log) => void): string {
  const lines: string[] = [];
  write(createLog("info", { write: (line) => lines.push(line) }, ["correct horse battery staple", 'say "friend" \\ enter', "short"]));
  return lines.join("");
}

function lineOf(pem: string): string {
  return pem.split("\n").at(10) ?? "";
}

function loopWith(secret: string): unknown {
  const loop: Record<string, unknown> = { secretive: secret, note: secret };
  loop.self = loop;
  return loop;
}

function deepWith(secret: string): unknown {
  let deep: unknown = secret;
  for (let depth = 0; depth < 20_000; depth++) deep = [deep];
  return deep;
}
