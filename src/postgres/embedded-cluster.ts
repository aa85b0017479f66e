import { randomBytes } from "node:crypto";
import { constants, lchown, mkdir, open, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { now } from "../clock.ts";
import { type Binaries, binary } from "./embedded-binaries.ts";
import { clusterFolder } from "./embedded-place.ts";
import { runBinary, type ServerUser } from "./run-binary.ts";
import { setupFault } from "./setup-fault.ts";

/** The superuser of the embedded server, whose password lies beside the data. */
export const superuser = "plankeeper";

/** An initialised database cluster: its PGDATA folder and the superuser's password. */
export type Cluster = { readonly folder: string; readonly password: string };

const writtenPassword = z.string().regex(/^[\w-]{20,100}$/);
const longestInitdb = 10 * 60_000;

/**
 * The cluster in the data directory, made where there is none.
 * It is made aside and renamed, together with its password: a start that is killed leaves nothing that looks like a cluster,
 * and of several starts at once one wins.
 */
export async function ensureCluster(
  place: string,
  means: { readonly binaries: Binaries; readonly user: ServerUser; readonly durable: boolean },
): Promise<Cluster> {
  const home = join(place, clusterFolder);
  await removeLeftovers(place);
  if (!(await isThere(home))) {
    const aside = `${home}.new-${randomBytes(6).toString("hex")}`;
    try {
      await create(aside, means);
      await rename(aside, home);
    } catch (error) {
      if (!(await isThere(home))) throw error;
    } finally {
      await rm(aside, { recursive: true, force: true });
    }
  }
  return { folder: join(home, "cluster"), password: await readPassword(home, means.user) };
}

async function create(
  folder: string,
  { binaries, user, durable }: { readonly binaries: Binaries; readonly user: ServerUser; readonly durable: boolean },
): Promise<void> {
  const password = join(folder, "password");
  await mkdir(folder, { mode: 0o700 });
  await writeFile(password, randomBytes(24).toString("base64url"), { mode: 0o600, flag: "wx", flush: true });
  if (user !== null) {
    await lchown(password, user.uid, user.gid);
    await lchown(folder, user.uid, user.gid);
  }
  const locale = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const access = [`--username=${superuser}`, `--pwfile=${password}`, "--auth=scram-sha-256"];
  const rest = ["--no-instructions", ...(durable ? [] : ["--no-sync"])];
  const made = await runBinary(binary(binaries, "initdb"), ["-D", join(folder, "cluster"), ...locale, ...access, ...rest], user);
  if (!made.ok) throw setupFault(`making a database in ${folder} failed: ${made.output}`);
}

async function readPassword(home: string, user: ServerUser): Promise<string> {
  const { uid } = await stat(home);
  const us = user?.uid ?? process.getuid?.();
  if (us !== undefined && uid !== us) {
    throw setupFault(`the data in ${home} belongs to user ${uid}. Start as that user (or as root), or set DATA_DIR to another folder.`);
  }
  // The folder belongs to Postgres' user: as root we must not be led elsewhere by a link.
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
  try {
    await using file = await open(join(home, "password"), flags);
    return writtenPassword.parse((await file.readFile("utf8")).trim());
  } catch (error) {
    throw setupFault(`${home} holds no password that Plankeeper wrote, so the data in it is not Plankeeper's.`, error);
  }
}

// What a start that was killed in the middle left behind. Young ones may be another start at work.
async function removeLeftovers(place: string): Promise<void> {
  for (const name of await readdir(place)) {
    const path = join(place, name);
    if (!name.startsWith(`${clusterFolder}.new-`)) continue;
    const found = await stat(path).catch(() => null);
    if (found !== null && now() - found.mtimeMs > longestInitdb) await rm(path, { recursive: true, force: true });
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
