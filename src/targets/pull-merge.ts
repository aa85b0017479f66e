import { homesOn } from "../core/evidence/homes.ts";
import type { Known } from "../core/evidence/known.ts";
import { configurationPaths, readConfiguration } from "../core/plan/configuration.ts";
import { boardsAfter } from "../core/schedule/boards-after.ts";
import { knownTo } from "../core/status/derive.ts";
import { plansAfter } from "../core/status/plans-after.ts";
import { promiseOf } from "../core/status/promise.ts";
import { homesAfter } from "../core/status/promised-plans.ts";
import { type PullReading, readPull } from "../core/status/pull-events.ts";
import type {
  Board,
  Configuration,
  DerivedTask,
  Planned,
  Problem,
  PullContentFact,
  PullFact,
  TasksMaterial,
  Token,
} from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import { type Edit, planEdits } from "./plan-edits.ts";
import type { Target } from "./target.ts";

/** What merging a pull request brings: how it names tasks, its own edits, and what both come to. */
export type PullMerge = {
  readonly reading: PullReading;
  readonly known: Known;
  readonly edits: readonly Edit[];
  readonly configurationProblems: readonly Problem[];
  readonly material: TasksMaterial;
  /** The tasks that would change. */
  readonly promised: readonly DerivedTask[];
  /** The plans and the configuration as they would be; null where it edits none, or where its base is not the branch they are read from. */
  readonly edited: { readonly boards: readonly Board[]; readonly configuration: Configuration } | null;
};

export async function pullMerge(
  target: Target,
  state: RepositoryState,
  { pull, content }: { readonly pull: PullFact; readonly content: PullContentFact | null },
): Promise<PullMerge> {
  const { defaultBranch } = state.address;
  const { configuration, problems } = await editedConfiguration(target, content);
  const edits = await planEdits(target, state, content);
  const planned = plannedBy(state, { pull, edits, configuration });
  const lands = pull.base === defaultBranch ? planned : null;
  const inForce = lands?.configuration ?? state.configuration;
  const homes = homesOn(state.boards);
  const known = knownTo(planned === null ? homes : homesAfter(homes, planned), inForce);
  const reading = readPull(pull, content, known, inForce);
  const tokens = [...reading.namings.values()].map((naming) => naming.reference.token);
  const touched = lands === null ? [] : touchedBy(state, lands);
  const material = await target.store.materialOf(target.at.repository, [...new Set([...tokens, ...touched])]);
  const context = { configurations: state.configurations, configuration: state.configuration, defaultBranch };
  const promised = promiseOf(context, material, { pull, planned: lands });
  const edited = lands === null ? null : { boards: boardsAfter(state, lands, promised), configuration: lands.configuration };
  return { reading, known, edits, configurationProblems: problems, material, promised, edited };
}

/** What becomes of the plans; null where nothing that can be read is edited. */
function plannedBy(
  state: RepositoryState,
  by: { readonly pull: PullFact; readonly edits: readonly Edit[]; readonly configuration: Configuration | null },
): Planned | null {
  const edits = by.edits.flatMap(({ edited }) => edited ?? []);
  if (edits.length === 0 && by.configuration === null) return null;
  return plansAfter(state, { commit: by.pull.headSha, edits, configuration: by.configuration });
}

/** Ids of the tasks whose status edits may change. */
function touchedBy(state: RepositoryState, planned: Planned): readonly Token[] {
  return planned.touched === "all" ? state.boards.flatMap(({ tasks }) => tasks.map(({ token }) => token)) : [...planned.touched];
}

/** The configuration as the pull request has it, null where it does not touch it or what it has cannot be read; and what is wrong in it. */
async function editedConfiguration(
  target: Target,
  content: PullContentFact | null,
): Promise<{ readonly configuration: Configuration | null; readonly problems: readonly Problem[] }> {
  const files = content?.texts.filter(({ path }) => configurationPaths.includes(path)) ?? [];
  const file = files.find(({ blob }) => blob !== null) ?? files[0];
  if (file === undefined) return { configuration: null, problems: [] };
  const text = file.blob === null ? "" : ((await target.store.texts([file.blob])).get(file.blob) ?? "");
  return readConfiguration(text, file.path);
}
