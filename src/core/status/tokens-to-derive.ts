import { normalise } from "../plan/token.ts";
import type { Board, Configuration, Planned, Token } from "../words.ts";
import { aliasesIn } from "./aliases.ts";

/**
 * Ids whose facts tell what becomes of tasks when plans and configuration are as `planned` has them: those of rows that differ, with what
 * they depend on where that blocks, and those that another configuration touches. Workflows of new gates go by `workflow:` and their name.
 */
export function tokensToDerive(
  now: { readonly boards: readonly Board[]; readonly configuration: Configuration },
  { touched, declared, configuration }: Planned,
): readonly string[] {
  const all = now.boards.flatMap(({ tasks }) => tasks);
  if (touched === "all") return [...new Set(all.map(({ token }) => token))];
  const rows = [...declared.values()].flatMap((tasks) => tasks.filter(({ token }) => touched.has(token)));
  const blocking = configuration.dependencies === "block" ? rows.flatMap(({ dependencies }) => dependencies) : [];
  return [...new Set([...touched, ...blocking, ...settingsTouch(all, now.configuration, configuration)])];
}

type Tasks = Board["tasks"];

/** What bears on tasks as it is now, whenever the facts happened. */
function settingsTouch(tasks: Tasks, before: Configuration, after: Configuration): readonly string[] {
  if (before === after) return [];
  const dependent = before.dependencies === after.dependencies ? [] : tasks.filter(({ dependencies }) => dependencies.length > 0);
  return [...dependent.map(({ token }) => token), ...gatesThatDiffer(before, after), ...spelledOtherwise(tasks, before, after)];
}

function gatesThatDiffer(before: Configuration, after: Configuration): readonly string[] {
  const name = ({ workflow, tasks }: Configuration["gates"][number]): string => [workflow, ...tasks].join("\n");
  const [old, now] = [before.gates, after.gates].map((gates) => new Map(gates.map((gate) => [name(gate), gate])));
  const differing = [...before.gates.filter((gate) => !now?.has(name(gate))), ...after.gates.filter((gate) => !old?.has(name(gate)))];
  return differing.flatMap(({ workflow, tasks }) => [`workflow:${workflow.toLowerCase()}`, ...tasks.map(normalise)]);
}

function spelledOtherwise(tasks: Tasks, before: Configuration, after: Configuration): readonly Token[] {
  const [old, now] = [aliasesIn(before), aliasesIn(after)];
  return tasks.flatMap(({ token }) => {
    const [was, becomes] = [old.spellings(token), now.spellings(token)];
    return was.join(" ") === becomes.join(" ") ? [] : [...new Set([...was, ...becomes])];
  });
}
