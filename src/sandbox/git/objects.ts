import { createHash } from "node:crypto";

/** 40 hexadecimal digits. Blobs, trees and commits have the names that git itself would give them. */
export type Sha = string;

/** Path → blob, of a whole folder with all below it. Every file has mode 100644. */
export type Files = ReadonlyMap<string, Sha>;

/** Who made a commit and when, in ms. `login` is null for people without an account. */
export type Signature = { readonly name: string; readonly email: string; readonly login: string | null; readonly at: number };

export type Commit = {
  readonly sha: Sha;
  readonly tree: Sha;
  readonly parents: readonly Sha[];
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
};

/** One store for all repositories, as GitHub has one for a network of forks. */
export type Objects = {
  readonly blobs: Map<Sha, Buffer>;
  readonly trees: Map<Sha, Files>;
  readonly commits: Map<Sha, Commit>;
};

export type Child = { readonly name: string; readonly type: "blob" | "tree"; readonly sha: Sha };

export const noCommit: Sha = "0".repeat(40);

export const createObjects = (): Objects => ({ blobs: new Map(), trees: new Map(), commits: new Map() });

export function writeBlob(objects: Objects, content: string | Buffer): Sha {
  const bytes = Buffer.from(content);
  const sha = nameOf("blob", bytes);
  objects.blobs.set(sha, bytes);
  return sha;
}

/** Stores the folder and every folder below it. */
export function writeTree(objects: Objects, files: Files): Sha {
  const children = childrenOf(objects, files);
  const parts = children.map(({ name, type, sha }) =>
    Buffer.concat([Buffer.from(`${type === "tree" ? "40000" : "100644"} ${name}\0`), Buffer.from(sha, "hex")]),
  );
  const sha = nameOf("tree", Buffer.concat(parts));
  objects.trees.set(sha, files);
  return sha;
}

/** What stands directly in a folder, in git's order: by bytes, a folder as if its name ended with a slash. */
export function childrenOf(objects: Objects, files: Files): Child[] {
  const children: Child[] = [];
  const folders = new Map<string, Map<string, Sha>>();
  for (const [path, sha] of files) {
    const slash = path.indexOf("/");
    if (slash < 0) {
      children.push({ name: path, type: "blob", sha });
      continue;
    }
    const folder = folders.get(path.slice(0, slash)) ?? new Map<string, Sha>();
    folders.set(path.slice(0, slash), folder.set(path.slice(slash + 1), sha));
  }
  for (const [name, inside] of folders) children.push({ name, type: "tree", sha: writeTree(objects, inside) });
  const key = ({ name, type }: Child) => Buffer.from(type === "tree" ? `${name}/` : name);
  return children.sort((a, b) => Buffer.compare(key(a), key(b)));
}

/** `sha` names the commit where a story wants a name of its own. */
export function writeCommit(objects: Objects, commit: Omit<Commit, "sha">, sha?: Sha): Commit {
  if (sha !== undefined && !/^[0-9a-f]{40}$/.test(sha)) throw new Error(`${sha} is no commit name: 40 hexadecimal digits`);
  if (sha !== undefined && objects.commits.has(sha)) throw new Error(`there is a commit ${sha} already`);
  const lines = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${signatureLine(commit.author)}`,
    `committer ${signatureLine(commit.committer)}`,
    "",
    commit.message,
  ];
  const written = { ...commit, sha: sha ?? nameOf("commit", Buffer.from(lines.join("\n"))) };
  objects.commits.set(written.sha, written);
  return written;
}

export function commitAt(objects: Objects, sha: Sha): Commit {
  const commit = objects.commits.get(sha);
  if (commit === undefined) throw new Error(`there is no commit ${sha}`);
  return commit;
}

export function filesAt(objects: Objects, sha: Sha): Files {
  return objects.trees.get(commitAt(objects, sha).tree) ?? new Map();
}

export function blobAt(objects: Objects, sha: Sha): Buffer {
  return objects.blobs.get(sha) ?? Buffer.alloc(0);
}

function nameOf(type: string, bytes: Buffer): Sha {
  return createHash("sha1").update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
}

function signatureLine({ name, email, at }: Signature): string {
  return `${name} <${email}> ${Math.floor(at / 1000)} +0000`;
}
