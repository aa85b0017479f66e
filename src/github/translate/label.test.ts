import { expect, test } from "vitest";
import { examplePayload } from "../../../test/webhook-examples.ts";
import { labelFacts } from "./label.ts";
import { readingMeaning } from "./readings.ts";

const facts = (payload: unknown) => labelFacts(payload).map(({ fact }) => fact);

test("a label that is renamed or deleted is told with the name that issues carried, and that nobody knows yet when", () => {
  const renamed = examplePayload("label", "edited", { "label.name": "on hold", changes: { name: { from: "blocked" } } });
  expect(facts(renamed)).toMatchObject([{ kind: "label", thing: "labels", was: "blocked", name: "on hold", read: false }]);
  expect(facts(examplePayload("label", "deleted", { "label.name": "blocked" }))).toMatchObject([
    { was: "blocked", name: null, read: false },
  ]);
});

test("another colour, or another description, says nothing", () => {
  expect(facts(examplePayload("label", "edited"))).toEqual([]);
});

test("a reading tells when it was so, and nothing where the label is still there", () => {
  const body = { repository: 7, label: 5, was: "blocked", name: null, actor: "mira", changed: true, readAt: 99 };
  expect(readingMeaning("reading.label", body)).toMatchObject({
    told: [{ repository: 7, fact: { kind: "label", at: 99, label: 5, was: "blocked", name: null, actor: "mira", read: true } }],
  });
  expect(readingMeaning("reading.label", { ...body, changed: false })).toMatchObject({ told: [] });
});
