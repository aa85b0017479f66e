/**
 * The two straight lines of Plankeeper. Webhooks, readings, redelivery and the demo all pass through `drain`; whatever is shown or
 * written on GitHub passes through `perform`. Nothing else knows this order, and there is no second way to a status.
 */
import { decide } from "./core/decide.ts";
import { absorb } from "./core/status/absorb.ts";
import { derive } from "./core/status/derive.ts";
import { unreachable } from "./core/words.ts";
import type { GitHub, Job, LockedLane, RepositoryAddress, Store, Translator } from "./ports.ts";
import { bringCheckUpToDate } from "./targets/check.ts";
import { bringReplyUpToDate } from "./targets/reply.ts";
import { bringSummaryUpToDate } from "./targets/summary.ts";

/** Inbox rows of one locked lane → facts → statuses, audit and effects, in one transaction. */
export async function drain(lane: LockedLane, translator: Translator): Promise<void> {
  const translations = await translator.translate(lane.rows);
  const fresh = await lane.remember(translations);
  const planned = absorb(await lane.plans(fresh), fresh);
  await lane.declare(planned);
  const { material, planPaths } = await lane.tasks(planned, fresh);
  const derived = derive(planned, material, fresh);
  const effects = decide({ fresh, planned, material, derived, planPaths });
  await lane.commit({ derived, planned, effects });
}

/** What an effect may use. `github` answers with clients for one repository; its `write` is null in observe mode. */
export type PerformPorts = { readonly store: Store; readonly github: (at: RepositoryAddress) => Promise<GitHub> };

/** One effect: load → render → compare with what we last wrote → write; or read → a reading into the inbox. */
export async function perform(job: Job, ports: PerformPorts): Promise<void> {
  const at = await ports.store.address(job.repository);
  if (at === null) return;
  const github = await ports.github(at);
  const target = { at, store: ports.store, github };
  const { effect } = job;
  const told = (reading: Awaited<ReturnType<GitHub["read"]["repository"]>>) => ports.store.addReading(job.repository, reading);
  switch (effect.kind) {
    case "check":
      return bringCheckUpToDate(target, effect);
    case "summary":
      return bringSummaryUpToDate(target);
    case "reply":
      return bringReplyUpToDate(target, effect);
    case "read-repository":
      return told(await github.read.repository(at));
    case "read-files":
      return told(await github.read.files(at, { commit: effect.commit, time: effect.at, paths: effect.paths }));
    case "read-pull":
      return told(await github.read.pull(at, { number: effect.number, headSha: effect.headSha }));
    case "read-permission":
      return told(await github.read.permission(at, { login: effect.login, about: effect.about }));
    default:
      return unreachable(effect);
  }
}
