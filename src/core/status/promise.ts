import type { CommitFact, DerivedTask, Planned, PullFact, TasksMaterial } from "../words.ts";
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
  merge: { readonly pull: PullFact; readonly planned: Planned | null },
): readonly DerivedTask[] {
  const { configurations, configuration } = merge.planned ?? context;
  const at = after(context, material);
  const merged: PullFact = {
    ...merge.pull,
    id: `${merge.pull.thing}#promise`,
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
  const facts = [...material.facts, merged, ...landing(merged, material)];
  return derive({ ...context, configuration, configurations: passing }, { ...supposed, facts }, []).tasks;
}

/**
 * The commits that the merge brings to the base, with the title as the message of its own: without them a task that the pull request works on
 * and does not complete would seem to be dropped. They carry the pull request's thing, because its mentions are theirs.
 */
function landing({ thing, at, number, title, base, headSha, author }: PullFact, { facts }: TasksMaterial): readonly CommitFact[] {
  const content = facts.find((fact) => fact.kind === "pull-content" && fact.number === number && fact.headSha === headSha);
  const brought = content?.kind === "pull-content" ? content.commits : [];
  return [...brought, { sha: "promise", message: `${title} (#${number})` }].map(({ sha, message }) => ({
    ...{ kind: "commit", id: `${thing}#promise:${sha}`, thing, at },
    ...{ sha, branch: base, pushHead: "promise", message, author: author.login, files: [] },
  }));
}

/** A second after everything known, so that the supposed merge comes last. */
function after({ configurations }: Context, material: TasksMaterial): number {
  const times = [...material.facts, ...material.tasks.flatMap((task) => task.stated), ...configurations].map(({ at }) => at);
  return times.reduce((latest, time) => Math.max(latest, time), 0) + 1000;
}
