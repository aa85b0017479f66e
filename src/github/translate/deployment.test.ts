import { expect, test } from "vitest";
import { examplePayload } from "../../../test/webhook-examples.ts";
import { deploymentFacts } from "./deployment.ts";

test("a deployment that went well is told with its commit and its environment", () => {
  expect(deploymentFacts(examplePayload("deployment_status", "created"))).toMatchObject([
    {
      repository: 186853002,
      fact: {
        kind: "deployment",
        thing: "deployment:145988746",
        at: Date.parse("2019-05-15T15:20:55Z"),
        sha: "f95f852bd8fca8fcc58a9a2d6c842781e32a215e",
        ref: "master",
        environment: "production",
      },
    },
  ]);
});

test.each(["pending", "in_progress", "failure", "error", "inactive"])("one that is %s brought nothing", (state) => {
  expect(deploymentFacts(examplePayload("deployment_status", "created", { "deployment_status.state": state }))).toEqual([]);
});
