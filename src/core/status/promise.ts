import { undoingOfPull } from "../evidence/subject.ts";
import type { CommitFact, DerivedTask, Planned, PullContentFact, PullFact, TasksMaterial } from "../words.ts";
import { type Context, derive } from "./derive.ts";
import { mergedConfiguration } from "./plans-after.ts";
import { withPlans } from "./promised-plans.ts";

/**
 * What merging a pull request would do: the tasks that would change, folded by the very rules that will hold after the merge. `planned` =
 * what becomes of the plans, where it edits them (`plansAfter`); the material has then to hold all tasks that this touches.
 */
export function promiseOf(
  context: Context,
  material: TasksMaterial,
  merge: { readonly pull: PullFact; readonly content: PullContentFact | null; readonly planned: Planned | null },
): readonly DerivedTask[] {
  const { configurations, configuration } = merge.planned ?? context;
  const at = after(context, material);
  const merged: PullFact = {
    ...merge.pull,
    id: promised(merge.pull),
    state: "merged",
    at,
    mergedAt: at,
    mergeSha: "promise",
  };
  const supposed = merge.planned === null ? material : withPlans(material, merge.planned, at);
  // What the repository requires of merge commits is taken to pass: the promise is what a good merge does.
  const passing = configurations.map((version) => ({
    ...version,
    at: version.fact === mergedConfiguration ? at : version.at,
    configuration: version.configuration === null ? null : { ...version.configuration, completionRequires: [] },
  }));
  const facts = [...material.facts, merged, ...landing(merged, merge.content)];
  return derive({ ...context, configuration, configurations: passing }, { ...supposed, facts }, []).tasks;
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
function after({ configurations }: Context, material: TasksMaterial): number {
  const times = [...material.facts, ...material.tasks.flatMap((task) => task.stated), ...configurations].map(({ at }) => at);
  return times.reduce((latest, time) => Math.max(latest, time), 0) + 1000;
}
