import { randomUUID } from "node:crypto";
import { lstat, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Fault } from "../core/words.ts";

/** `not UTF-8`: the file holds bytes that its text does not hold, which writing the text would lose. */
export type Replaced = "written" | "changed meanwhile" | "not a regular file" | "not UTF-8";

/**
 * Puts a text in place of the one that was read from a file, whole or not at all: whoever reads meanwhile sees the old text or the new one.
 * `before` is the text as read, byte order mark and all. A link, and a file that no longer holds `before`, stay as they are. The mode is kept.
 * Throws a fault where the file or its folder cannot be read or written.
 */
export async function replaceFile(path: string, { before, after }: { readonly before: string; readonly after: string }): Promise<Replaced> {
  const temporary = join(dirname(path), `.plankeeper-${randomUUID()}.tmp`);
  try {
    const found = await lstat(path);
    if (!found.isFile()) return "not a regular file";
    await writeDown(temporary, after, found.mode & 0o7777);
    // Asked as late as can be: what a person saves behind this line and before the rename is lost.
    const bytes = await readFile(path);
    if (!bytes.equals(Buffer.from(before))) return new TextDecoder().decode(bytes) === plain(before) ? "not UTF-8" : "changed meanwhile";
    await rename(temporary, path);
    return "written";
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return "changed meanwhile";
    throw new Fault(`${path} cannot be written`, { cause, next: { kind: "give-up" } });
  } finally {
    // What was said of the file matters more than a rest beside it.
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

async function writeDown(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.chmod(mode);
    await file.sync();
  } finally {
    await file.close();
  }
}

const plain = (text: string): string => text.replace(/^\uFEFF/, "");
