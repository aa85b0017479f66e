import { describe, expect, test } from "vitest";
import { planIn, settingsOf, standingPlans } from "../../../test/standing-plans.ts";
import { plansAfter } from "./plans-after.ts";
import { tokensToDerive } from "./tokens-to-derive.ts";

const header = "id,task,status,dependencies";
const csv = (...rows: readonly string[]): string => `${[header, ...rows].join("\n")}\n`;
const text = csv("A-1,Read,todo,", "A-2,Write,todo,A-1", "A-3,Draw,todo,");

/** The ids whose facts have to be known for an edit of the plan, or of the settings. */
function tokens(edit: { readonly to?: string; readonly settings?: string }, settings = ""): readonly string[] {
  const now = standingPlans({ "a.csv": text }, settings);
  const edits = edit.to === undefined ? [] : [{ path: "a.csv", before: planIn("a.csv", text), after: planIn("a.csv", edit.to) }];
  const configuration = edit.settings === undefined ? null : settingsOf(edit.settings);
  return tokensToDerive(now, plansAfter(now, { commit: "head", edits, configuration })).toSorted();
}

describe("the ids to look at are", () => {
  test("those of rows that differ, are new or are gone, however many others the file has", () => {
    expect(tokens({ to: csv("A-1,Read,todo,", "A-2,Write it,todo,A-1", "A-4,Print,todo,") })).toEqual(["A-2", "A-3", "A-4"]);
  });

  test("what such rows depend on, where that blocks", () => {
    expect(tokens({ to: text.replace("A-3,Draw,todo,", "A-3,Draw,todo,A-1") }, "dependencies: block\n")).toEqual(["A-1", "A-3"]);
  });

  test("none for settings that change no status, and those that a setting holds or frees", () => {
    expect(tokens({ settings: "capacity: {hours_per_day: 4}\n" })).toEqual([]);
    expect(tokens({ settings: "dependencies: block\n" })).toEqual(["A-2"]);
    expect(tokens({ settings: "gates: [{workflow: CI, tasks: [A-003]}]\n" })).toEqual(["A-3", "workflow:ci"]);
    expect(tokens({ settings: "plans: [{path: a.csv, aliases: {B-7: A-1}}]\n" })).toEqual(["A-1", "B-7"]);
  });
});
