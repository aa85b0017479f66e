/** Once for all stories: the app compiled as users run it. Loading it from its sources would cost each start of a process three times as much. */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("..", import.meta.url));
const compiler = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");

/** Compiles what has changed since; types are `npm run check`'s business. */
export async function setup(): Promise<void> {
  const options = ["--noCheck", "--incremental", "--tsBuildInfoFile", "dist/.tests.tsbuildinfo"];
  await promisify(execFile)(process.execPath, [compiler, "-p", "tsconfig.build.json", ...options], { cwd: root });
}
