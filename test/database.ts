/** Once for all tests against Postgres: a server (embedded, or `DATABASE_URL`) and a migrated database to copy from. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "../src/postgres/embedded.ts";
import { migrate } from "../src/postgres/migrate.ts";
import { databaseUrl } from "./database-url.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** For creating databases, and the name of the one to copy. */
    readonly database: { readonly url: string; readonly template: string };
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.DATABASE_URL ? { url: process.env.DATABASE_URL, stop: async () => {} } : await startTemporary();
  const template = `plankeeper_template_${randomBytes(6).toString("hex")}`;
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`create database ${template}`);
  await migrate({ url: databaseUrl(server.url, template) });
  project.provide("database", { url: server.url, template });
  return async () => {
    await admin.query(`drop database ${template} with (force)`);
    await admin.end();
    await server.stop();
  };
}

async function startTemporary(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "plankeeper-test-"));
  const server = await startEmbedded({ dataDir: folder, durable: false, log: () => {} });
  const stop = async (): Promise<void> => {
    await server.stop();
    for (const path of [server.dataDir, folder]) await rm(path, { recursive: true, force: true, maxRetries: 5 });
  };
  return { url: server.url, stop };
}
