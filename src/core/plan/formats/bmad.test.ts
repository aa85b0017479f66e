import { expect, test } from "vitest";
import { yamlSamples } from "../../../../test/yaml-samples.ts";
import type { Change, NewValues } from "../change.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";

const path = "docs/sprint-status.yaml";
const sample = yamlSamples["sprint-status.yaml"] ?? "";
const set = (token: string, to: NewValues): Change => ({ kind: "set", scope: path, token, to });

function edited(text: string, ...changes: readonly Change[]): { readonly text: string; readonly told: readonly string[] } {
  const { text: after, problems } = editPlan({ path, text }, changes);
  return { text: after, told: problems.map(({ line, message }) => `${line} ${message}`) };
}

test("a sprint status is known by its content, whatever its name", () => {
  expect(readPlan({ path: "a/b.yml", text: sample }).plan?.format).toBe("bmad");
  expect(readPlan({ path: "notes.md", text: sample }).plan?.format).not.toBe("bmad");
});

test("statuses are written in BMAD's words, and stations on the way are not where work begins", () => {
  const { text, told } = edited(
    sample,
    set("1-2-LOG-IN-AND-OUT", { status: "completed" }),
    set("2-1-CALENDAR-OF-BERTHS", { status: "in-progress" }),
    set("2-2-BOOK-A-BERTH", { status: "blocked" }),
    set("1-1-SIGN-UP-BY-INVITATION", { status: "todo" }),
    set("EPIC-1-RETROSPECTIVE", { status: "completed" }),
    set("EPIC-2-5-RETROSPECTIVE", { status: "deferred" }),
  );

  expect(told).toEqual([]);
  expect(text).toBe(
    sample
      .replace("log-in-and-out: review", "log-in-and-out: done")
      .replace("berths: ready-for-dev", "berths: in-progress")
      .replace("'drafted'", "'blocked'")
      .replace("invitation: done", "invitation: backlog")
      .replace("epic-1-retrospective: optional", "epic-1-retrospective: completed")
      .replace("epic-2-5-retrospective: completed", "epic-2-5-retrospective: optional"),
  );
});

test("an epic that is only contexted has the status of its stories, until it is given one", () => {
  const done = sample.replace("out: review", "out: done").replace("staff: in-progress", "staff: done");
  const statusOf = (text: string): string | undefined => readPlan({ path, text }).plan?.tasks.find(({ id }) => id === "epic-1")?.status;

  expect([sample, done].map(statusOf)).toEqual(["in-progress", "completed"]);
  expect(edited(sample, set("EPIC-1", { status: "completed" })).text).toBe(sample.replace("epic-1: contexted", "epic-1: done"));
});

test("an owner, a date and notes have no place there, and it is told", () => {
  const { text, told } = edited(sample, set("EPIC-2", { status: "completed", completed: "2026-01-01", owner: "ann" }));

  expect(text).toBe(sample.replace("epic-02: in-progress", "epic-02: done"));
  expect(told).toEqual([
    "20 completed of “EPIC-2” is not written: a sprint status has no place for it",
    "20 owner of “EPIC-2” is not written: a sprint status has no place for it",
  ]);
});

test("a story comes below another as a key, and goes with its line", () => {
  const story: Change = {
    kind: "add",
    scope: path,
    task: { id: "1-4-reset-by-mail", title: "Reset by mail" },
    after: "1-2-LOG-IN-AND-OUT",
  };

  expect(edited(sample, story)).toEqual({
    text: sample.replace("log-in-and-out: review\n", "log-in-and-out: review\n  1-4-reset-by-mail: backlog\n"),
    told: [],
  });
  expect(edited(sample, { kind: "remove", scope: path, token: "1-1-SIGN-UP-BY-INVITATION" })).toEqual({
    text: sample.replace(/.*1-1-sign.*\n/, ""),
    told: [],
  });
});

test("what the keys of others hang on does not go", () => {
  const removing = (token: string): readonly string[] => edited(sample, { kind: "remove", scope: path, token }).told;

  expect(removing("EPIC-1")).toEqual(["12 remove of “EPIC-1” is not written: other tasks are parts of it"]);
  expect(removing("2-1-CALENDAR-OF-BERTHS")).toEqual(["21 remove of “2-1-CALENDAR-OF-BERTHS” is not written: its id stands twice"]);
});

test("statuses in maps of their own are read and written there", () => {
  const text = "development_status:\n  epic-1:\n    status: in-progress\n    title: x\n  1-1-a: {status: review, points: 3}\n";

  expect(readPlan({ path, text }).plan?.tasks.map(({ status }) => status)).toEqual(["in-progress", "in-progress"]);
  expect(edited(text, set("1-1-A", { status: "completed" }), set("EPIC-1", { status: "completed" })).text).toBe(
    text.replace("review", "done").replace("in-progress", "done"),
  );
});

test("a key as long as a story's title is an id", () => {
  const key = `3-1-${"very-".repeat(30)}long`;

  expect(readPlan({ path, text: `development_status:\n  ${key}: done\n` }).plan?.tasks[0]?.id).toBe(key);
});
