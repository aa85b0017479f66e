import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect } from "vitest";

/**
 * Asserts that a text is the one kept in `test/golden/<name>`. With GOLDEN=write (`npm run golden`) the file is written instead,
 * and a person reads the difference.
 */
export function matchesGolden(name: string, text: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env.GOLDEN === "write") {
    mkdirSync(dirname(file.pathname), { recursive: true });
    writeFileSync(file, text);
    return;
  }
  expect(existsSync(file), `test/golden/${name} is missing: run "npm run golden" and read what it writes`).toBe(true);
  expect(text).toBe(readFileSync(file, "utf8"));
}
