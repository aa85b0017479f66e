import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { putIntoFile, unwritable, withValues } from "./environment-file.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "env-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("values are put where their names stand, and every other line stays as it was", () => {
  const before = "# my settings\nAPP_ID=\nPORT=4000 # mine\n\nexport HOST='::1'\n";

  expect(withValues(before, { APP_ID: "7", WEBHOOK_SECRET: "abc" })).toEqual({
    text: "# my settings\nAPP_ID=7\nPORT=4000 # mine\n\nexport HOST='::1'\nWEBHOOK_SECRET=abc\n",
    replaced: [],
  });
});

test("a value that stood there is replaced, and that is said", () => {
  expect(withValues("WEBHOOK_SECRET=old\nAPP_ID=7\n", { WEBHOOK_SECRET: "new", APP_ID: "7" })).toEqual({
    text: "WEBHOOK_SECRET=new\nAPP_ID=7\n",
    replaced: ["WEBHOOK_SECRET"],
  });
});

test("a name that stands twice is kept once, because the last one counts", () => {
  const { text } = withValues("APP_ID=1\nPORT=1\nAPP_ID=2\n", { APP_ID: "7" });

  expect(text).toBe("APP_ID=7\nPORT=1\n");
});

test("a line inside a value of several lines is not taken for a setting", () => {
  const before = 'NOTE="first\nAPP_ID=not this one\nlast"\nAPP_ID=\n';

  expect(withValues(before, { APP_ID: "7" }).text).toBe('NOTE="first\nAPP_ID=not this one\nlast"\nAPP_ID=7\n');
});

test("a quote that is never closed does not swallow the file", () => {
  expect(withValues('NOTE="open\nAPP_ID=\n', { APP_ID: "7" }).text).toBe('NOTE="open\nAPP_ID=7\n');
});

test("a key of several lines is replaced whole", () => {
  const before = 'PRIVATE_KEY="-----BEGIN KEY-----\nAAAA\n-----END KEY-----"\nPORT=1\n';

  expect(withValues(before, { PRIVATE_KEY: "new key" })).toEqual({ text: 'PRIVATE_KEY="new key"\nPORT=1\n', replaced: ["PRIVATE_KEY"] });
});

test("what is written is read back the same", () => {
  const values = { PRIVATE_KEY: "-----BEGIN KEY-----\nAA+/=\nBB\n-----END KEY-----", PUBLIC_URL: "https://a.example/x", APP_ID: "7" };

  expect(parseEnv(withValues("", values).text)).toEqual(values);
});

test("only the owner can read the file, also when it was open to all before", async () => {
  const path = join(folder, ".env");
  await writeFile(path, "PORT=1\n", { mode: 0o644 });

  expect(await putIntoFile(path, { APP_ID: "7" })).toEqual([]);

  expect(await readFile(path, "utf8")).toBe("PORT=1\nAPP_ID=7\n");
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(folder)).toEqual([".env"]);
});

test("a link to a file elsewhere stays a link", async () => {
  const place = join(folder, "real");
  await writeFile(place, "");
  await symlink(place, join(folder, ".env"));

  await putIntoFile(join(folder, ".env"), { APP_ID: "7" });

  expect(await readFile(place, "utf8")).toBe("APP_ID=7\n");
});

test("a place that cannot be written is known beforehand", async () => {
  expect(await unwritable(join(folder, ".env"))).toBeNull();
  expect(await unwritable(join(folder, "nowhere", ".env"))).toContain("ENOENT");
  expect(await unwritable(folder)).toContain("EISDIR");
});
