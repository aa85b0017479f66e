import { checkName } from "../core/render/check-run.ts";
import { type Annotation, canonicalJson, type Effect } from "../core/words.ts";
import type { Writer } from "../ports.ts";
import { checkKey } from "./check-memory.ts";
import { checkTold } from "./check-told.ts";
import { bringUpToDate, hashOf, type Target } from "./target.ts";

/**
 * The check run of one commit: a section for each open pull request whose head it is, or for each one of a merge group, and what became
 * of what it promised those that were merged. A commit that is nobody's head any more keeps the check it has, unless somebody asked for it
 * again.
 */
export async function bringCheckUpToDate(target: Target, effect: Extract<Effect, { kind: "check" }>): Promise<void> {
  const key = checkKey(effect.sha);
  const before = await target.store.post(target.at.repository, key);
  if (effect.fallback === true && before !== null) return;
  const told = await checkTold(target, effect, before);
  if (told === null) return;
  const { text, essence, late, actions, kept } = told;
  // Whoever asked for another run has got it: what moves later is shown on that one.
  const again = effect.again ?? before?.again ?? null;
  const annotations = hashOf(canonicalJson(text.annotations));
  // A run that must take the place of another one is not that one: after a death between call and answer it is this run that is looked for.
  const version = hashOf(canonicalJson([annotations, again])).slice(0, 16);
  const externalId = `plankeeper:${effect.sha}:${version}`;
  const find = () => target.github.find.check(target.at, effect.sha, externalId);
  const isLost = async () => target.github.write !== null && before?.remote == null && (await find()) === null;
  // A promise that was never shown needs no outcome.
  if (late && effect.again === null && (await isLost())) return;
  const create = (write: Writer) => write.createCheck(target.at, { ...text, actions, name: checkName, sha: effect.sha, externalId });
  await bringUpToDate(target, {
    key,
    essence: `${essence}\n${annotations}`,
    again,
    body: { ...text, ...kept, annotationsHash: annotations },
    find,
    create,
    update: async (write, remote, known) => {
      // A run keeps every annotation it was ever given: other ones, or a request to run again, need a new run.
      if (known === null || known.annotations !== annotations || known.again !== again) return false;
      const none: readonly Annotation[] = [];
      return write.updateCheck(target.at, remote, { ...text, actions, annotations: none, name: checkName });
    },
  });
}
