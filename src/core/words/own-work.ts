/** What this app wrote itself when it wrote a plan back: it is work on no task, and no word about one. */

/** Branches on which plans are written back; nobody else's begin so. */
const syncBranches = "plankeeper/sync/";

export const isSyncBranch = (name: string): boolean => name.startsWith(syncBranches);

/** The branch on which a plan file, or a folder of task files, is written back. No two plans share one. */
export function syncBranchOf(path: string): string {
  const name = path.replace(/\/+$/, "").replaceAll("/", "--");
  const said = name
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/\.{2,}/g, ".")
    .slice(0, 100);
  const safe = said.replace(/^[.-]+/, "").replace(/(?:\.lock|[.-])+$/i, "");
  // Where the name is not the path itself, letter for letter, two paths could have the same.
  return `${syncBranches}${safe === name && !path.includes("--") && !path.endsWith("/") ? safe : `${safe}-${hashOf(path)}`}`;
}

/** The last line of every commit of ours. */
export const syncTrailer = (revision: string): string => `Plankeeper-Sync: ${revision}`;

/** The revision that a commit of ours carries; null for anybody else's. A squashed commit may quote it in the middle. */
export const revisionIn = (message: string): string | null => /^Plankeeper-Sync: ([0-9a-f]{8,64})\s*$/m.exec(message)?.[1] ?? null;

/** FNV-1a, 32 bits: tells paths apart, guards nothing. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}
