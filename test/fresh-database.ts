import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { databaseUrl } from "./database-url.ts";

const inUse = "55006";

/** A migrated, empty database of one test's own. `empty`: not even migrated. */
export async function freshDatabase({ empty = false } = {}): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const { url, template } = inject("database");
  const name = `plankeeper_test_${randomBytes(6).toString("hex")}`;
  const source = empty ? "template0" : template;
  await asAdmin(url, (admin) => createFrom(admin, name, source));
  const drop = () =>
    asAdmin(url, async (admin) => {
      await admin.query(`drop database if exists ${name} with (force)`);
    });
  return { url: databaseUrl(url, name), drop };
}

// Copying is refused while somebody is connected to the source, and a connection that was just closed is still one for a moment.
async function createFrom(admin: pg.Client, name: string, source: string, tries = 5): Promise<void> {
  try {
    await admin.query(`create database ${name} template ${source}`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === inUse) || tries === 0) throw error;
    await createFrom(admin, name, source, tries - 1);
  }
}

async function asAdmin(url: string, work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  admin.on("error", () => {});
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
