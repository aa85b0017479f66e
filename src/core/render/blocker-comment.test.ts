import fc from "fast-check";
import { expect, test } from "vitest";
import { at, board, cause, configuration, hold, milestone, task } from "../../../test/board.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { offences } from "../../../test/markdown.ts";
import { anyText, nastyTexts } from "../../../test/nasty.ts";
import { web } from "../../../test/sample-plan.ts";
import { blockerAt } from "../schedule/blockers.ts";
import { progressOf } from "../schedule/milestones.ts";
import { type Board, statuses } from "../words.ts";
import { type BlockerView, blockerMarker, renderBlockerComment } from "./blocker-comment.ts";
import { bytesOf } from "./fitted.ts";
import { hasMarker } from "./marker.ts";

/** Issue 12 speaks for these tasks of a plan. */
function view(shown: Board, ids: readonly string[], branch = "main"): BlockerView {
  const [first] = progressOf([shown], configuration());
  const tasks = shown.tasks
    .filter(({ id }) => ids.includes(id))
    .map((one) => ({ board: shown, task: one, blocker: blockerAt(shown.tasks, one), milestone: first ?? null }));
  return { web, branch, timezone: "UTC", issue: 12, tasks };
}

function keptAs(name: string, shown: BlockerView): string {
  const text = renderBlockerComment(shown);
  expect(hasMarker(text, blockerMarker(12))).toBe(true);
  expect(offences(text, web)).toEqual([]);
  matchesGolden(`render/blocker-${name}.md`, `${text}\n`);
  return text;
}

const label = hold('label "blocked" on #12', {
  key: "issue:12",
  since: at(90),
  cause: cause({ rule: "label", link: "issues/12", words: "blocked" }),
});
const keys = hold("waiting for keys", { key: "command" });

const deploy = (holds = [label, keys]) =>
  board(
    [
      task("DEVOPS-035", { title: "Prod deploy", status: holds.length > 0 ? "blocked" : "in-progress", milestone: "M2", state: { holds } }),
      task("FE-004", { title: "Login page", owner: "frontend", hours: 5, dependencies: ["DEVOPS-35"] }),
      task("OBS-036", { title: "Dashboards", owner: "devops", hours: 3, dependencies: ["FE-4"] }),
    ],
    { milestones: [milestone("M2", "In production", "2026-04-03")] },
  );

test("an issue is told what its blocked task holds up, whom and which milestone, why, and what would release it", () => {
  const text = keptAs("typical", view(deploy(), ["DEVOPS-035"]));
  expect(text).toContain("the label is taken off");
  expect(text).toContain("(`/unblock DEVOPS-035`)");
});

test("a released task is said to be released, and how it stands", () => {
  const text = keptAs("released", view(deploy([]), ["DEVOPS-035", "FE-004"]));
  expect(text).not.toContain("–");
});

test("an issue that speaks for nothing any more says that nothing is blocked", () => {
  expect(renderBlockerComment(view(deploy(), []))).toContain("Nothing that this issue speaks for is blocked any more.");
});

test("a task that its plan alone calls blocked is told so, and that it holds up nothing", () => {
  const text = keptAs("by-plan", view(board([task("A-1", { status: "blocked" })]), ["A-1"]));
  expect(text).toContain("its row in the plan says so");
  expect(text).toContain("Holds up no other task");
});

test("of many blocked tasks in one issue a few are shown, and the number of the rest", () => {
  const tasks = Array.from({ length: 40 }, (_, i) => task(`A-${i + 1}`, { status: "blocked", title: "漢".repeat(5000) }));
  const text = renderBlockerComment(
    view(
      board(tasks),
      tasks.map(({ id }) => id),
    ),
  );
  expect(text).toContain("… and 35 more blocked tasks.");
  expect(bytesOf(text)).toBeLessThan(60_000);
});

test("nasty texts are shown as written", () => {
  const tasks = nastyTexts
    .slice(0, 12)
    .flatMap((title, i) => [
      task(`N-${i + 1}`, { title, owner: title, status: "blocked", milestone: "M", state: { holds: [hold(title), hold(title)] } }),
      task(`D-${i + 1}`, { title, owner: title, hours: 2, dependencies: [`N-${i + 1}`] }),
    ]);
  const [title = ""] = nastyTexts;
  keptAs(
    "nasty",
    view(
      board(tasks, { milestones: [milestone("M", title, title)] }),
      tasks.map(({ id }) => id),
    ),
  );
});

test("whatever texts people write, the comment mentions nobody and closes nothing", () => {
  const anyTask = fc.record({
    id: anyText,
    title: anyText,
    owner: fc.option(anyText),
    status: fc.constantFrom(...statuses),
    reason: anyText,
  });
  fc.assert(
    fc.property(fc.array(anyTask, { minLength: 1, maxLength: 4 }), anyText, (rows, text) => {
      const tasks = rows.map(({ reason, ...row }, i) =>
        task(`A-${i}`, {
          ...row,
          milestone: text,
          ...(i === 0 ? {} : { dependencies: ["A-0"] }),
          state: {
            holds: row.status === "blocked" ? [hold(reason), hold(reason, { key: `on:${reason}` })] : [],
            cause: cause({ link: `tree/${text}` }),
          },
        }),
      );
      const shown = board(tasks, { path: text || "plan.csv", milestones: [milestone(text, text, text)] });
      const ids = tasks.map(({ id }) => id);
      expect(offences(renderBlockerComment(view(shown, ids, text || "main")), web)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
