import { describe, expect, test } from "vitest";
import type { Backfill, BackfillStage } from "../core/words.ts";
import { type SyncStatus, syncBy } from "./sync.ts";

const since = Date.UTC(2026, 0, 1);
const stage = (kind: BackfillStage["kind"], change: Partial<BackfillStage> = {}): BackfillStage => ({
  kind,
  state: "waiting",
  done: 0,
  left: null,
  error: null,
  notBefore: null,
  ...change,
});
const backfill = (...stages: readonly BackfillStage[]): Backfill => ({ since, requests: [], stages, stopped: false });
const done = (kind: BackfillStage["kind"], number: number) => stage(kind, { state: "done", done: number, left: 0 });

/** Runs the command against one repository, octo/plans. */
async function run(args: readonly string[], status: Partial<SyncStatus> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const asked: string[] = [];
  const named = (name: string) => (name.toLowerCase() === "octo/plans" ? "octo/plans" : null);
  const command = syncBy({
    ask: async (_, name) => {
      asked.push(name);
      return named(name);
    },
    status: async (_, name) => (named(name) === null ? null : { repository: "octo/plans", asked: false, backfill: null, ...status }),
  });
  const io = { out: (text: string) => void out.push(text), err: (text: string) => void err.push(text), cwd: "/", env: {} };
  return { code: await command.run(args, io), out: out.join("\n"), err: err.join("\n"), asked };
}

describe("plankeeper sync", () => {
  test("asks for the history of the repository named, and says how to follow it", async () => {
    expect(await run(["Octo/Plans"])).toEqual({
      code: 0,
      out: "Asked. A running worker reads it; plankeeper sync octo/plans --status",
      err: "",
      asked: ["Octo/Plans"],
    });
    expect((await run(["octo/plans", "--json"])).out).toBe('{"repository":"octo/plans","asked":true}');
  });

  test("of a repository that the app is not in says so", async () => {
    expect(await run(["octo/other"])).toMatchObject({ code: 1, out: "", err: expect.stringContaining('no repository "octo/other"') });
    expect(await run(["octo/other", "--status"])).toMatchObject({ code: 1, asked: [] });
  });

  test.each([[[]], [["plans"]], [["octo/plans", "octo/more"]], [["octo/plans", "--now"]]])("refuses %j", async (args) => {
    expect(await run(args)).toMatchObject({ code: 2, asked: [], err: expect.stringContaining("usage: plankeeper sync") });
  });
});

describe("plankeeper sync --status", () => {
  const status = async (told: Partial<SyncStatus>) => (await run(["octo/plans", "--status"], told)).out;
  const json = async (told: Partial<SyncStatus>) => JSON.parse((await run(["octo/plans", "--status", "--json"], told)).out);

  test("tells of each kind how far it is, what is left, what it waits for and what went wrong", async () => {
    const running = backfill(
      done("plans", 31),
      stage("open", { done: 100, left: 140, notBefore: since, error: "answered 502:\u001b[2J Server\nError" }),
      stage("commits"),
    );

    expect(await status({ backfill: running })).toBe(
      [
        "octo/plans: its history is being read (since 2026-01-01 00:00 UTC)",
        "  done      Versions of plans and configuration: 31",
        "  reading   Open issues and pull requests: 100, about 140 left, not before 2026-01-01 00:00 UTC: the rest of GitHub's quota is kept for daily work",
        "            answered 502: [2J Server Error",
        "  waiting   Commits of the default branch: 0",
      ].join("\n"),
    );
    expect(await json({ backfill: running })).toMatchObject({
      repository: "octo/plans",
      state: "reading",
      since,
      stages: [
        { kind: "plans", stage: "done", done: 31, left: 0, error: null },
        { kind: "open", stage: "reading", done: 100, left: 140, notBefore: since },
        { kind: "commits", stage: "waiting" },
      ],
    });
  });

  test("tells whether it was asked for, was given up, is over or has left something out", async () => {
    const failed = stage("open", { state: "failed", error: "forbidden" });

    expect(await json({})).toMatchObject({ state: "never", stages: [] });
    expect(await json({ asked: true, backfill: backfill(done("plans", 1)) })).toMatchObject({ state: "asked" });
    expect(await json({ backfill: { ...backfill(stage("plans")), stopped: true } })).toMatchObject({
      state: "stopped",
      stages: [{ stage: "stopped" }],
    });
    expect(await json({ backfill: backfill(failed, done("commits", 1)) })).toMatchObject({ state: "incomplete" });
    expect(await json({ backfill: backfill(done("plans", 1)) })).toMatchObject({ state: "done" });
    expect(await status({ backfill: { ...backfill(stage("plans")), stopped: true } })).toContain("sync goes on where it stopped");
  });
});
