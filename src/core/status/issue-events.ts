import type { Known } from "../evidence/known.ts";
import { readReferences } from "../evidence/read-references.ts";
import { type Configuration, type IssueFact, mayDo, type Role, type Token } from "../words.ts";
import { linkTo, ranks, type TaskEvent } from "./event.ts";
import { blockingLabel, labelledStatus } from "./labels.ts";

/** The tasks an issue is linked to: by a label that names one, or by a title that begins with its id when the author may triage. */
export function linksOf(issue: IssueFact, known: Known, role: Role | null): ReadonlyMap<Token, string> {
  const byLabel = issue.labels.flatMap((label) =>
    readReferences(label, "label", known).references.map((reference): readonly [Token, string] => [reference.token, `label: ${label}`]),
  );
  const trusted = role !== null && mayDo(role, "triage");
  const byTitle = !trusted
    ? []
    : readReferences(issue.title, "title", known)
        .references.filter((reference) => beginsTitle(issue.title, reference.start))
        .map((reference): readonly [Token, string] => [reference.token, `title: ${reference.words}`]);
  return new Map([...byTitle, ...byLabel]);
}

/** Whether the title may name a task at its beginning, so that the author's permission is worth asking for. */
export function beginsTitle(title: string, start: number): boolean {
  return /^[\s[(#]*$/.test(title.slice(0, start));
}

/** An issue snapshot as events of the tasks it is linked to, and of those (`tokens`) it may have been linked to before. */
export function issueEvents(input: {
  readonly issue: IssueFact;
  readonly links: ReadonlyMap<Token, string>;
  readonly tokens: ReadonlySet<Token>;
  readonly configuration: Configuration;
}): readonly (readonly [Token, TaskEvent])[] {
  const { issue, links, configuration } = input;
  return [...input.tokens].map((token) => {
    const words = links.get(token);
    const blocked = words === undefined ? null : blockingLabel(issue.labels, configuration);
    const label = words === undefined ? null : labelledStatus(issue.labels, configuration);
    return [
      token,
      {
        kind: "issue",
        number: issue.number,
        label,
        blocked,
        at: issue.at,
        rank: ranks.issue,
        id: issue.id,
        cause: {
          fact: issue.id,
          rule: blocked !== null || label !== null ? "label" : "label-removed",
          actor: issue.actor,
          link: linkTo(issue),
          words: blocked ?? label ?? "",
        },
      },
    ];
  });
}
