import { homesOn } from "../core/evidence/homes.ts";
import type { Known } from "../core/evidence/known.ts";
import { type ConfigurationReading, configurationPaths, readConfiguration } from "../core/plan/configuration.ts";
import { configurationChange, mergeConfigurations } from "../core/plan/configuration-change.ts";
import { meaningsOf, movedBy } from "../core/plan/edit-meaning.ts";
import type { EditedPlan } from "../core/plan/edited-plan.ts";
import type { ConfigurationEdit, PlanEdit } from "../core/render/views.ts";
import { boardsAfter } from "../core/schedule/boards-after.ts";
import type { EditedBoards } from "../core/schedule/impact.ts";
import { taskKey } from "../core/schedule/task-key.ts";
import { knownTo } from "../core/status/derive.ts";
import { plansAfter } from "../core/status/plans-after.ts";
import { promiseOf } from "../core/status/promise.ts";
import { homesAfter } from "../core/status/promised-plans.ts";
import { type PullReading, readPull } from "../core/status/pull-events.ts";
import { tokensToDerive } from "../core/status/tokens-to-derive.ts";
import type { Configuration, DerivedTask, Planned, Problem, PullContentFact, PullFact, Sha, TasksMaterial } from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import { type Edit, planEdits } from "./plan-edits.ts";
import { idsTakenBack } from "./taken-back.ts";
import type { Target } from "./target.ts";

/** What merging a pull request brings: how it names tasks, its own edits, and what both come to. */
export type PullMerge = {
  readonly reading: PullReading;
  readonly known: Known;
  readonly edits: readonly PlanEdit[];
  readonly configurationEdit: ConfigurationEdit | null;
  readonly configurationProblems: readonly Problem[];
  readonly material: TasksMaterial;
  /** The tasks that would change. */
  readonly promised: readonly DerivedTask[];
  /** The plans and the configuration as they would be; null where it edits none, or where its base is not the branch they are read from. */
  readonly edited: EditedBoards | null;
};

export async function pullMerge(
  target: Target,
  state: RepositoryState,
  { pull, content }: { readonly pull: PullFact; readonly content: PullContentFact | null },
): Promise<PullMerge> {
  const { defaultBranch } = state.address;
  const { path, configuration, problems } = await editedConfiguration(target, state.configuration, content);
  const files = await planEdits(target, state, content);
  const edits = files.flatMap(({ edited }) => edited ?? []);
  const planned = edits.length === 0 && configuration === null ? null : plansAfter(state, { commit: pull.headSha, edits, configuration });
  const lands = pull.base === defaultBranch ? planned : null;
  const inForce = lands?.configuration ?? state.configuration;
  const homes = homesOn(state.boards);
  const known = knownTo(planned === null ? homes : homesAfter(homes, planned), inForce);
  const reading = readPull(pull, content, known, inForce);
  const tokens = [...reading.namings.values()].map((naming) => naming.reference.token);
  const touched = lands === null ? [] : tokensToDerive(state, lands);
  const taken = await idsTakenBack(target, inForce, { pull, content });
  const material = await target.store.materialOf(target.at.repository, [...new Set([...tokens, ...touched, ...taken])]);
  const context = { configurations: state.configurations, configuration: state.configuration, defaultBranch };
  const promised = promiseOf(context, material, { pull, content, planned: lands });
  return {
    reading,
    known,
    edits: tell(files, planned),
    configurationEdit: configuration === null ? null : { path, ...configurationChange(state.configuration, configuration) },
    configurationProblems: problems,
    material,
    promised,
    edited:
      lands === null ? null : { boards: boardsAfter(state, lands, promised), configuration: lands.configuration, moved: movesOf(edits) },
  };
}

function tell(files: readonly Edit[], planned: Planned | null): readonly PlanEdit[] {
  const meanings = new Map(meaningsOf(files.flatMap(({ edited }) => edited ?? [])).map((meaning) => [meaning.path, meaning]));
  const shows = new Map(planned?.plans.map(({ path, of }) => [path, of]));
  return files.map(({ path, edited, problems, old }) => ({
    ...(meanings.get(path) ?? { path, added: [], removed: [], gone: false, moved: [], restated: [], changed: [], hours: 0 }),
    ...{ unreadable: edited === null, shows: shows.get(path) ?? null, problems, old },
  }));
}

const movesOf = (edits: readonly EditedPlan[]): ReadonlyMap<string, string> =>
  new Map(movedBy(edits).map(({ before, after }) => [taskKey(after.scope, after.token), taskKey(before.scope, before.token)]));

/** The configuration as the pull request has it, null where it does not touch it or what it has cannot be read; and what is wrong in it. */
async function editedConfiguration(
  target: Target,
  standing: Configuration,
  content: PullContentFact | null,
): Promise<ConfigurationReading & { readonly path: string }> {
  const files = content?.texts.filter(({ path }) => configurationPaths.includes(path)) ?? [];
  const file = files.find(({ blob }) => blob !== null) ?? files[0];
  if (file === undefined) return { path: "", configuration: null, problems: [] };
  const { path, blob, origin = null } = file;
  const texts = await target.store.texts([blob ?? [], origin ?? []].flat());
  const read = (sha: Sha | null) => readConfiguration(sha === null ? "" : (texts.get(sha) ?? ""), path);
  const { configuration, problems } = read(blob);
  const parted = origin === null ? null : read(origin).configuration;
  const merged = configuration === null || parted === null ? configuration : mergeConfigurations(parted, standing, configuration);
  return { path, configuration: merged, problems };
}
