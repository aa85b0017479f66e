import fc from "fast-check";
import { expect, test } from "vitest";
import { at, board, cause, configuration, hold, milestone, task } from "../../../test/board.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { offences, seen } from "../../../test/markdown.ts";
import { anyText, nastyTexts } from "../../../test/nasty.ts";
import { samplePlan, web } from "../../../test/sample-plan.ts";
import { membersOf } from "../schedule/membership.ts";
import { measure } from "../schedule/milestones.ts";
import { presentStatus } from "../schedule/readiness.ts";
import { scheduleOf } from "../schedule/schedule.ts";
import { noSpread } from "../schedule/spread.ts";
import { keyOf } from "../schedule/task-key.ts";
import { type Board, statuses } from "../words.ts";
import { bytesOf } from "./fitted.ts";
import { hasMarker } from "./marker.ts";
import { allTasksOf, type MilestoneView, milestoneMarker, renderMilestoneComment } from "./milestone-comment.ts";

const unhurried = { ratios: [0.8, 0.9, 1, 1, 1.1, 1.2, 1.5, 2, 3] };

/** The milestone of this id on some plans. */
function view(
  boards: readonly Board[],
  id: string,
  change: Partial<MilestoneView> & { readonly ratios?: readonly number[] } = {},
): MilestoneView {
  const { ratios, ...more } = change;
  const spread = ratios === undefined ? noSpread : { ratios };
  const schedule = scheduleOf({ boards, configuration: configuration(), spread, now: at(0), revision: "r1" });
  const index = schedule.milestones.findIndex((one) => one.id === id);
  const one = membersOf(boards, configuration())[index];
  if (one === undefined) throw new Error(`no plan has the milestone ${id}`);
  return {
    ...{ web, branch: "main", timezone: "UTC", name: id.toLowerCase(), milestone: measure(one, presentStatus), members: one.members },
    ...{ all: allTasksOf(boards.flatMap(({ tasks }) => tasks)), forecast: schedule.milestones[index]?.forecast ?? { kind: "empty" } },
    pulls: new Map([[keyOf(task("AUTH-005", { scope: "docs/plan.csv" })), [7, 14]]]),
    ...more,
  };
}

function keptAs(name: string, shown: MilestoneView): string {
  const text = renderMilestoneComment(shown);
  expect(hasMarker(text, milestoneMarker(shown.name))).toBe(true);
  expect(offences(text, web)).toEqual([]);
  matchesGolden(`render/milestone-${name}.md`, `${text}\n`);
  return text;
}

test("an issue is told how far its milestone is, when it is likely to be reached, what is under way and what comes then", () => {
  const late = board(samplePlan.tasks, { path: samplePlan.path, milestones: [milestone("M1", "Login works", "2026-01-05")] });
  expect(keptAs("late", view([late], "M1", { ratios: unhurried.ratios }))).toContain("**at risk**: 1 working day late");
  const text = keptAs("in-time", view([samplePlan], "M2", { ratios: unhurried.ratios }));
  expect(text).toContain("in time");
  expect(text).not.toContain("### In progress");
});

test("with too little history it says so, and by which date it cannot be reached", () => {
  expect(keptAs("little-history", view([samplePlan], "M3"))).toContain("Too little history for a range of dates");
});

test("a task that is blocked elsewhere and keeps the milestone waiting stands among its blockers", () => {
  const held = task("OPS-1", { title: "Get the keys", milestone: "M8", status: "blocked", state: { holds: [hold("waiting for keys")] } });
  const other = task("OPS-2", { title: "Somewhere else", milestone: "M8", status: "blocked", state: { holds: [hold("waiting for it")] } });
  const plan = board(
    [
      held,
      other,
      task("REL-1", { title: "Deploy", milestone: "M9", owner: "devops", hours: 3, dependencies: ["OPS-1"] }),
      task("REL-2", { title: "Announce", milestone: "M9", hours: 1, dependencies: ["REL-1"] }),
    ],
    { milestones: [milestone("M9", "Launch", "2026-04-15")] },
  );
  const text = keptAs("blocked-elsewhere", view([plan], "M9"));
  expect(text).toContain("`OPS-1`");
  expect(text).not.toContain("`OPS-2`");
});

test("what plans share is told with the tasks of all of them, each linked to its own file", () => {
  const scoped = (path: string, id: string) => board([task(id, { milestone: "M1", scope: path, file: path })], { path });
  const text = renderMilestoneComment(view([scoped("one.csv", "A-1"), scoped("two.csv", "B-1")], "M1"));
  expect(text).toContain("blob/main/one.csv");
  expect(text).toContain("blob/main/two.csv");
});

test("a milestone of which all is done says that it is reached, and nothing that would change", () => {
  const done = task("A-1", { status: "completed", milestone: "M1", state: { since: at(90), cause: cause({ link: "pull/5" }) } });
  const later = task("A-2", { status: "deferred", milestone: "M1" });
  const text = keptAs("reached", view([board([done, later], { milestones: [milestone("M1", "Login works", "2026-01-31")] })], "M1"));
  expect(text).toContain("**Reached.** Its task is completed");
});

test("of many tasks some are shown, and the number of the rest", () => {
  const tasks = Array.from({ length: 2000 }, (_, i) =>
    task(`A-${i + 1}`, { milestone: "M", title: "漢".repeat(5000), status: statuses[i % 4] ?? "todo", hours: 2, owner: `${i % 30}` }),
  );
  const text = renderMilestoneComment(view([board(tasks)], "M"));
  expect(text).toMatch(/… and \d+ more tasks\./);
  expect(bytesOf(text)).toBeLessThan(60_000);
});

test("nasty texts are shown as written", () => {
  const [title = ""] = nastyTexts;
  const tasks = nastyTexts
    .slice(0, 12)
    .flatMap((text, i) => [
      task(`N-${i + 1}`, { title: text, owner: text, status: "blocked", milestone: "M", state: { holds: [hold(text)] } }),
      task(`D-${i + 1}`, { title: text, owner: text, hours: 2, milestone: "M", dependencies: [`N-${i + 1}`] }),
    ]);
  const text = keptAs("nasty", view([board(tasks, { milestones: [milestone("M", title, "2026-03-01")] })], "M"));
  expect(seen(text)).toContain("2026-03-01");
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
          milestone: "M",
          ...(i === 0 ? {} : { dependencies: ["A-0"] }),
          state: { holds: row.status === "blocked" ? [hold(reason)] : [], cause: cause({ link: `tree/${text}` }) },
        }),
      );
      const shown = view([board(tasks, { path: text || "plan.csv", milestones: [milestone("M", text, text)] })], "M", {
        ...{ branch: text || "main", name: text },
      });
      expect(offences(renderMilestoneComment(shown), web)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});
