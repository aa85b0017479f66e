/**
 * Which files of a folder that Backlog.md keeps are read. Tasks lie in `tasks/` and, once cleaned up, in `completed/`, named for their ids;
 * drafts are no tasks yet, and archiving deletes a task and sets its id free (its makers' words), so that neither folder is looked at.
 */
export type Member = "config" | "task" | "completed" | "milestone";

export function memberOf(path: string): Member | null {
  if (/^config\.ya?ml$/.test(path)) return "config";
  const [, folder = "", name = ""] = /^(tasks|completed|milestones)\/([^/]*)$/.exec(path) ?? [];
  if (!/^\p{L}[\p{L}\p{N}_]*-\d[^/]*\.md$/u.test(name)) return null;
  return folder === "tasks" ? "task" : folder === "completed" ? "completed" : "milestone";
}
