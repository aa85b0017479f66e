import type { Fact, ProposalFact, RowStatement, TaskMaterial } from "../words.ts";

/**
 * What the versions of a plan state of a task, without what we wrote there ourselves. A row that changed to what we proposed for it is no
 * statement, however the proposal came to be merged: squashing drops a trailer, and whoever merges writes the message. A proposal is used
 * up by the first change of its row, so that a person who later says the same says it himself. The oldest statement always stands.
 */
export function statedByPeople(task: Pick<TaskMaterial, "scope" | "token" | "stated">, facts: readonly Fact[]): readonly RowStatement[] {
  const proposed = facts.flatMap((fact) => (fact.kind === "proposal" ? proposedIn(fact, task) : []));
  if (proposed.length === 0) return task.stated;
  const stated = task.stated.toSorted((a, b) => a.at - b.at || (a.fact < b.fact ? -1 : 1));
  return stated.filter((row, index) => {
    const before = stated[index - 1];
    return before === undefined || !isProposed(row, before, proposed);
  });
}

type Proposed = Pick<ProposalFact, "at" | "commit"> & { readonly status: ProposalFact["rows"][number]["status"] };

const proposedIn = (fact: ProposalFact, { scope, token }: Pick<TaskMaterial, "scope" | "token">): readonly Proposed[] =>
  fact.rows.flatMap((row) =>
    row.token === token && row.scope === scope ? [{ at: fact.at, commit: fact.commit, status: row.status }] : [],
  );

function isProposed(row: RowStatement, before: RowStatement, proposed: readonly Proposed[]): boolean {
  if (proposed.some(({ commit, status }) => commit === row.commit && status === row.status)) return true;
  const known = proposed.filter(({ at }) => at <= row.at);
  const newest = known.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY);
  // Of two proposals of one second nobody can tell which was the later: both count.
  return newest >= before.at && known.some(({ at, status }) => at === newest && status === row.status);
}
