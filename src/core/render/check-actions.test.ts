import { expect, test } from "vitest";
import { pull, view } from "../../../test/check-views.ts";
import { checkActions } from "./check-actions.ts";
import { renderCheck } from "./check-run.ts";

test("buttons are no longer than GitHub takes", () => {
  for (const { label, description, identifier } of checkActions(view())) {
    expect(label.length).toBeLessThanOrEqual(20);
    expect(description.length).toBeLessThanOrEqual(40);
    expect(identifier.length).toBeLessThanOrEqual(20);
  }
});

test("a check that is ignored, or that of a merge group, cannot be ignored", () => {
  const labels = (...given: Parameters<typeof view>) => checkActions(view(...given)).map(({ label }) => label);

  expect(labels()).toEqual(["Re-read plan", "Ignore for this PR"]);
  expect(labels({ pulls: [pull({ ignoredBy: "mira" })] })).toEqual(["Re-read plan"]);
  expect(labels({ kind: "merge-group" })).toEqual(["Re-read plan"]);
});

test("a check that is ignored is neutral, says who asked for it and how to undo it, and still tells what merging does", () => {
  const failing = { failOn: ["no-task"], pulls: [pull()] };
  expect(renderCheck(view(failing)).conclusion).toBe("failure");

  const ignored = renderCheck(view({ ...failing, pulls: [pull({ ignoredBy: "mira" })] }));
  expect(ignored.conclusion).toBe("neutral");
  expect(ignored.title).toBe("Ignored by mira · no task of the plan is named");
  expect(ignored.summary).toContain("**Ignored** for this pull request, because mira pressed the button.");
  expect(ignored.essence).not.toBe(renderCheck(view(failing)).essence);
});

test("of two pull requests with one head, the one that is not ignored still fails the check", () => {
  const both = { failOn: ["no-task"], pulls: [pull({ ignoredBy: "mira" }), pull({ number: 13 })] };

  expect(renderCheck(view(both)).conclusion).toBe("failure");
});
