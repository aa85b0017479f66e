import { readCommands } from "../evidence/read-commands.ts";
import { readReferences } from "../evidence/read-references.ts";
import { knownTo } from "../status/derive.ts";
import { beginsTitle, linksOf } from "../status/issue-events.ts";
import type { CommentFact, Effect } from "../words.ts";
import { type Decision, isOpen } from "./decision.ts";

/** People whose word or work counts only with a certain role, and whose role has not been read for this thing yet. */
export function permissionsWanted(decision: Decision, asked: ReadonlySet<string>): readonly Effect[] {
  const known = knownTo(decision.material.homes, decision.planned.configuration);
  const { facts } = decision.material;
  const roles = new Map(facts.flatMap((fact) => (fact.kind === "permission" ? [[fact.about, fact.role]] : [])));
  const linked = new Set(facts.flatMap((fact) => (fact.kind === "comment" && asked.has(fact.id) && links(fact) ? [fact.issue] : [])));
  return facts.flatMap((fact): readonly Effect[] => {
    if (fact.kind === "issue" && fact.act !== null && fact.actor !== null && !asked.has(fact.id)) {
      if (linked.has(fact.number) || linksOf(fact, known, roles.get(fact.thing) ?? null).size > 0)
        return [{ kind: "read-permission", login: fact.actor, about: fact.id }];
    }
    if (fact.kind === "review" && fact.verdict !== "dismissed" && !asked.has(fact.id) && namesTask(fact.thing, decision))
      return [{ kind: "read-permission", login: fact.reviewer.login, about: fact.id }];
    if (asked.has(fact.thing)) return [];
    if (fact.kind === "pull" && fact.fork && isOpen(fact))
      return [{ kind: "read-permission", login: fact.author.login, about: fact.thing }];
    if (fact.kind !== "issue") return [];
    const names = readReferences(fact.title, "title", known).references.some((reference) => beginsTitle(fact.title, reference.start));
    return names ? [{ kind: "read-permission", login: fact.author.login, about: fact.thing }] : [];
  });
}

const namesTask = (thing: string, { material }: Decision): boolean =>
  material.mentions.some((mention) => mention.thing === thing && material.homes.has(mention.token));

const links = (comment: CommentFact): boolean =>
  !comment.onPull && readCommands(comment.text, comment.before).some((command) => command.kind === "link");
