import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { translatedEvents } from "../../src/github/translate/register.ts";
import { readManifest } from "../../src/web/manifest.ts";

const manifest = readManifest(readFileSync("app.yml", "utf8"));

/** GitHub sends these to every app, and knows no subscription to them. */
const always = ["installation", "installation_repositories"];

test("app.yml subscribes to every event that is read, and to no other", () => {
  const read = [...translatedEvents].filter((event) => !always.includes(event)).sort();
  expect(manifest.default_events.toSorted()).toEqual(read);
});

test("app.yml asks for no permission beyond what is read and written", () => {
  expect(manifest.default_permissions).toEqual({
    actions: "read",
    checks: "write",
    contents: "read",
    deployments: "read",
    issues: "write",
    merge_queues: "read",
    metadata: "read",
    pull_requests: "write",
  });
});
