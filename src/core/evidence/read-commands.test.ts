import { describe, expect, test } from "vitest";
import type { Command } from "../words.ts";
import { commandNames, commands } from "./commands.ts";
import { readCommands } from "./read-commands.ts";

const read = (text: string) => readCommands(text, null);
const only = (text: string): Command | undefined => read(text)[0];

const kinds: Readonly<Record<(typeof commandNames)[number], Command["kind"]>> = {
  status: "status",
  block: "block",
  unblock: "unblock",
  start: "status",
  done: "status",
  defer: "status",
  reopen: "status",
  link: "link",
  unlink: "link",
  undo: "undo",
  why: "why",
  explain: "explain",
  plan: "sync",
  help: "help",
};

describe("every command reads its own examples and refuses its near misses", () => {
  const examples = commandNames.flatMap((name) => commands[name].examples.map((line) => [line, kinds[name]] as const));
  test.each(examples)("%s is a command", (line, kind) => {
    expect(read(line).map((command) => command.kind)).toContain(kind);
    expect(read(line).every((command) => command.kind === kind)).toBe(true);
  });

  const nearMisses = commandNames.flatMap((name) => commands[name].nearMisses.map((line) => [line] as const));
  test.each(nearMisses)("%s does nothing", (line) => {
    expect(read(line).every((command) => command.kind === "unknown")).toBe(true);
  });
});

test("a task of one of several plans is named by its plan's name", () => {
  expect(only("/status 014-roadmap#T012 done")).toMatchObject({ token: "T12", scope: "014-roadmap", written: "014-roadmap#T012" });
  expect(read("/done specs/login#T1, T2 and alpha#3").map((command) => "scope" in command && command.scope)).toEqual([
    "specs/login",
    false,
    "alpha",
  ]);
  expect(only("/block login#T1 on login#T2 keys")).toMatchObject({ kind: "block", scope: "login", token: "T1", on: "T2", reason: "keys" });
  expect(only("/block login#T1 on chart#T2")).toMatchObject({ kind: "unknown", problem: expect.stringContaining("its own plan") });
  expect(only("/status #T012 done")).toMatchObject({ token: "T12", written: "T012" });
});

test("the plan, a task, and a task's status are asked for and set by one word", () => {
  expect(only("/status")).toEqual({ kind: "status", token: null, written: "", status: null, reason: "" });
  expect(only("/status auth-5")).toEqual({ kind: "status", token: "AUTH-5", written: "auth-5", status: null, reason: "" });
  expect(only("/status AUTH-005 in progress: half way")).toEqual({
    kind: "status",
    token: "AUTH-5",
    written: "AUTH-005",
    status: "in-progress",
    reason: "half way",
  });
});

test.each([
  ["/status AUTH-005 done", "completed"],
  ["/status AUTH-005 as Done.", "completed"],
  ["/status AUTH-005: to do", "todo"],
  ["/status AUTH-005 → blocked", "blocked"],
  ["/STATUS AUTH-005 won’t do", "deferred"],
  ["/status: AUTH-005 not planned", "deferred"],
  ["/status AUTH-005 ✅", "completed"],
  ["/start AUTH-005", "in-progress"],
  ["/done (AUTH-005)", "completed"],
  ["/defer `AUTH-005`", "deferred"],
  ["/reopen **AUTH-005**", "in-progress"],
])("%s sets %s", (line, status) => {
  expect(only(line)).toMatchObject({ kind: "status", token: "AUTH-5", status });
});

test("a reason is kept as it is seen on the page", () => {
  expect(only("/status AUTH-005 blocked — waiting for `keys` of **ops**")).toMatchObject({ reason: "waiting for keys of ops" });
  expect(only("/defer AUTH-005 ~~never~~ next year")).toMatchObject({ reason: "next year" });
});

test("a task may wait for another task, or for anything else", () => {
  expect(only("/block AUTH-005 on AUTH-003")).toEqual({ kind: "block", token: "AUTH-5", written: "AUTH-005", on: "AUTH-3", reason: "" });
  expect(only("/block AUTH-005 on AUTH-003: schema first")).toMatchObject({ on: "AUTH-3", reason: "schema first" });
  expect(only("/block AUTH-005 on third-party keys")).toMatchObject({ on: null, reason: "on third-party keys" });
  expect(only("/block AUTH-005")).toMatchObject({ on: null, reason: "" });
});

test("a task cannot wait for itself", () => {
  expect(only("/block AUTH-005 on auth-5")).toMatchObject({ kind: "unknown", problem: "AUTH-005 cannot wait for itself" });
});

test("one line may name several tasks", () => {
  expect(read("/done AUTH-001, AUTH-002 and AUTH-003").map((command) => "token" in command && command.token)).toEqual([
    "AUTH-1",
    "AUTH-2",
    "AUTH-3",
  ]);
  expect(read("/block AUTH-001, third-party outage")).toMatchObject([{ token: "AUTH-1", reason: "third-party outage" }]);
});

test("tasks that have only a number can be named", () => {
  expect(only("/status 68 done")).toMatchObject({ token: "68", status: "completed" });
  expect(only("/status task #1.2")).toMatchObject({ token: "1.2", written: "1.2", status: null });
});

test.each([
  ["/status AUTH-005 finnished", "did you mean completed?"],
  ["/status AUTH-005 in progres", "did you mean in-progress?"],
  ["/status AUTH-005 purple", "it can be todo, in-progress, completed, blocked or deferred"],
  ["/status done", "“done” is no task id"],
  ["/unblock", "it names no task; write it like /unblock AUTH-005"],
  ["/statsu AUTH-005", "did you mean /status?"],
  ["/unblok AUTH-005", "did you mean /unblock?"],
])("%s is answered: %s", (line, problem) => {
  expect(only(line)).toMatchObject({ kind: "unknown", written: line, problem: expect.stringContaining(problem) });
});

test.each([
  "/lgtm",
  "/retest",
  "/approve",
  "/close AUTH-005",
  "/pony",
  "/usr/bin/env",
  "/reopen",
  "//status",
  "/ status",
  "see /status",
  "/restart AUTH-005",
])("%s is for somebody else", (line) => {
  expect(read(line)).toEqual([]);
});

test.each([
  "> /done AUTH-005",
  "```\n/done AUTH-005\n```",
  "    /done AUTH-005",
  "`/done AUTH-005`",
  "- /done AUTH-005",
  "# /done AUTH-005",
  "~~/done AUTH-005~~",
  "<!-- /done AUTH-005 -->",
  "<!--\n/done AUTH-005\n-->",
  "**/done AUTH-005**",
  "| a |\n| - |\n| /done AUTH-005 |",
  "<!-- plankeeper:reply:7 -->\n\n/done AUTH-005",
])("%j commands nothing", (text) => {
  expect(read(text)).toEqual([]);
});

test("commands stand on lines of their own between other text", () => {
  expect(read("Thanks!\n/start AUTH-001\r\nand also\n\n  /done AUTH-002\n").map((command) => command.kind)).toEqual(["status", "status"]);
});

test("of an edited comment only the new lines count", () => {
  const before = "/done AUTH-001\n\nhello";

  expect(readCommands("/done AUTH-001\n\nhello there", before)).toEqual([]);
  expect(readCommands("/done AUTH-001\n/start AUTH-002", before)).toMatchObject([{ token: "AUTH-2" }]);
  expect(readCommands("/done AUTH-001\n/done AUTH-001", before)).toHaveLength(1);
  expect(readCommands("/done AUTH-001", "```\n/done AUTH-001\n```")).toHaveLength(1);
});

test("at most twenty commands of one comment are carried out", () => {
  expect(read(Array.from({ length: 30 }, (_, index) => `/done A-${index}`).join("\n"))).toHaveLength(20);
});
