import { createHash } from "node:crypto";
import { chmod, lstat, mkdir, readdir, readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { ServerUser } from "./run-binary.ts";
import { setupFault } from "./setup-fault.ts";

/** Where Postgres keeps its files in a data directory: the major version is part of the name, because another cannot read them. */
export const clusterFolder = "postgres-18";

/**
 * Who runs Postgres, which refuses to run as root: whoever it was before, else `nobody`.
 * Null when we are not root and so can run it ourselves.
 */
export async function chooseUser(dataDir: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return null;
  const existing = await stat(join(dataDir, clusterFolder)).catch(() => null);
  if (existing !== null && existing.uid !== 0) return { uid: existing.uid, gid: existing.gid };

  const passwd = await readFile("/etc/passwd", "utf8");
  const [uid, gid] = (/^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(passwd) ?? []).slice(1).map(Number);
  if (uid === undefined || gid === undefined) throw setupFault("it does not run as root, and this machine has no user `nobody`.");
  return { uid, gid };
}

/**
 * The data directory, made where it was missing: the requested one, or where Postgres' user cannot reach that
 * (root's home is closed to others) one below `fallback` that is always the same for the same request.
 */
export async function choosePlace(requested: string, user: ServerUser, fallback = "/var/lib/plankeeper"): Promise<string> {
  const wanted = resolve(requested);
  if (user === null) {
    await mkdir(wanted, { recursive: true });
    return realpath(wanted);
  }
  if ((await isReachable(await nearestExisting(wanted), user)) || (await openOwnEmpty(wanted, user))) {
    return makeFolder(wanted);
  }
  const name = createHash("sha256").update(wanted).digest("hex").slice(0, 12);
  await makeFolder(fallback);
  await refuseStrangers(fallback);
  return makeFolder(join(fallback, name));
}

/** Makes a folder and those above it, open to be passed through by others whatever our umask is. Gives its real path. */
export async function makeFolder(folder: string): Promise<string> {
  const first = await mkdir(folder, { recursive: true });
  if (first !== undefined) {
    for (let made = folder; made.length >= first.length; made = dirname(made)) await chmod(made, 0o755);
  }
  return realpath(folder);
}

/** Throws a fault unless nobody but root and us could have put or changed something in the folder (as ssh's StrictModes does). */
export async function refuseStrangers(folder: string): Promise<void> {
  const us = process.getuid?.();
  if (us === undefined) return;
  const link = await lstat(folder);
  if (link.isSymbolicLink() || !link.isDirectory()) throw setupFault(`${folder} is not a folder.`);
  const own = await realpath(folder);
  for (const path of ancestry(own)) {
    const { uid, mode } = await stat(path);
    // Below a sticky folder such as /tmp others can add, but not replace.
    const sticky = (mode & 0o1000) !== 0 && path !== own;
    if ((uid !== us && uid !== 0) || ((mode & 0o022) !== 0 && !sticky)) {
      throw setupFault(`others may write to ${path}, so nothing in ${folder} can be trusted. Remove or rename it.`);
    }
  }
}

/** Whether the user may pass through every folder on the way to the path. */
export async function isReachable(path: string, user: { readonly uid: number; readonly gid: number }): Promise<boolean> {
  const folders = await Promise.all(ancestry(await realpath(path)).map((folder) => stat(folder)));
  return folders.every(({ uid, gid, mode }) => {
    const passing = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    return (mode & passing) !== 0;
  });
}

// A folder made by `mktemp -d` is closed. Empty and ours, it may be opened without showing anything to anyone.
async function openOwnEmpty(folder: string, user: { readonly uid: number; readonly gid: number }): Promise<boolean> {
  const found = await lstat(folder).catch(() => null);
  if (found === null || !found.isDirectory() || found.uid !== process.getuid?.()) return false;
  if (!(await isReachable(dirname(folder), user)) || (await readdir(folder)).length > 0) return false;
  await chmod(folder, 0o711);
  return true;
}

async function nearestExisting(path: string): Promise<string> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  return exists ? path : nearestExisting(dirname(path));
}

function ancestry(path: string): readonly string[] {
  const above = dirname(path);
  return above === path ? [path] : [path, ...ancestry(above)];
}
