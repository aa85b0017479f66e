import { undoingOfPull } from "../evidence/subject.ts";
import type { CommitFact, DerivedTask, PullContentFact, PullFact, RowStatement, TaskMaterial, TasksMaterial } from "../words.ts";
import { type Context, derive } from "./derive.ts";

/** What merging a pull request would do: the tasks that would change, folded by the very rules that will hold after the merge. */
export function promiseOf(
  context: Context,
  material: TasksMaterial,
  merge: {
    readonly pull: PullFact;
    readonly content: PullContentFact | null;
    readonly rows: ReadonlyMap<string, readonly RowStatement[]>;
  },
): readonly DerivedTask[] {
  const at = after(material);
  const merged: PullFact = {
    ...merge.pull,
    id: promised(merge.pull),
    state: "merged",
    at,
    mergedAt: at,
    mergeSha: "promise",
  };
  const rows = ({ path, scope, token }: TaskMaterial) =>
    (merge.rows.get(path) ?? []).filter((row) => row.token === token && row.scope === scope).map((row) => ({ ...row, at }));
  const supposed: TasksMaterial = {
    ...material,
    facts: [...material.facts, merged, ...landing(merged, merge.content)],
    tasks: material.tasks.map((task) => ({ ...task, stated: [...task.stated, ...rows(task)] })),
  };
  // What the repository requires of merge commits is taken to pass: the promise is what a good merge does.
  const passing = context.configurations.map((version) => ({
    ...version,
    configuration: version.configuration === null ? null : { ...version.configuration, completionRequires: [] },
  }));
  return derive({ ...context, configurations: passing }, supposed, []).tasks;
}

/** The fact that a merge would be. */
export const promised = ({ thing }: PullFact): string => `${thing}#promise`;

/**
 * The commits that the merge brings to the base, with the title as the message of its own: without them a task that the pull request works on
 * and does not complete would seem to be dropped. They carry the pull request's thing, because its mentions are theirs.
 */
export function landing(pull: PullFact, content: PullContentFact | null): readonly CommitFact[] {
  const { thing, at, number, title, base, author } = pull;
  // A title that says what is taken back works on nothing; without the body, which names that, it would only say it less well.
  const own = undoingOfPull(pull) === null ? [{ sha: "promise", message: `${title} (#${number})` }] : [];
  return [...(content?.commits ?? []), ...own].map(({ sha, message }) => ({
    ...{ kind: "commit", id: `${promised(pull)}:${sha}`, thing, at },
    ...{ sha, branch: base, pushHead: "promise", message, author: author.login, files: [] },
  }));
}

/** A second after everything known, so that the supposed merge comes last. */
function after(material: TasksMaterial): number {
  const times = [...material.facts.map((fact) => fact.at), ...material.tasks.flatMap((task) => task.stated.map((row) => row.at))];
  return times.reduce((latest, time) => Math.max(latest, time), 0) + 1000;
}
