import { type BlockerView, blockerMarker, isBlocked, renderBlockerComment, type SpokenFor } from "../core/render/blocker-comment.ts";
import { blockerAt } from "../core/schedule/blockers.ts";
import { type MilestoneProgress, progressOf } from "../core/schedule/milestones.ts";
import { keyOf } from "../core/schedule/task-key.ts";
import { type BoardTask, type Effect, effectKey, type Instant } from "../core/words.ts";
import type { Post, RepositoryState } from "../ports.ts";
import { bringUpToDate, dueTime, type Target } from "./target.ts";

/**
 * The comment in an issue that speaks for blocked tasks, or all such comments that stand. Answers with the time at which one of them is to be
 * looked at again: each is written once in `summaryEveryMs` at most.
 */
export async function bringBlockerCommentsUpToDate(target: Target, effect: Extract<Effect, { kind: "blocker" }>): Promise<Instant | null> {
  const { store, at } = target;
  const issues = effect.issue === null ? await store.blockerComments(at.repository) : [effect.issue];
  const state = issues.length === 0 ? null : await store.state(at.repository);
  if (state === null || state.configuration.comments.blockers === "off") return null;
  const milestones = progressOf(state.boards, state.configuration);
  const place = { web: target.web, branch: at.defaultBranch, timezone: state.configuration.summary.timezone };
  const later: Instant[] = [];
  for (const issue of issues) {
    const again = await keepOne(target, { ...place, issue, tasks: spokenFor(state, milestones, issue) });
    if (again !== null) later.push(again);
  }
  return later.length === 0 ? null : Math.min(...later);
}

function spokenFor(state: RepositoryState, milestones: readonly MilestoneProgress[], issue: number): readonly SpokenFor[] {
  return state.boards.flatMap((board) =>
    board.tasks
      .filter((task) => task.state.issues.some(({ number }) => number === issue))
      .map((task) => {
        const blocker = task.state.status === "blocked" ? blockerAt(board.tasks, task) : null;
        return { board, task, blocker, milestone: nearest(milestones, [task, ...(blocker?.holdsUp ?? [])]) };
      }),
  );
}

/** The unfinished milestone of any of these tasks that is due first; of those without a date, the first. */
function nearest(milestones: readonly MilestoneProgress[], tasks: readonly BoardTask[]): MilestoneProgress | null {
  const keys = new Set(tasks.map(keyOf));
  const theirs = milestones.filter((milestone) => milestone.percent !== 100 && milestone.tasks.some((task) => keys.has(task)));
  const [first] = theirs.toSorted((a, b) => ((a.due ?? "9999") < (b.due ?? "9999") ? -1 : Number(a.due !== b.due)));
  return first ?? null;
}

async function keepOne(target: Target, view: BlockerView): Promise<Instant | null> {
  const { store, at, github } = target;
  const { issue } = view;
  const key = effectKey({ kind: "blocker", issue });
  const blocked = view.tasks.some(isBlocked);
  const post = await store.post(at.repository, key);
  const find = () => github.find.comment(at, issue, blockerMarker(issue));
  if (blocked ? isClosed(view) : !(await stands(post, target, find))) return null;
  const text = renderBlockerComment(view);
  // That it is released is said once, whatever becomes of the task then.
  const essence = blocked ? text : "released";
  const due = dueTime(target, post, essence);
  if (due === null || due > target.now()) return due;
  await bringUpToDate(target, {
    key,
    essence,
    again: null,
    body: { issue, text, stands: blocked },
    find,
    create: (write) => write.createComment(at, issue, text),
    // One that a person deleted is not made again to say that there is nothing to say.
    update: async (write, remote) => (await write.updateComment(at, remote, text)) || !blocked,
  });
  return null;
}

const isClosed = ({ tasks, issue }: BlockerView): boolean =>
  tasks.every(({ task }) => task.state.issues.every(({ number, open }) => number !== issue || !open));

/** Whether there is a comment that could say that its tasks are released. */
async function stands(post: Post | null, { github }: Target, find: () => Promise<number | null>): Promise<boolean> {
  if (post === null) return false;
  if (post.remote !== null || github.write === null) return true;
  return (await find()) !== null;
}
