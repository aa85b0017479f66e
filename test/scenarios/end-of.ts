import type { Stage } from "./stage.ts";

/**
 * Everything that a story has come to: what GitHub shows of the app, and what the app knows. Numbers that GitHub gives out in the
 * order of creation are left out, because who is first is chance.
 */
export async function endOf({ repository, pool, statuses }: Stage) {
  const byApp = <T extends { readonly byApp: boolean }>(written: readonly T[]) => written.filter((one) => one.byApp);
  const comments = (issue: number) => byApp(repository.comments(issue)).map(({ body }) => body);
  const reactions = (issue: number) => repository.comments(issue).map(({ id }) => repository.reactions(id));
  const numbered = [...repository.issues, ...repository.pulls];
  const { rows: transitions } = await pool.query("select token, seq, at, before, after from transitions order by token, seq");
  const { rows: facts } = await pool.query("select kind, count(*)::int from facts group by kind order by kind");
  const { rows: inbox } = await pool.query("select id, state, error from inbox where state <> 'done'");
  return {
    statuses: await statuses(),
    issues: byApp(repository.issues).map(({ title, body, state, labels }) => ({ title, body, state, labels })),
    talk: numbered.map(({ number, title }) => ({ title, comments: comments(number), reactions: reactions(number) })),
    checks: repository.checks().map(({ id: _, externalId: __, ...shown }) => shown),
    transitions,
    facts,
    inbox,
  };
}
