import { spawn } from "node:child_process";
import type { ReplayCommit } from "../core/status/replay-facts.ts";
import { Fault } from "../core/words.ts";

/**
 * The first-parent history of a branch or commit in a local repository, oldest first, with the text of one file wherever it changed.
 * Reads with the `git` command. Fault: there is no git, no repository, or no such branch.
 */
export async function gitHistory(folder: string, asked: { readonly path: string; readonly ref: string }): Promise<readonly ReplayCommit[]> {
  const range = ["--first-parent", "--reverse", "-z"];
  const fields = (await git(folder, ["log", ...range, "--format=%H%x00%ct%x00%an%x00%B", "--end-of-options", asked.ref, "--"])).toString(
    "utf8",
  );
  const touched = (
    await git(folder, ["log", ...range, "--format=%H", "--end-of-options", asked.ref, "--", `:(literal,top)${asked.path}`])
  ).toString("utf8");
  const texts = await textsAt(
    folder,
    asked.path,
    touched.split("\0").filter((sha) => sha !== ""),
  );
  const commits: ReplayCommit[] = [];
  const parts = fields.split("\0");
  for (let at = 0; at + 3 < parts.length; at += 4) {
    const [sha = "", seconds = "", author = "", message = ""] = parts.slice(at, at + 4);
    const commit = { sha, at: Number(seconds) * 1000, author, message: message.trimEnd() };
    const plan = texts.get(sha);
    commits.push(plan === undefined ? commit : { ...commit, plan });
  }
  return commits;
}

/** The file's text at each commit; null where the commit does not have it. */
async function textsAt(folder: string, path: string, commits: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
  const texts = new Map<string, string | null>();
  if (commits.length === 0) return texts;
  const out = await git(folder, ["cat-file", "--batch"], commits.map((sha) => `${sha}:${path}\n`).join(""));
  let at = 0;
  for (const sha of commits) {
    const end = out.indexOf(10, at);
    const head = out.subarray(at, end).toString("utf8");
    const size = / blob (\d+)$/.exec(head)?.[1];
    at = end + 1;
    if (size === undefined) {
      texts.set(sha, null);
      // Anything else than a file is told with its content, too.
      const other = / (?:tree|commit|tag) (\d+)$/.exec(head)?.[1];
      if (other !== undefined) at += Number(other) + 1;
      continue;
    }
    texts.set(sha, out.subarray(at, at + Number(size)).toString("utf8"));
    at += Number(size) + 1;
  }
  return texts;
}

// What a repository's own configuration could make git run is switched off: the history may be anybody's.
const quiet = ["--no-pager", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-c", "core.quotePath=false"];

function git(folder: string, args: readonly string[], input = ""): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...quiet, "-C", folder, ...args], { stdio: ["pipe", "pipe", "pipe"] });
    const out: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
    child.stdin.on("error", () => undefined);
    child.once("error", (cause) => reject(new Fault("git cannot be run; is it installed?", { cause, next: { kind: "give-up" } })));
    child.once("close", (code) => {
      if (code === 0) resolve(Buffer.concat(out));
      else reject(new Fault(`git: ${Buffer.concat(complaints).toString("utf8").trim().slice(0, 500)}`, { next: { kind: "give-up" } }));
    });
    child.stdin.end(input);
  });
}
