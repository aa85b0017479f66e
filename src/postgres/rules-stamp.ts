import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../core", import.meta.url));

let stamp: Promise<string> | null = null;

/** Names the rules that this process folds by: a hash over the code of `core`, so that no changed rule goes on from what another one came to. */
export function rulesStamp(): Promise<string> {
  stamp ??= hashOf(folder);
  return stamp;
}

async function hashOf(root: string): Promise<string> {
  const names = (await readdir(root, { recursive: true })).filter((name) => /(?<!\.test|\.d)\.[jt]s$/.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(root, name))));
  const hash = createHash("sha256");
  for (const [index, name] of names.entries()) hash.update(`${name}\0`).update(texts[index] ?? "");
  return hash.digest("hex").slice(0, 16);
}
