import { expect, test } from "vitest";
import { at, board, cause, hold, task } from "../../../test/board.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { offences, seen, tablesOf } from "../../../test/markdown.ts";
import { nastyTexts } from "../../../test/nasty.ts";
import { samplePlan, web } from "../../../test/sample-plan.ts";
import { happenedOn } from "../schedule/digest.ts";
import { findingsOn } from "../schedule/findings.ts";
import type { Board, Move, Status } from "../words.ts";
import { statuses } from "../words.ts";
import { digestMarker, renderDigest } from "./digest.ts";
import type { DigestView } from "./digest-view.ts";
import { bytesOf } from "./fitted.ts";
import { hasMarker } from "./marker.ts";

const week = 7 * 24 * 60;

const moved = (shown: Board, id: string, minutes: number, before: Status | null): readonly Move[] =>
  shown.tasks
    .filter((one) => one.id === id)
    .map(({ scope, token, state }) => ({ scope, token, at: at(minutes), before, after: state.status, cause: state.cause }));

const view = (boards: readonly Board[], moves: readonly Move[], change: Partial<DigestView> = {}): DigestView => ({
  web,
  branch: "main",
  timezone: "UTC",
  after: at(0),
  until: at(week),
  plans: boards.map((shown) => ({
    board: shown,
    happened: happenedOn(shown, at(-week), { moves, period: { after: at(0), until: at(week), told: new Set() } }),
    stale: findingsOn(shown, { at: at(10 * week), retired: new Set(), elsewhere: [] }).filter(({ finding }) => finding.code === "stale"),
  })),
  slipping: [],
  ...change,
});

const milestone = (id: string, title: string, due: string | null) => ({ id, title, due, forecast: { kind: "done" } as const });

const keptAs = (name: string, shown: DigestView): string => {
  const text = renderDigest(shown);
  expect(hasMarker(text, digestMarker(shown.until))).toBe(true);
  expect(offences(text, web)).toEqual([]);
  expect(bytesOf(text)).toBeLessThanOrEqual(60_000);
  matchesGolden(`render/digest-${name}.md`, `${text}\n`);
  return text;
};

test("the digest says what happened, what stands in the way, what slips and what comes next", () => {
  const moves = [
    ...moved(samplePlan, "AUTH-001", 200, "in-progress"),
    ...moved(samplePlan, "AUTH-005", 1500, "todo"),
    ...samplePlan.tasks.filter(({ state }) => state.status === "deferred").flatMap(({ id }) => moved(samplePlan, id, 1600, "todo")),
    ...samplePlan.tasks
      .filter(({ state }) => state.status === "blocked")
      .slice(0, 1)
      .flatMap(({ id }) => moved(samplePlan, id, 1700, "in-progress")),
  ];
  const slipping = [
    { milestone: milestone("M1", "Beta", "2026-03-06"), was: "2026-03-05", now: "2026-03-12" },
    { milestone: milestone("M2", "Launch", null), was: "2026-04-01", now: "2026-04-03" },
  ];

  keptAs("typical", view([samplePlan], moves, { slipping }));
});

test("of several plans each row says whose it is", () => {
  const api = board([task("A-1", { status: "completed" }), task("A-2")], { path: "api/plan.md" });
  const web = board([task("A-1", { status: "completed", scope: "web/plan.md" })], { path: "web/plan.md" });
  const text = keptAs("two-plans", view([api, web], [...moved(api, "A-1", 5, "todo"), ...moved(web, "A-1", 6, "todo")]));

  expect(text).toContain("**2 completed**");
});

test("days are those of the team's time zone, the period's too", () => {
  const shown = board([
    task("A-1", { status: "completed" }),
    task("A-2", { status: "blocked", state: { since: at(14 * 60 + 30), holds: [hold("keys", { since: at(14 * 60 + 30) })] } }),
  ]);
  const text = renderDigest(view([shown], moved(shown, "A-1", 13 * 60 + 59, "todo"), { timezone: "Europe/Berlin" }));

  expect(text).toContain("_From 2026-01-05 10:00 UTC+1 to 2026-01-12 10:00 UTC+1.");
  expect(text).toMatch(/`A-1`.*\| 2026-01-05,/);
  expect(text).toMatch(/`A-2`.*\| keys \| 2026-01-06 \|/);
});

test("a digest of hours names its day once", () => {
  const shown = board([task("A-1", { status: "completed" })]);
  const text = renderDigest(view([shown], moved(shown, "A-1", 5, "todo"), { until: at(120) }));

  expect(text).toContain("## What happened on 2026-01-05\n");
  expect(text).toContain("_From 2026-01-05 09:00 UTC to 2026-01-05 11:00 UTC._");
});

test("a task that was released before a late digest came is not called blocked for no reason", () => {
  const shown = board([task("A-1", { status: "in-progress" })]);
  const [move] = moved(shown, "A-1", 5, "todo");
  const moves: readonly Move[] = move === undefined ? [] : [{ ...move, after: "blocked" }];

  expect(seen(renderDigest(view([shown], moves)))).toContain("released since");
});

test("text of people reaches nobody and breaks nothing", () => {
  const shown = board(
    nastyTexts.map((text, i) =>
      task(`N-${i}`, {
        title: text,
        owner: text,
        status: statuses[i % 5] ?? "todo",
        file: text,
        state: {
          since: at(i),
          holds: i % 5 === 3 ? [hold(text, { since: at(i) })] : [],
          cause: cause({ words: text, actor: text, link: `tree/${text.replace(/\p{Cs}/gu, "")}` }),
        },
      }),
    ),
    { path: "docs/plan.csv" },
  );
  const moves = shown.tasks.flatMap(({ id, state }, i) =>
    i % 2 === 0 ? moved(shown, id, 10 + i, state.status === "todo" ? "completed" : "todo") : [],
  );
  const slipping = nastyTexts
    .slice(0, 12)
    .map((text) => ({ milestone: milestone(text, text, text), was: "2026-01-01", now: "2026-01-02" }));
  const other = board([], { path: nastyTexts[5] ?? "" });
  const text = keptAs("nasty", view([shown, other], moves, { slipping }));

  for (const { children } of tablesOf(text))
    for (const row of children) expect(row.children).toHaveLength(children[0]?.children.length ?? 0);
  expect(tablesOf(text)).toHaveLength(7);
});

test("2000 tasks that all moved fit, with the number of what is left out", () => {
  const shown = board(
    Array.from({ length: 2000 }, (_, i) =>
      task(`WORK-${i + 1}`, {
        title: `${["漢字", "@", "👩‍👩‍👧‍👦", "plain "][i % 4]}`.repeat(300),
        owner: "ümläut-teäm ".repeat(30),
        status: statuses[i % 5] ?? "todo",
        hours: 3,
        dependencies: i > 40 ? [`WORK-${i - 39}`] : [],
        state: { holds: i % 5 === 3 ? [hold("waiting ".repeat(80), { since: at(i) })] : [] },
      }),
    ),
  );
  const moves = shown.tasks.flatMap(({ id, state }) => moved(shown, id, 10, state.status === "todo" ? "completed" : "todo"));
  const text = keptAs("2000-tasks", view([shown], moves));

  expect(text).not.toContain("The rest is left out");
  expect(text).toContain("… and 390 more tasks.");
});
