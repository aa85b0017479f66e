import { expect, test } from "vitest";
import { settingsOf } from "../../../test/standing-plans.ts";
import { configurationChange, mergeConfigurations } from "./configuration-change.ts";

test("a change of the configuration is told by its keys, and by milestones that are due on another day", () => {
  const before = settingsOf("milestones: {M1: {due: 2026-03-01}, M2: {due: 2026-04-01}}\n");
  const after = settingsOf("milestones: {M1: {due: 2026-03-08}, M2: {due: 2026-04-01}, M3: {title: Later}}\nwrite_back: commit\n");

  expect(configurationChange(before, after)).toEqual({
    keys: ["milestones", "write_back"],
    dues: [{ id: "M1", before: "2026-03-01", after: "2026-03-08" }],
  });
  expect(configurationChange(before, settingsOf("# the same\nmilestones: {M1: {due: 2026-03-01}, M2: {due: 2026-04-01}}\n")).keys).toEqual(
    [],
  );
});

test("keys that were changed on the base meanwhile stay as they are there", () => {
  const fork = settingsOf("capacity: {hours_per_day: 6}\ndependencies: show\n");
  const standing = settingsOf("capacity: {hours_per_day: 6}\ndependencies: block\n");
  const branch = settingsOf("capacity: {hours_per_day: 4}\ndependencies: show\n");
  const merged = mergeConfigurations(fork, standing, branch);

  expect([merged.capacity.hoursPerDay, merged.dependencies]).toEqual([4, "block"]);
});
