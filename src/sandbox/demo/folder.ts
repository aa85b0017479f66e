import { chmodSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/**
 * Makes the folder for everything the demo keeps. Postgres refuses to run as root, so that the app lets another user run it: as root
 * the folder must lie where others can pass, or the app would put its data elsewhere, where they outlive the demo.
 */
export function makeFolder(places: readonly string[] = [tmpdir(), "/tmp", "/var/tmp"]): string {
  const isRoot = process.getuid?.() === 0;
  const place = places.find((one) => !isRoot || isOpen(one)) ?? tmpdir();
  const folder = mkdtempSync(join(realpathSync(place), "plankeeper-demo-"));
  if (isRoot) chmodSync(folder, 0o711);
  return folder;
}

/** Removes it, and ends a database server that is left in it because the app had to be killed. */
export function removeFolder(folder: string): void {
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("postmaster.pid"))) {
    const pid = Number(readFileSync(join(folder, path), "utf8").split("\n")[0]);
    try {
      process.kill(pid, "SIGQUIT");
    } catch {
      // It is gone by now, and only its file is still there.
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function isOpen(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && (found.mode & 0o001) !== 0 && (dirname(path) === path || isOpen(dirname(path)));
}
