/** Every environment variable: how it is read, what it is for. `settings.ts` puts them together; the reference page is made from here. */
import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

const shortestSecret = 16;

const appId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, { error: (issue) => appIdMessage(String(issue.input)) })
  .transform(Number);

const apiUrl = z
  .string()
  .transform(webAddress)
  .refine((url) => !/^https?:\/\/(www\.)?github\.com$/i.test(url), {
    error: "is GitHub's site, not its API: use https://api.github.com (Enterprise Server: https://HOST/api/v3)",
  });

/** Reads a record of non-empty strings. An issue's message continues the sentence that begins with the variable's name and never repeats a secret. */
export const variables = z.object({
  APP_ID: appId.optional(),
  PRIVATE_KEY: z.string().transform(keyFromText).optional(),
  PRIVATE_KEY_PATH: z.string().transform(keyFromFile).optional(),
  WEBHOOK_SECRET: z.string().transform(secretsFrom).optional(),
  DATABASE_URL: z.string().transform(databaseUrl).optional(),
  DATA_DIR: z.string().default(".plankeeper"),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, "must be a host name or an IP address, without scheme or port")
    .default("127.0.0.1"),
  PORT: wholeNumber(0, 65_535).default(3000),
  PUBLIC_URL: z.string().transform(webAddress).optional(),
  GITHUB_API_URL: apiUrl.default("https://api.github.com"),
  GITHUB_URL: z.string().transform(webAddress).optional(),
  MODE: z.enum(["live", "observe"], { error: "must be live or observe" }).default("live"),
  SUMMARY_INTERVAL_SECONDS: wholeNumber(0, 86_400).default(30),
  GITHUB_WRITE_SPACING: z.enum(["on", "off"], { error: "must be on or off" }).default("on"),
  LOG_LEVEL: z.enum(logLevels, { error: `must be one of ${logLevels.join(", ")}` }).default("info"),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  SESSION_SECRET: z.string().optional(),
  ALLOWED_ORG: z.string().optional(),
});

export type VariableName = keyof typeof variables.shape;

export type VariableText = { readonly about: string; readonly fallback: string | null; readonly secret: boolean };

/** What each variable is for, in Markdown; `fallback` is what holds when it is not set. */
export const variableTexts: Readonly<Record<VariableName, VariableText>> = {
  APP_ID: { about: "The app's id: the number on its settings page, not the client id.", fallback: null, secret: false },
  PRIVATE_KEY: {
    about: "The app's private key (PEM): with its line breaks, with `\\n` in their place, or as base64.",
    fallback: null,
    secret: true,
  },
  PRIVATE_KEY_PATH: { about: "Instead of `PRIVATE_KEY`: the file that holds the key.", fallback: null, secret: false },
  WEBHOOK_SECRET: {
    about: `The webhook secret, at least ${shortestSecret} characters. While rotating it: the new one, a comma, the old one.`,
    fallback: null,
    secret: true,
  },
  DATABASE_URL: {
    about: "Postgres 14 or later (`postgres://user:password@host/database`). Not set: an embedded Postgres with its files in `DATA_DIR`.",
    fallback: null,
    secret: true,
  },
  DATA_DIR: { about: "Where the embedded Postgres keeps its files.", fallback: ".plankeeper", secret: false },
  HOST: {
    about: "The address to listen on. The default can be reached from this machine only; containers want `0.0.0.0`.",
    fallback: "127.0.0.1",
    secret: false,
  },
  PORT: { about: "The port to listen on; `0` takes any free one.", fallback: "3000", secret: false },
  PUBLIC_URL: { about: "Where GitHub and people reach this app, such as `https://plankeeper.example.com`.", fallback: null, secret: false },
  GITHUB_API_URL: { about: "GitHub's API. Enterprise Server: `https://HOST/api/v3`.", fallback: "https://api.github.com", secret: false },
  GITHUB_URL: { about: "GitHub's site. Worked out from `GITHUB_API_URL` when not set.", fallback: "https://github.com", secret: false },
  MODE: { about: "`live`, or `observe`: nothing is written to GitHub; what would have been is recorded.", fallback: "live", secret: false },
  SUMMARY_INTERVAL_SECONDS: {
    about: "A repository's plan summary, and each comment that is kept true in an issue, is rewritten at most this often.",
    fallback: "30",
    secret: false,
  },
  GITHUB_WRITE_SPACING: {
    about:
      "`on` leaves one to three seconds between writes of an installation, as GitHub asks. `off` is for servers without rate limits, such as most Enterprise Servers.",
    fallback: "on",
    secret: false,
  },
  LOG_LEVEL: { about: `One of ${logLevels.map((level) => `\`${level}\``).join(", ")}.`, fallback: "info", secret: false },
  GITHUB_CLIENT_ID: { about: "The app's client id, kept for signing in to the dashboard.", fallback: null, secret: false },
  GITHUB_CLIENT_SECRET: { about: "The app's client secret, kept for signing in to the dashboard.", fallback: null, secret: true },
  SESSION_SECRET: { about: "Signs the sessions of the dashboard.", fallback: null, secret: true },
  ALLOWED_ORG: { about: "Only members of this organisation may sign in to the dashboard.", fallback: null, secret: false },
};

function appIdMessage(written: string): string {
  if (/^iv/i.test(written)) return "must be the App ID, a number; this is the client id, which stands beside it on the app's settings page";
  return "must be the App ID: the number on the app's settings page";
}

// `docker --env-file` and most hosting forms cannot carry line breaks, so people paste the key with \n or as base64.
function keyFromText(text: string, context: z.RefinementCtx): string {
  const plain = text.includes("-----BEGIN") ? text.replaceAll("\\n", "\n") : Buffer.from(text, "base64").toString("utf8");
  return checkedKey(plain, "must be a private key (PEM): with line breaks, with \\n in their place, or as base64", context);
}

function keyFromFile(path: string, context: z.RefinementCtx): string {
  try {
    return checkedKey(readFileSync(path, "utf8"), `names ${path}, which holds no private key (PEM)`, context);
  } catch (error) {
    return refused(context, `names ${path}, which cannot be read (${codeOf(error)})`);
  }
}

function checkedKey(pem: string, message: string, context: z.RefinementCtx): string {
  try {
    // GitHub signs with RS256 alone.
    if (createPrivateKey(pem).asymmetricKeyType !== "rsa") return refused(context, "must be an RSA key, as GitHub makes them");
    return pem;
  } catch {
    return refused(context, message);
  }
}

function secretsFrom(text: string, context: z.RefinementCtx): readonly string[] {
  const secrets = text.split(",").map((part) => part.trim());
  secrets.forEach((secret, index) => {
    const which = secrets.length === 1 ? "" : ` (part ${index + 1} of ${secrets.length})`;
    if (secret === "development") {
      refused(context, `must not be "development"${which}: that is Probot's published default, so anyone could sign webhooks`);
    } else if (secret.length < shortestSecret) {
      refused(context, `is too short${which}: whoever guesses it can forge webhooks, so it needs at least ${shortestSecret} characters`);
    }
  });
  return secrets;
}

function databaseUrl(text: string, context: z.RefinementCtx): string {
  if (/^postgres(ql)?:\/\//.test(text) && URL.canParse(text)) return text;
  return refused(context, "must look like postgres://user:password@host:5432/database");
}

function webAddress(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return refused(context, "must be an address such as https://example.com");
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return refused(context, "must be an address without user, query or fragment");
  }
  return `${url.origin}${url.pathname}`.replace(/\/$/, "");
}

function wholeNumber(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((number) => number >= least && number <= most, message);
}

function refused(context: z.RefinementCtx, message: string): never {
  context.issues.push({ code: "custom", message, input: null });
  return z.NEVER;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unreadable";
}
