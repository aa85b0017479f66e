import { homeOf, homesByToken } from "../src/core/evidence/homes.ts";
import { rowKey } from "../src/core/plan/compare.ts";
import { defaultConfiguration, readConfiguration } from "../src/core/plan/configuration.ts";
import { readPlan } from "../src/core/plan/read-plan.ts";
import { absorb } from "../src/core/status/absorb.ts";
import { type Context, derive } from "../src/core/status/derive.ts";
import { isRelation, mentionsOf } from "../src/core/status/mentions.ts";
import { settingsInTime } from "../src/core/status/settings-in-time.ts";
import { outweighs } from "../src/core/status/told-once.ts";
import type { ConfigurationVersion, DerivedTask, Fact, PlanFact, PlannedTask, TaskMaterial, TasksMaterial } from "../src/core/words.ts";
import { shaOf } from "./facts.ts";

/** The full fold of a set of facts, without any store: what everything else must agree with. `texts` by blob sha. */
export function foldStory(facts: readonly Fact[], texts: readonly string[]): readonly DerivedTask[] {
  const { context, material } = storyMaterial(facts, texts);
  return derive(context, material, []).tasks;
}

/** All that bears on all tasks of a story. */
export function storyMaterial(
  facts: readonly Fact[],
  texts: readonly string[],
): { readonly context: Context; readonly material: TasksMaterial } {
  const byBlob = new Map(texts.map((text) => [shaOf(text), text]));
  const kept = new Map<string, Fact>();
  for (const fact of facts) {
    const known = kept.get(fact.id);
    if (known === undefined || outweighs(fact, known)) kept.set(fact.id, fact);
  }
  const once = [...kept.values()];
  const configurations = once.flatMap((fact): readonly ConfigurationVersion[] => {
    if (fact.kind !== "configuration") return [];
    const { configuration, problems } = readConfiguration(byBlob.get(fact.blob ?? "") ?? "", fact.path);
    return [{ fact: fact.id, at: fact.at, blob: fact.blob, configuration, problems }];
  });
  const settings = settingsInTime(configurations, "main");
  const versions = new Map<string, { readonly fact: PlanFact; readonly reading: ReturnType<typeof readPlan> | null }[]>();
  const plans = once.filter((fact) => fact.kind === "plan").sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  for (const fact of plans) {
    const reading = fact.blob === null ? null : readPlan({ path: fact.path, text: byBlob.get(fact.blob) ?? "", named: true });
    versions.set(fact.path, [...(versions.get(fact.path) ?? []), { fact, reading }]);
  }
  const planned = absorb({ configurations, defaultBranch: "main", stored: [], versions }, once);
  const declared = new Map<string, { readonly task: PlannedTask; readonly path: string; readonly present: boolean }>();
  for (const [path, chain] of versions)
    for (const { reading } of chain)
      for (const task of reading?.plan?.tasks ?? []) declared.set(rowKey(task), { task, path, present: false });
  for (const [path, tasks] of planned.declared) for (const task of tasks) declared.set(rowKey(task), { task, path, present: true });
  const tasks = [...declared.values()].map(
    ({ task, path, present }): TaskMaterial => ({
      scope: task.scope,
      token: task.token,
      path,
      watchedSince: 0,
      declared: task,
      present,
      stated: planned.statements.flatMap((statement) => statement.rows.filter((row) => rowKey(row) === rowKey(task))),
      stored: null,
    }),
  );
  const material = {
    tasks,
    facts: once,
    mentions: once.flatMap(mentionsOf).filter(({ token }) => !isRelation(token)),
    homes: homesByToken(tasks.map((task) => [task.token, homeOf(task.declared, task)])),
    tracks: new Map(),
  };
  return { context: { configurations, configuration: settings.now ?? defaultConfiguration, defaultBranch: "main" }, material };
}
