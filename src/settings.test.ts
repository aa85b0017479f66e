import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { describeProblems, type Environment, loadEnvironment, readSettings, readStorageSettings, secretsOf } from "./settings.ts";
import { variableTexts } from "./variables.ts";

const pem = rsaKey();
const folder = mkdtempSync(join(tmpdir(), "settings-"));
afterAll(() => rmSync(folder, { recursive: true }));

const secret = "0123456789abcdef";
const complete = { APP_ID: "12345", PRIVATE_KEY: pem, WEBHOOK_SECRET: secret };

describe("a complete environment", () => {
  test("gives the app's credentials and sensible defaults for the rest", () => {
    expect(settingsOf(complete)).toEqual({
      registration: false,
      role: "all",
      appId: 12345,
      privateKey: pem.trim(),
      webhookSecrets: [secret],
      databaseUrl: null,
      dataDir: resolve(".plankeeper"),
      host: "127.0.0.1",
      port: 3000,
      publicUrl: null,
      githubApiUrl: "https://api.github.com",
      githubUrl: "https://github.com",
      mode: "live",
      summaryIntervalSeconds: 30,
      writeSpacing: true,
      logLevel: "info",
      clientId: null,
      clientSecret: null,
      sessionSecret: null,
      allowedOrg: null,
    });
  });

  test.each([
    ["with \\n in place of line breaks", pem.replaceAll("\n", "\\n")],
    ["as base64", Buffer.from(pem).toString("base64")],
  ])("may hold the private key %s", (_, written) => {
    expect(settingsOf({ ...complete, PRIVATE_KEY: written })).toMatchObject({ privateKey: expect.stringContaining(pem.slice(0, 200)) });
  });

  test("may name a file with the private key", () => {
    const path = join(folder, "key.pem");
    writeFileSync(path, pem);
    const { PRIVATE_KEY: _, ...others } = complete;

    expect(settingsOf({ ...others, PRIVATE_KEY_PATH: path })).toMatchObject({ privateKey: pem });
  });

  test("may hold several webhook secrets while one is being replaced", () => {
    const settings = settingsOf({ ...complete, WEBHOOK_SECRET: `${secret}, another-long-secret` });

    expect(settings).toMatchObject({ webhookSecrets: [secret, "another-long-secret"] });
  });

  test("counts an empty variable as not set", () => {
    expect(settingsOf({ ...complete, PORT: "", PRIVATE_KEY_PATH: " ", DATABASE_URL: "" })).toMatchObject({ port: 3000, databaseUrl: null });
  });

  test.each([
    ["https://github.example.com/api/v3/", "https://github.example.com/api/v3", "https://github.example.com"],
    ["https://api.octocorp.ghe.com", "https://api.octocorp.ghe.com", "https://octocorp.ghe.com"],
    ["http://127.0.0.1:4000", "http://127.0.0.1:4000", "http://127.0.0.1:4000"],
  ])("works out GitHub's site from its API %s", (written, githubApiUrl, githubUrl) => {
    expect(settingsOf({ ...complete, GITHUB_API_URL: written })).toMatchObject({ githubApiUrl, githubUrl });
  });
});

describe("what is missing or wrong", () => {
  test("is said all at once", () => {
    const problems = problemsOf({
      PRIVATE_KEY: "not a key",
      WEBHOOK_SECRET: "short",
      PORT: "70000",
      DATABASE_URL: "mysql://u:p@h/d",
      GITHUB_API_URL: "github",
      MODE: "dry",
      LOG_LEVEL: "loud",
      PUBLIC_URL: "plankeeper.example.com",
      SUMMARY_INTERVAL_SECONDS: "-1",
    });

    expect(problems.map(({ name }) => name)).toEqual([
      "APP_ID",
      "PRIVATE_KEY",
      "WEBHOOK_SECRET",
      "DATABASE_URL",
      "PORT",
      "PUBLIC_URL",
      "GITHUB_API_URL",
      "MODE",
      "SUMMARY_INTERVAL_SECONDS",
      "LOG_LEVEL",
    ]);
  });

  test("is one readable message", () => {
    expect(describeProblems(problemsOf({ APP_ID: "Iv23liAbc", PRIVATE_KEY: pem }))).toBe(
      [
        "Plankeeper cannot start: 2 settings are missing or wrong.",
        "",
        "  APP_ID must be the App ID, a number; this is the client id, which stands beside it on the app's settings page.",
        "  WEBHOOK_SECRET is missing: without it anyone could send webhooks; use the app's own.",
        "",
        "Set them in the environment or in the file .env; .env.example and docs/reference/environment.md list them all.",
      ].join("\n"),
    );
  });

  test.each(["development", `${secret},development`])("includes the public default as webhook secret: %s", (written) => {
    expect(describeProblems(problemsOf({ ...complete, WEBHOOK_SECRET: written }))).toContain("published default");
  });

  test("names the part of the webhook secret that is too short, without showing it", () => {
    const message = describeProblems(problemsOf({ ...complete, WEBHOOK_SECRET: `${secret},tiny` }));

    expect(message).toContain("WEBHOOK_SECRET is too short (part 2 of 2)");
    expect(message).not.toContain("tiny");
  });

  test("includes a trailing comma in the webhook secret, which would be an empty one", () => {
    expect(problemsOf({ ...complete, WEBHOOK_SECRET: `${secret},` })).toHaveLength(1);
  });

  test.each([
    ["cannot be read", join(folder, "nowhere.pem"), "ENOENT"],
    ["is a folder", folder, "EISDIR"],
  ])("includes a key file that %s", (_, path, code) => {
    expect(describeProblems(problemsOf({ APP_ID: "1", WEBHOOK_SECRET: secret, PRIVATE_KEY_PATH: path }))).toContain(
      `PRIVATE_KEY_PATH names ${path}, which cannot be read (${code}).`,
    );
  });

  test("includes a key file that holds something else", () => {
    const path = join(folder, "other.pem");
    writeFileSync(path, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

    expect(describeProblems(problemsOf({ APP_ID: "1", WEBHOOK_SECRET: secret, PRIVATE_KEY_PATH: path }))).toContain("holds no private key");
  });

  test("includes a key of a kind that GitHub does not use", () => {
    const { privateKey } = generateKeyPairSync("ed25519");
    const written = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

    expect(describeProblems(problemsOf({ ...complete, PRIVATE_KEY: written }))).toContain("must be an RSA key");
  });

  test("includes two keys, because nobody could tell which one counts", () => {
    expect(describeProblems(problemsOf({ ...complete, PRIVATE_KEY_PATH: "key.pem" }))).toContain("both set");
  });

  test("includes GitHub's site where its API is asked for", () => {
    expect(describeProblems(problemsOf({ ...complete, GITHUB_API_URL: "https://github.com/" }))).toContain("https://api.github.com");
  });

  test("never repeats a secret", () => {
    const message = describeProblems(
      problemsOf({ APP_ID: "hunter2-app", PRIVATE_KEY: "hunter2-key", WEBHOOK_SECRET: "hunter2", DATABASE_URL: "postgre://u:hunter2@h/d" }),
    );

    expect(message).not.toContain("hunter2");
  });
});

describe("an app that is not registered yet", () => {
  test("is offered the registration, whatever webhook secret stands there", () => {
    expect(settingsOf({ WEBHOOK_SECRET: "development" })).toMatchObject({ registration: true, port: 3000 });
  });

  test("still hears of other mistakes", () => {
    expect(problemsOf({ PORT: "many" }).map(({ name }) => name)).toEqual(["PORT"]);
  });

  test("cannot run a worker", () => {
    expect(problemsOf({}, "worker").map(({ name }) => name)).toEqual(["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"]);
  });

  test("half done is a mistake, not a registration", () => {
    expect(problemsOf({ APP_ID: "12345" }).map(({ name }) => name)).toEqual(["PRIVATE_KEY", "WEBHOOK_SECRET"]);
  });
});

test("a command that only needs the database does not ask for an app", () => {
  expect(readStorageSettings({ DATABASE_URL: "postgres://localhost/plan" })).toEqual({
    ok: true,
    settings: { databaseUrl: "postgres://localhost/plan", dataDir: resolve(".plankeeper"), logLevel: "info" },
  });
});

test("the secrets to strike out of the log include the database's password in both spellings", () => {
  const settings = settingsOf({ ...complete, DATABASE_URL: "postgres://me:p%40ss@host/plan", GITHUB_CLIENT_SECRET: "client-secret" });

  expect(secretsOf(settings)).toEqual(["client-secret", "p%40ss", "p@ss", secret]);
});

describe("the file .env", () => {
  const file = join(folder, ".env");
  afterEach(() => vi.unstubAllEnvs());

  test("completes what the process was given, and an empty value counts as not given", () => {
    writeFileSync(file, 'APP_ID=1\nWEBHOOK_SECRET="from the file"\nHOST=filehost\n');
    vi.stubEnv("APP_ID", "2");
    vi.stubEnv("WEBHOOK_SECRET", "");

    expect(loadEnvironment(folder)).toMatchObject({ APP_ID: "2", WEBHOOK_SECRET: "from the file", HOST: "filehost" });
  });

  test("may be missing", () => {
    expect(() => loadEnvironment(join(folder, "nowhere"))).not.toThrow();
  });
});

test(".env.example names every variable and no other, and a copy of it starts the registration", () => {
  const text = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  const named = [...text.matchAll(/^#? ?([A-Z][A-Z_]+)=/gm)].map((match) => match[1]);

  expect(named.toSorted()).toEqual(Object.keys(variableTexts).toSorted());
  expect(settingsOf(parseEnv(text))).toMatchObject({ registration: true });
});

function settingsOf(env: Environment) {
  const outcome = readSettings(env, { role: "all" });
  if (!outcome.ok) throw new Error(describeProblems(outcome.problems));
  return outcome.settings;
}

function problemsOf(env: Environment, role: "all" | "worker" = "all") {
  const outcome = readSettings(env, { role });
  return outcome.ok ? [] : outcome.problems;
}

function rsaKey(): string {
  return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}
