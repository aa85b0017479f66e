import { readConfiguration } from "../src/core/plan/configuration.ts";
import { readPlan } from "../src/core/plan/read-plan.ts";
import { asBoardTask } from "../src/core/schedule/next.ts";
import { absorb } from "../src/core/status/absorb.ts";
import { boardsOf } from "../src/core/status/board-of.ts";
import type { StandingPlans } from "../src/core/status/plans-after.ts";
import type { ConfigurationVersion, Plan, PlanFact } from "../src/core/words.ts";
import { planFact } from "./facts.ts";

type Texts = Readonly<Record<string, string>>;

/** A text as a plan file reads, which it has to. */
export function planIn(path: string, text: string): Plan {
  const { plan } = readPlan({ path, text, named: true });
  if (plan === null) throw new Error(`${path} is no plan`);
  return plan;
}

/** Plans that stand as these files have them, each task as its row says. */
export function standingPlans(files: Texts, settings = ""): StandingPlans & { readonly configuration: ReturnType<typeof settingsOf> } {
  const facts = Object.entries(files).map(([path, text]) => planFact(path, text, 0));
  const configuration = settingsOf(settings);
  const configurations: readonly ConfigurationVersion[] = [{ fact: "configuration#1", at: 0, blob: null, configuration, problems: [] }];
  const versions = new Map(facts.map((fact) => [fact.path, [{ fact, reading: readingOf(files, fact) }]]));
  const planned = absorb({ configurations, defaultBranch: "main", stored: [], versions }, facts);
  const tasks = new Map([...planned.declared].map(([path, all]) => [path, all.map(asBoardTask)]));
  const plans = planned.plans;
  return { plans, boards: boardsOf(plans, tasks), configurations, configuration, address: { defaultBranch: "main" } };
}

export function settingsOf(text: string) {
  const { configuration, problems } = readConfiguration(text, ".github/plankeeper.yml");
  if (configuration === null) throw new Error(JSON.stringify(problems));
  return configuration;
}

const readingOf = (files: Texts, { path }: PlanFact) => ({ plan: planIn(path, files[path] ?? ""), problems: [], because: "" });
