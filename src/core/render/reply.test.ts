import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at, board, cause, configuration, hold, task } from "../../../test/board.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { offences } from "../../../test/markdown.ts";
import { anyText, nastyTexts } from "../../../test/nasty.ts";
import { samplePlan, sampleTask, web } from "../../../test/sample-plan.ts";
import { explainReading } from "../evidence/explain-reading.ts";
import { knownFrom } from "../evidence/known.ts";
import { progressOf } from "../schedule/milestones.ts";
import { whyOf } from "../status/why.ts";
import type { BackfillStage, History } from "../words.ts";
import { hasMarker } from "./marker.ts";
import { renderReply, replyMarker } from "./reply.ts";
import type { Answer, Refusal, ReplyView } from "./views.ts";

const view = (...answers: readonly Answer[]): ReplyView => ({ comment: 901, web, branch: "main", answers });

const keptAs = (name: string, shown: ReplyView): ReturnType<typeof renderReply> => {
  const reply = renderReply(shown);
  const text = reply.text ?? "";
  expect(hasMarker(text, replyMarker(901))).toBe(true);
  expect(offences(text, web)).toEqual([]);
  matchesGolden(`render/reply-${name}.md`, `reaction: ${reply.reaction}\n\n${text}\n`);
  return reply;
};

const refused = (written: string, refusal: Refusal): Answer => ({ kind: "refused", written, refusal });
const milestones = progressOf([samplePlan], configuration());
const history: History = [
  { at: at(0), before: null, after: "todo", cause: cause() },
  {
    at: at(1500),
    before: "todo",
    after: "in-progress",
    cause: cause({ rule: "branch-pushed", actor: "jo", link: "tree/devops-035-deploy", words: "devops-035-deploy" }),
  },
  { at: at(2900), before: "in-progress", after: "blocked", cause: hold("waiting for prod keys").cause },
];

const known = knownFrom({ ids: samplePlan.tasks.map(({ id }) => id) });
const explained = (text: string): Answer => ({
  kind: "explained",
  text,
  explanation: explainReading(text, "comment", known, null),
  ids: known.ids,
});

describe("a reply", () => {
  test("to /why tells every change in order, what holds the task, and what would change it", () => {
    const waiting = sampleTask("DEVOPS-035");
    keptAs("why", view({ kind: "why", board: samplePlan, task: waiting, why: whyOf(waiting.id, waiting.state, history) }));
    const merged = sampleTask("AUTH-005");
    keptAs("why-partly-merged", view({ kind: "why", board: samplePlan, task: merged, why: whyOf(merged.id, merged.state, []) }));
    const finished = sampleTask("AUTH-002");
    keptAs("why-finished", view({ kind: "why", board: samplePlan, task: finished, why: whyOf(finished.id, finished.state, []) }));
  });

  test("to /why of a task that changed often tells the newest changes and how many came before", () => {
    const often = Array.from({ length: 90 }, (_, i) => ({ at: at(i), before: null, after: "todo" as const, cause: cause() }));
    const one = sampleTask("AUTH-002");
    const { text } = renderReply(view({ kind: "why", board: samplePlan, task: one, why: whyOf(one.id, one.state, often) }));

    expect(text).toContain("after 60 earlier changes:\n\n61. ");
  });

  test("to /undo with a task tells first what was built on it, then where the task stands again", () => {
    const resting = [sampleTask("AUTH-005"), sampleTask("ORG-007")];
    expect(keptAs("undone", view({ kind: "undone", board: samplePlan, task: sampleTask("DEVOPS-035"), resting })).reaction).toBe("rocket");
  });

  test("to /plan sync tells how far the history is read, what it waits for, and what went wrong", () => {
    const since = at(-100 * 24 * 60);
    const stage = (kind: BackfillStage["kind"], change: Partial<BackfillStage> = {}): BackfillStage => ({
      kind,
      state: "waiting",
      done: 0,
      left: null,
      error: null,
      notBefore: null,
      ...change,
    });
    const done = (kind: BackfillStage["kind"], number: number) => stage(kind, { state: "done", done: number, left: 0 });
    const sync = (...stages: readonly BackfillStage[]): Answer => ({
      kind: "sync",
      backfill: { since, requests: [], stages, stopped: false },
    });

    expect(keptAs("sync-asked", view({ kind: "sync", backfill: null })).reaction).toBe("rocket");
    const running = [done("plans", 31), stage("open", { done: 100, left: 140, notBefore: at(30) }), stage("commits"), stage("statuses")];
    keptAs("sync-running", view(sync(...running)));
    const failed = stage("open", { state: "failed", error: "GET /repos/{owner}/{repo}/issues answered 403: `@dev` <b>no</b>" });
    keptAs("sync-left-out", view(sync(done("plans", 31), failed, done("commits", 2100), done("statuses", 0))));
    const stuck = stage("open", { done: 100, left: 140, error: "GET /repos/{owner}/{repo}/issues answered 502: Server Error" });
    const stopped = { since, requests: [], stages: [done("plans", 31), stuck, stage("commits"), stage("statuses")], stopped: true };
    keptAs("sync-stopped", view({ kind: "sync", backfill: stopped }));
    keptAs("sync-done", view(sync(done("plans", 31), done("open", 240), done("commits", 2100), done("statuses", 0))));
  });

  test("to /explain shows what is read, what is doubted and what is passed over", () => {
    keptAs("explain", view(explained("fixes AUTH-002, part of AUTH-0001, see DEVOPS-099, UTF-8 and docs/AUTH-002")));
    expect(renderReply(view(explained("nothing here"))).text).toContain("Nothing in it names a task.");
  });

  test("to a command that was carried out is a reaction and no text", () => {
    expect(renderReply(view({ kind: "accepted" }, { kind: "accepted" }))).toEqual({ text: null, reaction: "rocket" });
  });

  test("to /status shows every plan in short", () => {
    const other = board([task("T1", { title: "Write the guide" })], { path: "specs/guide/tasks.md", unreadable: "line 3 is not UTF-8" });
    const plans = [
      { board: samplePlan, milestones },
      { board: other, milestones: [] },
    ];
    const reply = keptAs("status-plans", view({ kind: "plans", plans }));

    expect(reply.reaction).toBe("+1");
  });

  test("to /status says how many plans it does not show", () => {
    const plans = Array.from({ length: 25 }, (_, i) => ({ board: board([task("T1")], { path: `specs/${i}/tasks.md` }), milestones: [] }));

    expect(renderReply(view({ kind: "plans", plans })).text).toContain("… and 15 more plans.");
  });

  test("to /status where there is no plan says so", () => {
    keptAs("status-no-plan", view({ kind: "plans", plans: [] }));
  });

  test("to /status with an id says since when, why, what it waits for and what it holds up", () => {
    keptAs("status-task", view({ kind: "task", board: samplePlan, task: sampleTask("DEVOPS-035"), history, findings: [] }));
    keptAs("status-waiting", view({ kind: "task", board: samplePlan, task: sampleTask("ORG-007"), history: [], findings: [] }));
  });

  test("to /status of a finished task names what it unblocked", () => {
    keptAs("status-finished", view({ kind: "task", board: samplePlan, task: sampleTask("AUTH-002"), history: [], findings: [] }));
  });

  test("to /status of a finished task leaves out what waits for something else too", () => {
    const plan = board([
      task("A-1", { status: "completed" }),
      task("A-2"),
      task("A-3", { dependencies: ["A-1", "A-2"] }),
      task("A-4", { dependencies: ["A-1"], status: "completed" }),
    ]);
    const texts = plan.tasks.map((one) => renderReply(view({ kind: "task", board: plan, task: one, history: [], findings: [] })).text);

    expect(texts.join()).not.toContain("Unblocked");
  });

  test("shows the latest of a long history and how much came before", () => {
    const long = Array.from({ length: 40 }, (_, i) => ({
      at: at(i),
      before: "todo" as const,
      after: "in-progress" as const,
      cause: cause(),
    }));
    const { text } = renderReply(view({ kind: "task", board: samplePlan, task: sampleTask("ORG-007"), history: long, findings: [] }));

    expect(text).toContain("… and 30 earlier.");
    expect(text?.indexOf("09:39")).toBeLessThan(text?.indexOf("09:38") ?? 0);
  });

  test("to /help lists the commands it was given", () => {
    const commands = [
      { usage: "/status [task] [status] [reason]", does: "Shows the plan or one task; with a status, sets it.", least: "triage" as const },
      { usage: "/unblock <task>", does: "Ends what `/block` began.", least: "triage" as const },
      { usage: "/help", does: "Shows these commands.", least: null },
    ];
    keptAs("help", view({ kind: "help", commands }));
  });

  test.each<readonly [string, Answer]>([
    ["role", refused("/status DEVOPS-035 blocked waiting for prod keys", { kind: "role", least: "triage" })],
    ["role-unknown", refused("/status DEVOPS-035 completed", { kind: "role-unknown", least: "triage" })],
    ["unknown-task", refused("/status DEVOPS-53", { kind: "unknown-task", id: "DEVOPS-53", nearest: ["DEVOPS-035"] })],
    [
      "ambiguous-task",
      refused("/status T012 done", {
        kind: "ambiguous-task",
        id: "T012",
        plans: ["specs/one/tasks.md", "specs/two/tasks.md"],
        names: ["one#T012", "two#T012"],
      }),
    ],
    ["unknown-status", refused("/status AUTH-005 bussy", { kind: "unknown-status", status: "bussy" })],
    ["unknown-command", refused("/statsu AUTH-005", { kind: "unknown-command", nearest: "/status" })],
    [
      "not-understood",
      refused("/block", { kind: "not-understood", problem: "it names no task; write it like /block AUTH-005 waiting for keys" }),
    ],
    ["no-plan", refused("/status AUTH-005", { kind: "no-plan" })],
  ])("that declines a command says why: %s", (name, answer) => {
    expect(keptAs(`refused-${name}`, view(answer)).reaction).toBe("confused");
  });

  test("answers several commands of one comment at once and says that the rest was done", () => {
    const shown = view(
      { kind: "accepted" },
      refused("/status AUTH-50", { kind: "unknown-task", id: "AUTH-50", nearest: [] }),
      { kind: "task", board: samplePlan, task: sampleTask("AUTH-005"), history: [], findings: sampleTask("AUTH-005").state.findings },
      { kind: "accepted" },
    );

    expect(keptAs("several", shown).reaction).toBe("confused");
  });

  test("shows nasty commands and ids as they were typed", () => {
    const answers = nastyTexts.slice(0, 10).map((text) => refused(text, { kind: "unknown-task", id: text, nearest: [text] }));

    keptAs("nasty", view(...answers));
  });

  test("whatever people type, mentions nobody", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyText, anyText, (written, text) => {
        const odd = task("A-1", {
          title: text,
          owner: text,
          state: { holds: [hold(text)], findings: [{ code: "hold-on-finished", token: "A-1", message: text }] },
        });
        const shown = board([odd], { path: text || "plan.csv", unreadable: text });
        const past: History = [
          { at: at(0), before: null, after: "todo", cause: cause({ rule: text, actor: text, words: text, link: `pull/${text}` }) },
        ];
        const answers: readonly Answer[] = [
          refused(written, { kind: "unknown-task", id: text, nearest: [text] }),
          refused(written, { kind: "ambiguous-task", id: text, plans: [text], names: [text] }),
          refused(written, { kind: "unknown-status", status: text }),
          refused(written, { kind: "not-understood", problem: text }),
          { kind: "task", board: shown, task: odd, history: past, findings: odd.state.findings },
          { kind: "undone", board: shown, task: odd, resting: [odd] },
          { kind: "why", board: shown, task: odd, why: whyOf(text, odd.state, past) },
          explained(`fixes AUTH-002 ${text} \`AUTH-002\` ${written} AUTH-099`),
          { kind: "plans", plans: [{ board: shown, milestones: progressOf([shown], configuration()) }] },
          {
            kind: "sync",
            backfill: {
              since: at(0),
              requests: [],
              stages: [{ kind: "open", state: "waiting", done: 0, left: 1, error: text, notBefore: null }],
              stopped: true,
            },
          },
        ];
        expect(offences(renderReply(view(...answers)).text ?? "", web)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});
