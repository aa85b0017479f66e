import { generateKeyPairSync, randomBytes } from "node:crypto";
import { z } from "zod";
import { type Sandbox, type SandboxRepository, startSandbox } from "../sandbox.ts";
import { type Child, type Start, startChild } from "./child.ts";
import { makeFolder, removeFolder } from "./folder.ts";
import { asJson, messageOf } from "./log-line.ts";
import { planFiles } from "./plan-files.ts";
import { people } from "./step.ts";

/** A GitHub in this process, the app in another, and a database that lives as long as they do. */
export type Stage = {
  readonly sandbox: Sandbox;
  readonly repository: SandboxRepository;
  readonly app: Child & { readonly url: string };
  /** Where the app says that its built-in Postgres is; null where it uses another. */
  readonly database: { readonly port: string; readonly folder: string } | null;
  /** Runs `plankeeper` with these arguments on the app's database. */
  plankeeper(...args: readonly string[]): Promise<Ran>;
};

/** `code` is null when a signal ended it. */
export type Ran = { readonly code: number | null; readonly out: readonly string[]; readonly err: readonly string[] };

/** How the demo is taken down, at its end or in the middle of it. */
export type Takedown = {
  /** What has to be undone, in the opposite order, also when the stage is only half set. */
  readonly undoings: (() => unknown)[];
  /** From then on nothing new is started. */
  readonly begun: AbortSignal;
};

export type StageOptions = {
  readonly mode: "live" | "observe";
  /** Null: the app's built-in Postgres. */
  readonly databaseUrl: string | null;
  readonly takedown: Takedown;
};

const appId = 4711;

/** Resolves when the app is ready; with the lines it said when it ended instead. */
export async function setStage({ mode, databaseUrl, takedown }: StageOptions): Promise<Stage | { readonly failed: readonly string[] }> {
  const { undoings } = takedown;
  const folder = makeFolder();
  undoings.push(() => removeFolder(folder));
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const webhookSecret = randomBytes(24).toString("hex");
  const sandbox = await startSandbox({
    appId,
    publicKey,
    webhookSecret,
    // Until the app has a port there is nothing to deliver.
    webhookUrl: "http://127.0.0.1:9/",
    now: Date.parse("2026-03-02T09:00:00Z"),
  });
  undoings.push(() => sandbox.close());

  const storage = { DATA_DIR: folder, ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }) };
  const start = (asked: Pick<Start, "part" | "args" | "env" | "onLine">) => {
    takedown.begun.throwIfAborted();
    const child = startChild({ ...asked, env: { ...storage, ...asked.env }, folder });
    undoings.push(() => child.stop());
    return child;
  };
  const env = { ...appSettings({ sandbox, mode }), PRIVATE_KEY: privateKey, WEBHOOK_SECRET: webhookSecret };
  const app = await ready((onLine) => start({ part: "main", env, onLine }));
  if ("failed" in app) return app;
  sandbox.deliverTo(`${app.url}/api/github/webhooks`);
  return {
    sandbox,
    repository: sandbox.repository({ owner: "acme", name: "portal", files: planFiles, people }),
    app,
    database: app.out.flatMap((line) => databaseIn(messageOf(line)) ?? [])[0] ?? null,
    async plankeeper(...args) {
      const child = start({ part: "cli/plankeeper", args, env: {} });
      return { code: await child.ended, out: child.out, err: child.err };
    },
  };
}

const appSettings = ({ sandbox, mode }: { readonly sandbox: Sandbox; readonly mode: string }): Readonly<Record<string, string>> => ({
  APP_ID: String(appId),
  GITHUB_API_URL: sandbox.url,
  GITHUB_URL: sandbox.url,
  PORT: "0",
  MODE: mode,
  // A person waits: the summary follows within a second, and a GitHub on loopback needs no pauses between writes.
  SUMMARY_INTERVAL_SECONDS: "1",
  GITHUB_WRITE_SPACING: "off",
});

function ready(start: (onLine: (line: string) => void) => Child): Promise<Stage["app"] | { readonly failed: readonly string[] }> {
  return new Promise((resolve, reject) => {
    const child = start((line) => {
      const read = readyLine.safeParse(asJson(line));
      if (read.success) resolve({ ...child, url: read.data.url });
    });
    child.ended.then(() => resolve({ failed: [...child.out.map(messageOf), ...child.err] }), reject);
  });
}

const readyLine = z.object({ msg: z.literal("Plankeeper is ready"), url: z.string() });

function databaseIn(message: string): Stage["database"] {
  const [, port, folder] = /127\.0\.0\.1:(\d+); the data is in (.+)$/.exec(message) ?? [];
  return port === undefined || folder === undefined ? null : { port, folder };
}
