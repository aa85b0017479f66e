import { z } from "zod";
import { remembered } from "../core/evidence/remembered.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import { type PlanAtHead, type TakenTwice, takenTwice } from "../core/schedule/new-ids.ts";
import { newestPulls } from "../core/status/one-second.ts";
import { isOwnPull, isTakenUp } from "../core/status/pull-events.ts";
import { byKind, isTrusted } from "../core/status/read-events.ts";
import type { Fact, PullContentFact, Sha } from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import { hashOf, type Target } from "./target.ts";

/** New ids that open pull requests give to different tasks, in plans of the base and in new ones. */
export async function newIdsTakenTwice({ store, at }: Target, state: RepositoryState): Promise<readonly TakenTwice[]> {
  const numbers = await store.openPlanEdits(at.repository);
  if (numbers.length < 2) return [];
  const facts = await store.factsAbout(
    at.repository,
    numbers.map((number) => `pull:${number}`),
  );
  const contents = headsIn(facts, numbers);
  const texts = await store.texts(contents.flatMap((content) => content.texts.flatMap(({ blob }) => blob ?? [])));
  const roles = new Map(state.plans.map((plan) => [plan.path, plan.role]));
  const heads = contents.flatMap(({ number, headSha, texts: files }) =>
    files.flatMap(({ path, blob }): readonly PlanAtHead[] => {
      const text = blob === null ? undefined : texts.get(blob);
      if (text === undefined || roles.get(path) === "snapshot") return [];
      return [{ pull: number, headSha, path, tasks: tasksIn(path, text, roles.has(path)) }];
    }),
  );
  return takenTwice(
    heads,
    state.boards.flatMap((board) => board.tasks),
  );
}

/** What the heads of these pull requests hold, without those of strangers that nobody took up, our own, and what is not read yet. */
function headsIn(facts: readonly Fact[], numbers: readonly number[]): readonly PullContentFact[] {
  const { contents, roles } = byKind(facts);
  const pulls = newestPulls(facts);
  return numbers.flatMap((number) => {
    const pull = pulls.find((one) => one.number === number);
    if (pull === undefined || isOwnPull(pull) || (pull.fork && !isTakenUp(pull) && !isTrusted(roles.get(pull.thing)))) return [];
    return contents.get(`${number}:${pull.headSha}`) ?? [];
  });
}

type Tasks = PlanAtHead["tasks"];

/** The same files are looked at with every summary while their pull requests are open: a key holds all that their reading turns on. */
const readTasks = remembered(
  (key): Tasks => {
    const [named = "", path = "", ...lines] = key.split("\n");
    const tasks = readPlan({ path, text: lines.join("\n"), named: named === "named" }).plan?.tasks ?? [];
    return tasks.map(({ scope, token, id, title }) => ({ scope, token, id, title }));
  },
  { from: 0, characters: 4_000_000 },
);

const tasksIn = (path: string, text: string, named: boolean): Tasks =>
  readTasks(`${named ? "named" : "found"}\n${path.replaceAll("\n", " ")}\n${text}`);

const toldKey = "ids-taken-twice";
const toldHeads = z.array(z.string()).catch([]);

/**
 * Has the checks brought up to date whose pull requests came to share a new id, or share it no longer: no delivery of theirs tells of that.
 * What was told last is remembered only afterwards, so that a failure is made good by the next attempt.
 */
export async function tellHeads(target: Target, taken: readonly TakenTwice[], tell: (head: Sha) => Promise<void>): Promise<void> {
  const { store, at } = target;
  const heads = [...new Set(taken.flatMap(({ pulls }) => pulls.map(({ headSha }) => headSha)))].sort();
  const hash = hashOf(JSON.stringify(taken));
  const before = await store.post(at.repository, toldKey);
  if (before === null ? heads.length === 0 : before.hash === hash) return;
  for (const head of new Set([...heads, ...toldHeads.parse(before?.body ?? [])])) await tell(head);
  await store.rememberPost(at.repository, toldKey, { remote: null, hash, again: null, state: "written", body: heads });
}
