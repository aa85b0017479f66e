import type { Known } from "../evidence/known.ts";
import { rowKey } from "../plan/compare.ts";
import type { Configuration, Fact, PullFact, Scope, Token } from "../words.ts";
import { inOrderOfTime, newestPulls } from "./one-second.ts";
import { isTakenUp, readPull } from "./pull-events.ts";
import { byKind, isTrusted } from "./read-events.ts";

/**
 * The open pull requests that name tasks and work on them, by `rowKey`, in the order of their numbers. What a stranger proposes from a
 * fork counts once somebody has taken it up. `facts` = those about whatever names these tasks.
 */
export function openPullsOn(
  facts: readonly Fact[],
  so: { readonly known: Known; readonly configuration: Configuration },
): (task: { readonly scope: Scope; readonly token: Token }) => readonly number[] {
  const { contents, roles } = byKind(facts.toSorted(inOrderOfTime));
  const found = new Map<string, number[]>();
  for (const pull of newestPulls(facts)) {
    if (!isOpen(pull) || (pull.fork && !isTakenUp(pull) && !isTrusted(roles.get(pull.thing)))) continue;
    const content = contents.get(`${pull.number}:${pull.headSha}`) ?? null;
    for (const [task, { reference }] of readPull(pull, content, so.known, so.configuration).namings) {
      if (reference.idle) continue;
      const others = found.get(task) ?? [];
      found.set(task, others);
      others.push(pull.number);
    }
  }
  return (task) => found.get(rowKey(task)) ?? [];
}

const isOpen = ({ state }: PullFact): boolean => state === "open" || state === "draft";
