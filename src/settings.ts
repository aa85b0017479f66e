/** The one reader of the environment: nothing else in the project looks at `process.env`. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { unescape as unescaped } from "node:querystring";
import { parseEnv } from "node:util";
import type { z } from "zod";
import { type LogLevel, variables, variableTexts } from "./variables.ts";

export const processRoles = ["all", "web", "worker"] as const;
/** What this process runs: everything, only the receipt of webhooks, or only the work. */
export type ProcessRole = (typeof processRoles)[number];

export type Environment = Readonly<Record<string, string | undefined>>;

/** What every command that touches the database needs. */
export type StorageSettings = {
  /** Null: the embedded Postgres in `dataDir`. */
  readonly databaseUrl: string | null;
  /** An absolute path. */
  readonly dataDir: string;
  readonly logLevel: LogLevel;
};

type CommonSettings = StorageSettings & {
  readonly role: ProcessRole;
  readonly host: string;
  readonly port: number;
  /** Like all addresses here without a slash at the end. */
  readonly publicUrl: string | null;
  readonly githubApiUrl: string;
  readonly githubUrl: string;
  readonly mode: "live" | "observe";
  readonly summaryIntervalSeconds: number;
  /** Whether to leave time between writes, as github.com asks. */
  readonly writeSpacing: boolean;
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  readonly sessionSecret: string | null;
  readonly allowedOrg: string | null;
};

/** A registered GitHub App. The first webhook secret is the newest; the others are accepted while it is being rotated. */
export type Credentials = { readonly appId: number; readonly privateKey: string; readonly webhookSecrets: readonly string[] };

/** `registration`: no app is registered yet, so the web server offers to do that; else the credentials are here. */
export type Settings = CommonSettings & ({ readonly registration: true } | ({ readonly registration: false } & Credentials));

/** A variable that is missing or wrong; the message continues the sentence that its name begins and repeats no secret. */
export type SettingProblem = { readonly name: string; readonly message: string };

export type Outcome<T> = { readonly ok: true; readonly settings: T } | { readonly ok: false; readonly problems: readonly SettingProblem[] };

/**
 * The process's environment, completed from the file `.env` in the folder (the working directory) where there is one.
 * What the process was given wins, but an empty value counts as not given: compose files and `.env.example` are full of them.
 */
export function loadEnvironment(folder = "."): Environment {
  return { ...filled(parseEnv(textOf(resolve(folder, ".env")))), ...filled(process.env) };
}

/**
 * Everything the app is told by its environment, or every problem with it at once.
 * Without `APP_ID` and key the web roles get `registration: true`; a worker has nothing to register and needs them.
 */
export function readSettings(env: Environment, options: { readonly role: ProcessRole }): Outcome<Settings> {
  const given = filled(env);
  const unregistered = options.role !== "worker" && !("APP_ID" in given) && !("PRIVATE_KEY" in given) && !("PRIVATE_KEY_PATH" in given);
  const { WEBHOOK_SECRET: _, ...others } = given;
  // The registration brings its own webhook secret, so what stands there now is not looked at.
  const read = variables.safeParse(unregistered ? others : given);
  const problems = inOrder([...(unregistered ? [] : missing(given)), ...problemsOf(read.error)]);
  if (problems.length > 0 || !read.success) return { ok: false, problems };

  const common = commonSettings(read.data, options.role);
  const credentials = credentialsOf(read.data);
  return {
    ok: true,
    settings: credentials === null ? { ...common, registration: true } : { ...common, registration: false, ...credentials },
  };
}

/** What a command needs to reach the database; nothing else of the environment has to be right for it. */
export function readStorageSettings(env: Environment): Outcome<StorageSettings> {
  const read = variables.pick({ DATABASE_URL: true, DATA_DIR: true, LOG_LEVEL: true }).safeParse(filled(env));
  return read.success ? { ok: true, settings: storageSettings(read.data) } : { ok: false, problems: inOrder(problemsOf(read.error)) };
}

/** All problems as one message for a person at a terminal. */
export function describeProblems(problems: readonly SettingProblem[]): string {
  const count = problems.length === 1 ? "1 setting is" : `${problems.length} settings are`;
  return [
    `Plankeeper cannot start: ${count} missing or wrong.`,
    "",
    ...problems.map(({ name, message }) => `  ${name} ${message}.`),
    "",
    "Set them in the environment or in the file .env; .env.example and docs/reference/environment.md list them all.",
  ].join("\n");
}

/** Every value that must never be shown, for the log to strike out wherever it turns up. */
export function secretsOf(settings: Settings): readonly string[] {
  const secrets = [settings.clientSecret, settings.sessionSecret, ...passwordsIn(settings.databaseUrl)];
  return [...secrets, ...(settings.registration ? [] : settings.webhookSecrets)].flatMap((secret) => secret || []);
}

type Variables = z.infer<typeof variables>;

function commonSettings(read: Variables, role: ProcessRole): CommonSettings {
  return {
    ...storageSettings(read),
    role,
    host: read.HOST,
    port: read.PORT,
    publicUrl: read.PUBLIC_URL ?? null,
    githubApiUrl: read.GITHUB_API_URL,
    githubUrl: read.GITHUB_URL ?? siteOf(read.GITHUB_API_URL),
    mode: read.MODE,
    summaryIntervalSeconds: read.SUMMARY_INTERVAL_SECONDS,
    writeSpacing: read.GITHUB_WRITE_SPACING === "on",
    clientId: read.GITHUB_CLIENT_ID ?? null,
    clientSecret: read.GITHUB_CLIENT_SECRET ?? null,
    sessionSecret: read.SESSION_SECRET ?? null,
    allowedOrg: read.ALLOWED_ORG ?? null,
  };
}

function storageSettings(read: Pick<Variables, "DATABASE_URL" | "DATA_DIR" | "LOG_LEVEL">): StorageSettings {
  return { databaseUrl: read.DATABASE_URL ?? null, dataDir: resolve(read.DATA_DIR), logLevel: read.LOG_LEVEL };
}

function credentialsOf(read: Variables): Credentials | null {
  const privateKey = read.PRIVATE_KEY ?? read.PRIVATE_KEY_PATH;
  if (read.APP_ID === undefined || privateKey === undefined || read.WEBHOOK_SECRET === undefined) return null;
  return { appId: read.APP_ID, privateKey, webhookSecrets: read.WEBHOOK_SECRET };
}

function missing(given: Environment): readonly SettingProblem[] {
  const problems: SettingProblem[] = [];
  if (!("APP_ID" in given)) problems.push({ name: "APP_ID", message: "is missing: the number on the app's settings page" });
  const keys = ["PRIVATE_KEY", "PRIVATE_KEY_PATH"].filter((name) => name in given);
  if (keys.length === 0) {
    problems.push({ name: "PRIVATE_KEY", message: "or PRIVATE_KEY_PATH is missing: the key made on the app's settings page" });
  } else if (keys.length === 2) {
    problems.push({ name: "PRIVATE_KEY", message: "and PRIVATE_KEY_PATH are both set: keep one" });
  }
  if (!("WEBHOOK_SECRET" in given)) {
    problems.push({ name: "WEBHOOK_SECRET", message: "is missing: without it anyone could send webhooks; use the app's own" });
  }
  return problems;
}

function problemsOf(error: z.ZodError | undefined): readonly SettingProblem[] {
  return (error?.issues ?? []).map((issue) => ({ name: String(issue.path[0]), message: issue.message }));
}

// The order of the reference page.
function inOrder(problems: readonly SettingProblem[]): readonly SettingProblem[] {
  const order = Object.keys(variableTexts);
  return problems.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

// github.com and ghe.com put the API on a host of its own, Enterprise Server below /api/v3.
function siteOf(apiUrl: string): string {
  const url = new URL(apiUrl);
  url.hostname = url.hostname.replace(/^api\./, "");
  return url.origin;
}

// As written in the address and as the database knows it: either may turn up in an error.
function passwordsIn(databaseUrl: string | null): readonly string[] {
  if (databaseUrl === null) return [];
  const written = new URL(databaseUrl).password;
  return [written, unescaped(written)];
}

function filled(env: Environment): Readonly<Record<string, string>> {
  const entries = Object.entries(env).map(([name, value]): [string, string] => [name, value?.trim() ?? ""]);
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}
